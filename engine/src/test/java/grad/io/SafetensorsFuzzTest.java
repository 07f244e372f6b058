package grad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import grad.Hostile;
import grad.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsFuzzTest {
    private static final long BYTES_PER_BYTE = 300;        // a name of one letter has an object or two of its own

    @TempDir static Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                file("{}", 0),
                file("{\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},\"__metadata__\":{\"k\":\"v\"}}", 8),
                file("{\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},\"a\":{\"shape\":[0,3,2],\"dtype\":\"F32\",\"data_offsets\":[8,8]},"
                        + "\"c\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} ", 12),
                file("{\"\\u00e9\\n\\\"\\ud83d\\ude00\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4),
                file("{\"w\":{\"dtype\":\"F16\",\"shape\":[2147483639,4],\"data_offsets\":[0,999999999999999999]}}", 0),
                file("{\"w\":{\"dtype\":\"F32\",\"shape\":[2147483639],\"data_offsets\":[0,8589934556]}}", 0));
    }

    private static byte[] file(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array();
    }

    @Timeout(10) @MethodSource("seeds") @FuzzTest
    void whatIsLoadedFillsTheFileAndTheRestIsRefused(byte[] bytes) throws IOException {
        Hostile.read(folder, bytes, BYTES_PER_BYTE, Safetensors::metadata);
        Hostile.read(folder, bytes, BYTES_PER_BYTE, Safetensors::load).ifPresent(tensors -> {
            long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
            long data = tensors.values().stream().mapToLong(Tensor::size).sum() * Float.BYTES;
            assertEquals(bytes.length, 8 + header + data);
        });
    }
}
