package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import grad.Hostile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

class IdxFuzzTest {
    private static final long BYTES_PER_BYTE = 4;        // an array that grows is there twice
    private static final long UNZIPPED = 1032;           // times as many bytes, at most

    @TempDir static Path folder;

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(
                IdxTest.idx(0x801, 3, 3),
                IdxTest.idx(0x803, 12, 3, 2, 2),
                IdxTest.idx(0x803, 4, 65536, 65536, 4),
                IdxTest.gzip(IdxTest.idx(0x803, 12, 3, 2, 2)),
                Arrays.copyOf(IdxTest.gzip(IdxTest.idx(0x801, 3, 3)), 12),
                IdxTest.gzip(new byte[1 << 20]));
    }

    @Timeout(10) @MethodSource("seeds") @FuzzTest
    void tablesAreReadAndTheRestIsRefused(byte[] bytes) throws IOException {
        for (int dimensions : new int[] {1, 3}) {
            Hostile.read(folder, bytes, isZipped(bytes) ? BYTES_PER_BYTE * UNZIPPED : BYTES_PER_BYTE, file -> Idx.read(file, dimensions));
            byte[] zipped = IdxTest.gzip(bytes);        // the fuzzer will not find the checksums by itself
            Hostile.read(folder, zipped, BYTES_PER_BYTE * UNZIPPED, file -> Idx.read(file, dimensions))
                    .ifPresent(table -> assertArrayEquals(Arrays.copyOfRange(bytes, 4 + 4 * dimensions, bytes.length), table.values()));
        }
    }

    private static boolean isZipped(byte[] bytes) { return bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b; }
}
