package grad.io;

import grad.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Saves and loads named tensors in the safetensors format, which Python's {@code safetensors} reads and writes too.
 *
 * <p>Source: <a href="https://huggingface.co/docs/safetensors">the format's description</a>: the length of the header in 8 bytes,
 * little-endian; the header in JSON; the data without gaps. Tensors are stored as F32, in the order of their names, after a header filled
 * up with spaces to a multiple of 8 bytes, so the same tensors always give the same bytes, and those that Python writes.
 */
public final class Safetensors {
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST_HEADER = 100_000_000;        // the limit of the other readers
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final Comparator<String> BY_BYTES = (a, b) ->
            Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private Safetensors() { }

    /** Saves tensors under their names, without metadata. */
    public static void save(Path file, Map<String, Tensor> tensors) throws IOException { save(file, tensors, Map.of()); }

    /**
     * Saves tensors under their names, and metadata: free text under free keys.
     *
     * @throws IOException when the file cannot be written; then it is as it was
     * @throws IllegalArgumentException for a name that the format does not allow, or more names and metadata than its header can hold
     */
    public static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        tensors.keySet().forEach(Safetensors::quoted);        // what has no bytes cannot be sorted by them
        Map<String, Tensor> sorted = new TreeMap<>(BY_BYTES);
        sorted.putAll(tensors);
        byte[] header = header(sorted, metadata).getBytes(StandardCharsets.UTF_8);
        if (header.length > LARGEST_HEADER) {
            throw new IllegalArgumentException("save: names and metadata take " + header.length
                    + " bytes, more than the " + LARGEST_HEADER + " a header may have");
        }
        WholeFile.write(file, out -> {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            out.write(buffer.putLong(0, header.length).array(), 0, Header.LENGTH_BYTES);
            out.write(header);
            for (Tensor tensor : sorted.values()) write(tensor.data(), buffer, out);
        });
    }

    private static String header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        List<String> members = new ArrayList<>();
        if (!metadata.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            new TreeMap<>(metadata).forEach((key, value) -> pairs.add(quoted(key) + ":" + quoted(value)));
            members.add(quoted(Header.METADATA) + ":{" + String.join(",", pairs) + "}");
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            if (named.getKey().equals(Header.METADATA)) {
                throw new IllegalArgumentException("save: no tensor may be named " + Header.METADATA);
            }
            int rank = named.getValue().rank();
            if (rank > Header.MOST_AXES) {
                throw new IllegalArgumentException("save: " + Header.tensor(named.getKey())
                        + " has " + rank + " axes, more than " + Header.MOST_AXES);
            }
            long end = offset + (long) Float.BYTES * named.getValue().size();
            String shape = Arrays.toString(named.getValue().shape()).replace(" ", "");
            members.add(quoted(named.getKey()) + ":{\"dtype\":\"F32\",\"shape\":" + shape
                    + ",\"data_offsets\":[" + offset + "," + end + "]}");
            offset = end;
        }
        String json = "{" + String.join(",", members) + "}";
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return json + " ".repeat(-length & 7);
    }

    private static String quoted(String s) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(s)) {
            throw new IllegalArgumentException("save: half a surrogate pair in \"" + s + "\"");
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            int common = "\"\\\b\f\n\r\t".indexOf(c);
            if (common >= 0) quoted.append('\\').append("\"\\bfnrt".charAt(common));
            else if (c < ' ') quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    private static void write(float[] data, ByteBuffer buffer, OutputStream out) throws IOException {
        for (int i = 0; i < data.length; ) {
            int n = Math.min(BUFFER / Float.BYTES, data.length - i);
            buffer.clear().asFloatBuffer().put(data, i, n);
            out.write(buffer.array(), 0, n * Float.BYTES);
            i += n;
        }
    }

    /**
     * The tensors of a file, in the order of its header; none wants a gradient. Floats of 16 and 64 bits become those of 32, and tensors of
     * whole numbers (PyTorch counts batches so) are left out; the log says which.
     *
     * @throws IOException naming file, byte and reason, when anything in the header does not agree with itself or with the file;
     *     nothing is allocated before that is known
     */
    public static Map<String, Tensor> load(Path file) throws IOException { return load(file, name -> name); }

    /**
     * As {@link #load(Path)}, under other names, such as those that a {@link grad.nn.Layer} of ours expects:
     * {@code name -> name.replaceFirst("^net\\.", "")}.
     *
     * @param names the name a tensor is to have, given the one in the file; null for a tensor that is not wanted
     * @throws IOException also when two tensors are to have the same name
     */
    public static Map<String, Tensor> load(Path file, UnaryOperator<String> names) throws IOException {
        return read(file, channel -> {
            Header header = readHeader(file, channel);
            long start = channel.position();
            List<Header.Entry> inFileOrder = checkLayout(file, header, start, channel.size() - start);
            Map<String, String> wanted = wanted(file, header, names);
            sayWhatIsNotAsItWas(file, header, wanted.keySet());
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            wanted.values().forEach(name -> tensors.put(name, null));        // fixes the order
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            for (Header.Entry entry : inFileOrder) {
                if (!wanted.containsKey(entry.name())) continue;
                Tensor tensor = Tensor.zeros(Arrays.stream(entry.shape()).mapToInt(Math::toIntExact).toArray());
                channel.position(start + entry.begin());
                read(tensor.data(), Dtype.named(entry.dtype()), buffer, file, channel);
                tensors.put(wanted.get(entry.name()), tensor);
            }
            return tensors;
        });
    }

    /** The tensors that are read, by their names in the file, each with the name it is to have. */
    private static Map<String, String> wanted(Path file, Header header, UnaryOperator<String> names) throws IOException {
        Map<String, String> wanted = new LinkedHashMap<>();
        Map<String, String> taken = new HashMap<>();
        for (Header.Entry entry : header.entries.values()) {
            String name = Dtype.named(entry.dtype()).isFloat() ? names.apply(entry.name()) : null;
            if (name == null) continue;
            String other = taken.put(name, entry.name());
            if (other != null) {
                throw new IOException(file + ": " + Header.tensor(other) + " and "
                        + Header.tensor(entry.name()) + " are both to be named " + name);
            }
            wanted.put(entry.name(), name);
        }
        return wanted;
    }

    private static void sayWhatIsNotAsItWas(Path file, Header header, Set<String> wanted) {
        StringBuilder text = new StringBuilder();
        for (Header.Entry entry : header.entries.values()) {
            boolean read = wanted.contains(entry.name());
            String tensor = "; " + Header.tensor(entry.name());
            if (read && !entry.dtype().equals("F32")) text.append(tensor).append(" was ").append(entry.dtype());
            if (!read && !Dtype.named(entry.dtype()).isFloat()) text.append(tensor).append(" is left out, it is ").append(entry.dtype());
        }
        if (!text.isEmpty()) System.getLogger("grad").log(Level.INFO, file + text.toString());
    }

    /** The metadata of a file, empty when it has none. Errors as for {@link #load}, as far as they concern the header alone. */
    public static Map<String, String> metadata(Path file) throws IOException {
        return read(file, channel -> readHeader(file, channel).metadata);
    }

    private interface Reader<T> {
        T read(FileChannel channel) throws IOException;
    }

    private static <T> T read(Path file, Reader<T> reader) throws IOException {
        FileError.requireFile(file);
        try (FileChannel channel = FileChannel.open(file)) {
            return reader.read(channel);
        } catch (FileSystemException | ClosedChannelException e) {
            throw FileError.of(file, "not read", e);
        }
    }

    private static Header readHeader(Path file, FileChannel channel) throws IOException {
        long rest = channel.size() - Header.LENGTH_BYTES;
        if (rest < 0) throw bad(file, 0, "the file has " + channel.size() + " bytes, too few for the length of a header");
        ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(length, file, channel);
        long n = length.getLong(0);
        if (n < 0 || n > rest) throw bad(file, 0, "a header of " + Long.toUnsignedString(n) + " bytes, but only " + rest + " follow");
        if (n > LARGEST_HEADER) throw bad(file, 0, "a header of " + n + " bytes, more than the " + LARGEST_HEADER + " allowed");
        ByteBuffer json = ByteBuffer.allocate((int) n);
        readFully(json, file, channel);
        return new Header(file, json.array());
    }

    /** The tensors in the order of their data, which must fill the file from {@code start} without overlap or gap. */
    private static List<Header.Entry> checkLayout(Path file, Header header, long start, long size) throws IOException {
        List<Header.Entry> entries = new ArrayList<>(header.entries.values());
        entries.sort(Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end));
        long end = 0;
        String before = "the header";
        for (Header.Entry entry : entries) {
            String tensor = Header.tensor(entry.name());
            long at = start + entry.begin();
            Dtype type = Dtype.named(entry.dtype());
            if (type == null) {
                throw bad(file, at, tensor + " is " + entry.dtype() + ", which is none of " + Arrays.toString(Dtype.values()));
            }
            if (entry.begin() > entry.end() || entry.end() > size) {
                throw bad(file, at, tensor + " has data_offsets [" + entry.begin() + ", "
                        + entry.end() + "], but the data has " + size + " bytes");
            }
            if (bytes(entry.shape(), type) != entry.end() - entry.begin()) {
                throw bad(file, at, tensor + " has shape " + Arrays.toString(entry.shape())
                        + ", which does not fit its " + (entry.end() - entry.begin()) + " bytes");
            }
            if (entry.begin() < end) throw bad(file, at, tensor + " overlaps " + before);
            if (entry.begin() > end) {
                throw bad(file, start + end, (entry.begin() - end) + " bytes between " + before + " and " + tensor + " belong to nothing");
            }
            end = entry.end();
            before = tensor;
        }
        if (end < size) throw bad(file, start + end, (size - end) + " bytes after " + before + " belong to nothing");
        return entries;
    }

    /** How many bytes a tensor of this shape takes, −1 when it is too large for an array. */
    private static long bytes(long[] shape, Dtype type) {
        long count = 1;
        for (long n : shape) {
            if (n > LARGEST_ARRAY) return -1;
            count *= n;
            if (count > LARGEST_ARRAY) return -1;
        }
        return type.bytes * count;
    }

    private static void read(float[] data, Dtype type, ByteBuffer buffer, Path file, FileChannel channel) throws IOException {
        for (int i = 0; i < data.length; ) {
            buffer.clear().limit(Math.min(BUFFER / type.bytes, data.length - i) * type.bytes);
            readFully(buffer, file, channel);
            for (buffer.flip(); buffer.hasRemaining(); i++) data[i] = type.next(buffer);
        }
    }

    private static void readFully(ByteBuffer buffer, Path file, FileChannel channel) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) throw bad(file, channel.position(), "the file became shorter while it was read");
        }
    }

    private static IOException bad(Path file, long at, String reason) { return new IOException(file + ": byte " + at + ": " + reason); }
}
