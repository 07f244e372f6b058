package grad.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The header of a safetensors file, read strictly: JSON with nothing in it but what the format names.
 * {@code {"__metadata__":{"key":"value"},"name":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}}
 */
final class Header {
    /** What the header says of one tensor; its data is bytes {@code begin} (inclusive) to {@code end} (exclusive) after the header. */
    record Entry(String name, String dtype, long[] shape, long begin, long end) { }

    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = 8;
    static final int MOST_AXES = 64;
    private static final int BRIEF = 60;

    final Map<String, Entry> entries = new LinkedHashMap<>();
    final Map<String, String> metadata = new LinkedHashMap<>();

    private final Path file;
    private final String text;
    private int at;

    /** @throws IOException naming file, byte and reason, for anything that is not such a header */
    Header(Path file, byte[] json) throws IOException {
        this.file = file;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": byte " + LENGTH_BYTES + ": the header is not UTF-8", e);
        }
        if (!text.startsWith("{")) throw bad(0, "the header does not begin with {");
        readMembers(this::readTensorOrMetadata);
        skipSpace();
        if (at < text.length()) throw bad(at, "something follows the header's last }");
    }

    private void readTensorOrMetadata(String name) throws IOException {
        if (name.equals(METADATA)) readMembers(key -> metadata.put(key, readString()));
        else entries.put(name, readEntry(name));
    }

    private Entry readEntry(String name) throws IOException {
        skipSpace();
        int start = at;
        Map<String, Object> fields = new LinkedHashMap<>();
        readMembers(field -> {
            switch (field) {
                case "dtype" -> fields.put(field, readString());
                case "shape", "data_offsets" -> fields.put(field, readNumbers());
                default -> throw bad(start, tensor(name) + " has an unknown field " + brief(field));
            }
        });
        if (fields.size() < 3) throw bad(start, tensor(name) + " needs dtype, shape and data_offsets, has " + fields.keySet());
        long[] offsets = (long[]) fields.get("data_offsets");
        if (offsets.length != 2) throw bad(start, tensor(name) + " needs two data_offsets, has " + Arrays.toString(offsets));
        return new Entry(name, (String) fields.get("dtype"), (long[]) fields.get("shape"), offsets[0], offsets[1]);
    }

    /** A tensor, for people. */
    static String tensor(String name) { return "tensor " + brief(name); }

    private static String brief(String s) { return "\"" + (s.length() <= BRIEF ? s : s.substring(0, BRIEF) + "…") + "\""; }

    private interface Member { void read(String key) throws IOException; }

    /** An object: {@code member} reads the value of each of its keys. */
    private void readMembers(Member member) throws IOException {
        expect('{');
        if (accept('}')) return;
        Set<String> keys = new HashSet<>();
        do {
            skipSpace();
            int start = at;
            String key = readString();
            if (!keys.add(key)) throw bad(start, brief(key) + " is there twice");
            expect(':');
            member.read(key);
        } while (accept(','));
        expect('}');
    }

    private long[] readNumbers() throws IOException {
        LongStream.Builder numbers = LongStream.builder();
        expect('[');
        if (accept(']')) return new long[0];
        int start = at;
        int count = 0;
        do {
            if (++count > MOST_AXES) throw bad(start, "more than " + MOST_AXES + " numbers in a row");
            numbers.add(readNumber());
        } while (accept(','));
        expect(']');
        return numbers.build().toArray();
    }

    private long readNumber() throws IOException {
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
        String digits = text.substring(start, at);
        if (digits.isEmpty()) throw bad(start, "expected a whole number, found " + found());
        if (digits.length() > 1 && digits.startsWith("0")) throw bad(start, "a number with a leading zero");
        if (digits.length() > 18) throw bad(start, "a number too large for any file");
        return Long.parseLong(digits);
    }

    private String readString() throws IOException {
        expect('"');
        int start = at - 1;
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') throw bad(at - 1, "a control character inside a string");
            string.append(c == '\\' ? readEscape() : c);
        }
        expect('"');
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) throw bad(start, "half a surrogate pair in a string");
        return string.toString();
    }

    private char readEscape() throws IOException {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> readHex();
            default -> throw bad(at - 1, "an unknown escape in a string");
        };
    }

    private char readHex() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) throw bad(at, "four hexadecimal digits must follow \\u");
            value = 16 * value + digit;
        }
        return (char) value;
    }

    private void expect(char c) throws IOException {
        if (!accept(c)) throw bad(at, "expected " + c + ", found " + found());
    }

    private boolean accept(char c) {
        skipSpace();
        if (at == text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }

    private void skipSpace() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) at++;
    }

    private String found() { return at < text.length() ? "" + text.charAt(at) : "the end of the header"; }

    private IOException bad(int position, String reason) {
        int bytes = text.substring(0, position).getBytes(StandardCharsets.UTF_8).length;
        return new IOException(file + ": byte " + (LENGTH_BYTES + bytes) + ": " + reason);
    }
}
