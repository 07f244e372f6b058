package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import grad.Rng;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir Path folder;

    /** The file's bytes: magic number, dimensions, then {@code values} bytes 0, 1, 2, … */
    static byte[] idx(int magic, int values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + values).putInt(magic);
        for (int size : shape) bytes.putInt(size);
        for (int i = 0; i < values; i++) bytes.put((byte) i);
        return bytes.array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException { return Files.write(folder.resolve("t.idx"), bytes); }

    private void refused(String message, byte[] bytes) throws IOException {
        Path file = file(bytes);
        assertEquals(file + ": " + message, assertThrows(IOException.class, () -> Idx.read(file, 3)).getMessage());
    }

    @Test void readsATableAsItIsOrGzipped() throws IOException {
        byte[] bytes = idx(0x803, 300 * 4, 300, 2, 2);
        for (byte[] content : new byte[][] {bytes, gzip(bytes)}) {
            Idx.Table table = Idx.read(file(content), 3);
            assertArrayEquals(new int[] {300, 2, 2}, table.shape());
            assertArrayEquals(Arrays.copyOfRange(bytes, 16, bytes.length), table.values());
        }
    }

    @Test void readsATableOfManyChunks() throws IOException {
        byte[] bytes = idx(0x801, 1_000_003, 1_000_003);
        assertArrayEquals(Arrays.copyOfRange(bytes, 8, bytes.length), Idx.read(file(gzip(bytes)), 1).values());
    }

    @Test void refusesAFileThatIsNotThere() {
        Path file = folder.resolve("none");
        assertEquals(file + ": there is no such file", assertThrows(IOException.class, () -> Idx.read(file, 1)).getMessage());
    }

    @Test void refusesAnotherMagicNumber() throws IOException {
        refused("byte 0: magic number 0x00000801, expected 0x00000803 (unsigned bytes, 3 dimensions)", idx(0x801, 5, 5));
    }

    @Test void refusesADimensionWithoutSize() throws IOException {
        refused("byte 8: dimension 1 is 0", idx(0x803, 0, 5, 0, 5));
        refused("byte 4: dimension 0 is -1", idx(0x803, 0, -1, 1, 1));
    }

    @Test void refusesSizesLargerThanTheFile() throws IOException {
        refused("byte 4: sizes [3, 2, 2] are more than the file can hold", idx(0x803, 11, 3, 2, 2));
        refused("byte 4: sizes [65536, 65536, 4] are more than the file can hold", idx(0x803, 4, 65536, 65536, 4));
        refused("byte 4 of the unzipped data: sizes [2147483647, 2147483647, 2147483647] are more than the file can hold",
                gzip(idx(0x803, 4, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)));
    }

    /** Deflate packs 1032 bytes into one at the most: what a zipped file promises beyond that is refused unread. */
    @Test void refusesSizesThatNoZippedFileOfItsLengthCanHold() throws IOException {
        int length = 35;
        byte[] most = gzip(idx(0x803, 4, 1, 1, 1032 * length - 16));
        assertEquals(length, most.length);
        refused("byte 20 of the unzipped data: truncated: " + (1032 * length - 20) + " more bytes expected", most);
        refused("byte 4 of the unzipped data: sizes [1, 1, " + (1032 * length - 15) + "] are more than the file can hold",
                gzip(idx(0x803, 4, 1, 1, 1032 * length - 15)));
    }

    @Test void refusesAHeaderCutShort() throws IOException {
        refused("byte 0: truncated: 4 more bytes expected", new byte[0]);
        refused("byte 10: truncated: 2 more bytes expected", Arrays.copyOf(idx(0x803, 0, 1, 1, 1), 10));
    }

    @Test void refusesUnzippedDataCutShort() throws IOException {
        refused("byte 27 of the unzipped data: truncated: 1 more bytes expected", gzip(idx(0x803, 11, 3, 2, 2)));
    }

    @Test void refusesGzipDataCutShort() throws IOException {
        byte[] zipped = gzip(idx(0x803, 12, 3, 2, 2));
        refused("byte 28 of the unzipped data: truncated: the gzip data breaks off", Arrays.copyOf(zipped, zipped.length - 3));
        refused("damaged gzip data: it breaks off", Arrays.copyOf(zipped, 5));
    }

    @Test void refusesDamagedGzipData() throws IOException {
        byte[] zipped = gzip(idx(0x803, 12, 3, 2, 2));
        zipped[zipped.length - 6] ^= 1;
        refused("damaged gzip data: Corrupt GZIP trailer", zipped);
    }

    @Test void refusesBytesLeftOver() throws IOException {
        refused("byte 28: more bytes than the sizes [3, 2, 2] say", idx(0x803, 13, 3, 2, 2));
    }

    @Test void memoryGrowsWithWhatWasReadNotWithWhatIsPromised() throws IOException {
        byte[] bytes = idx(0x803, 100_000, 100, 1000, 1000);
        Rng rng = new Rng(0);
        for (int i = 16; i < bytes.length; i++) bytes[i] = (byte) rng.nextInt();        // so that it does not shrink
        Path file = file(gzip(bytes));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThrows(IOException.class, () -> Idx.read(file, 3));
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 2_000_000);
    }
}
