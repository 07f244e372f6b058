package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Messages in the form that is easy to fuzz: frames end with 0xFF, which is never part of a text; SIGN stands for the right signature. */
final class FuzzedFrames {
    static final String DELIMITER = "<IDS|MSG>";
    static final String SIGN = "SIGN";
    static final String KEY = "secret";

    private static final byte END = (byte) 0xFF;
    private static final Wire WIRE = new Wire(KEY);

    private FuzzedFrames() { }

    static byte[] of(String... frames) {
        var bytes = new ByteArrayOutputStream();
        for (String frame : frames) {
            bytes.writeBytes(frame.getBytes(UTF_8));
            bytes.write(END);
        }
        return bytes.toByteArray();
    }

    /** A whole request, signed. */
    static byte[] request(String type, String content) {
        return of("client", DELIMITER, SIGN, "{\"msg_id\":\"1\",\"session\":\"s\",\"msg_type\":\"" + type + "\"}", "{}", "{}", content);
    }

    static List<byte[]> read(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        var frame = new ByteArrayOutputStream();
        for (byte b : bytes) {
            if (b != END) {
                frame.write(b);
                continue;
            }
            frames.add(frame.toByteArray());
            frame.reset();
        }
        if (frame.size() > 0) frames.add(frame.toByteArray());
        for (int i = 0; i < frames.size() - 4; i++)
            if (SIGN.equals(new String(frames.get(i), UTF_8)))
                frames.set(i, WIRE.sign(frames.subList(i + 1, i + 5)).getBytes(UTF_8));
        return frames;
    }
}
