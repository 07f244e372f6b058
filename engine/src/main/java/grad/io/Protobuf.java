package grad.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One message in the Protocol Buffers' wire format, as much of it as an ONNX file needs. A message is its fields one after the other; each
 * begins with a key, its number · 8 + the kind of its value: 0 is a whole number, 2 is a length and that many bytes, which may again be a
 * message.
 *
 * <p>Source: <a href="https://protobuf.dev/programming-guides/encoding/">the format's description</a>.
 */
final class Protobuf {
    private static final int NUMBER = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Protobuf number(int field, long value) {
        key(field, NUMBER);
        varint(value);
        return this;
    }

    Protobuf text(int field, String text) { return bytes(field, text.getBytes(StandardCharsets.UTF_8)); }

    Protobuf message(int field, Protobuf message) { return bytes(field, message.toByteArray()); }

    Protobuf bytes(int field, byte[] bytes) {
        key(field, BYTES);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() { return out.toByteArray(); }

    private void key(int field, int kind) { varint(field << 3 | kind); }

    /** Seven bits to a byte, the lowest first; the eighth says that more follow. */
    private void varint(long value) {
        for (; (value & ~0x7FL) != 0; value >>>= 7) out.write((int) (value & 0x7F | 0x80));
        out.write((int) value);
    }
}
