package grad.data;

import grad.io.FileError;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a table of bytes in the IDX format of MNIST, as it is or gzipped.
 *
 * <p>Source: Y. LeCun, C. Cortes and C. Burges 1998, <i>The MNIST database</i>: the bytes 0, 0, 8 (for unsigned bytes) and the number of
 * dimensions; each dimension as a big-endian int; the values, the last dimension running fastest.
 */
final class Idx {
    /** @param values row-major */
    record Table(int[] shape, byte[] values) { }

    private static final int UNSIGNED_BYTES = 0x800;
    private static final int CHUNK = 1 << 16;
    private static final long MOST_PER_ZIPPED_BYTE = 1032;        // the tightest that deflate can pack

    private final Path file;
    private final InputStream in;
    private final boolean zipped;
    private long offset;

    private Idx(Path file, InputStream raw) throws IOException {
        this.file = file;
        raw.mark(2);
        zipped = raw.read() == 0x1F && raw.read() == 0x8B;
        raw.reset();
        in = zipped ? new GZIPInputStream(raw, CHUNK) : raw;
    }

    /**
     * The table in {@code file}. Memory grows with what has been read, not with what the header promises.
     *
     * @throws IOException naming file, byte and reason, for a file that is damaged or holds something else
     */
    static Table read(Path file, int dimensions) throws IOException {
        FileError.requireFile(file);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
            return new Idx(file, raw).table(dimensions);
        } catch (ZipException e) {
            throw new IOException(file + ": damaged gzip data: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new IOException(file + ": damaged gzip data: it breaks off", e);
        } catch (FileSystemException | ClosedChannelException e) {
            throw FileError.of(file, "not read", e);
        }
    }

    private Table table(int dimensions) throws IOException {
        int magic = readInt();
        if (magic != UNSIGNED_BYTES + dimensions) {
            throw bad(0, String.format(Locale.ROOT, "magic number 0x%08X, expected 0x%08X (unsigned bytes, %d dimensions)",
                    magic, UNSIGNED_BYTES + dimensions, dimensions));
        }
        int[] shape = new int[dimensions];
        long count = 1;
        for (int i = 0; i < dimensions; i++) {
            shape[i] = readInt();
            if (shape[i] < 1) throw bad(offset - 4, "dimension " + i + " is " + shape[i]);
            count = Math.min(Integer.MAX_VALUE * 2L, count * shape[i]);        // stays above every limit once it is
        }
        long most = Files.size(file) * (zipped ? MOST_PER_ZIPPED_BYTE : 1) - offset;
        if (count > Math.min(most, Integer.MAX_VALUE)) throw bad(4, "sizes " + Arrays.toString(shape) + " are more than the file can hold");
        byte[] values = readBytes((int) count);
        if (readSome(new byte[1], 0) > 0) throw bad(offset - 1, "more bytes than the sizes " + Arrays.toString(shape) + " say");
        return new Table(shape, values);
    }

    private int readInt() throws IOException { return ByteBuffer.wrap(readBytes(4)).getInt(); }

    private byte[] readBytes(int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, CHUNK)];
        int have = 0;
        while (have < count) {
            if (have == bytes.length) bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * have));
            int got = readSome(bytes, have);
            if (got < 0) throw bad(offset, "truncated: " + (count - have) + " more bytes expected");
            have += got;
        }
        return bytes;
    }

    private int readSome(byte[] into, int from) throws IOException {
        try {
            int got = in.read(into, from, into.length - from);
            offset += Math.max(0, got);
            return got;
        } catch (EOFException e) {
            throw bad(offset, "truncated: the gzip data breaks off");
        }
    }

    private IOException bad(long at, String reason) {
        return new IOException(file + ": byte " + at + (zipped ? " of the unzipped data: " : ": ") + reason);
    }
}
