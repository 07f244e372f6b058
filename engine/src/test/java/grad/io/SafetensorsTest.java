package grad.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import grad.Golden;
import grad.Rng;
import grad.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    private static final String ODD_NAME = "q\"b\\s/n\nu\u0001é😀";

    @TempDir Path folder;
    private Path file;

    @BeforeEach void name() { file = folder.resolve("model.safetensors"); }

    private Path golden() throws IOException { return golden("model.safetensors"); }

    private Path golden(String name) throws IOException {
        try (var in = SafetensorsTest.class.getResourceAsStream("/golden/" + name)) {
            return Files.write(folder.resolve("golden"), in.readAllBytes());
        }
    }

    /** A file with this header and {@code data} zero bytes. */
    private Path file(String header, int data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return Files.write(file,
                ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array());
    }

    private void refused(String message, Path broken) {
        assertEquals(broken + ": " + message, assertThrows(IOException.class, () -> Safetensors.load(broken)).getMessage());
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    @Test void loadsWhatPythonWrote() throws IOException {
        Map<String, Tensor> tensors = Safetensors.load(golden());
        assertEquals(List.of("0.bias", "2.weight", "nothing", ODD_NAME, "q\uffee", "q😀", "scalar"), List.copyOf(tensors.keySet()));
        assertArrayEquals(new int[] {2, 3}, tensors.get("2.weight").shape());
        assertArrayEquals(new float[] {0, 1 / 7f, 2 / 7f, 3 / 7f, 4 / 7f, 5 / 7f}, tensors.get("2.weight").data());
        assertArrayEquals(new float[] {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE},
                tensors.get("0.bias").data());
        assertArrayEquals(new int[] {}, tensors.get("scalar").shape());
        assertEquals(2.5f, tensors.get("scalar").item());
        assertArrayEquals(new int[] {0, 3}, tensors.get("nothing").shape());
        assertArrayEquals(new float[] {1, 2}, tensors.get(ODD_NAME).data());
        assertEquals(Map.of("trained on", "digits, 200 epochs"), Safetensors.metadata(golden()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "bits.safetensors"})
    void writesTheBytesThatPythonWrites(String name) throws IOException {
        Path golden = golden(name);
        Safetensors.save(file, Safetensors.load(golden), Safetensors.metadata(golden));
        assertArrayEquals(Files.readAllBytes(golden), Files.readAllBytes(file));
    }

    @Test void writesTheSameBytesWhateverTheOrderOfTheMap() throws IOException {
        Tensor a = Tensor.of(new float[] {1, 2}, 2);
        Tensor b = Tensor.of(new float[] {3}, 1, 1);
        Map<String, Tensor> backwards = new LinkedHashMap<>();
        backwards.put("b", b);
        backwards.put("a", a);
        Safetensors.save(file, backwards);
        byte[] once = Files.readAllBytes(file);
        Safetensors.save(file, Map.of("a", a, "b", b));
        assertArrayEquals(once, Files.readAllBytes(file));
        assertEquals(0, ByteBuffer.wrap(once).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
        assertFalse(new String(once, StandardCharsets.UTF_8).contains("__metadata__"));
    }

    @Test void keepsEveryBitOfALargeTensor() throws IOException {
        Rng rng = new Rng(0);
        float[] data = new float[100_003];
        for (int i = 0; i < data.length; i++) data[i] = (float) rng.nextGaussian();
        Safetensors.save(file, Map.of("w", Tensor.of(data, data.length), "x", Tensor.of(new float[] {7}, 1)));
        assertArrayEquals(data, Safetensors.load(file).get("w").data());
        assertArrayEquals(new float[] {7}, Safetensors.load(file).get("x").data());
    }

    @Test void aModelWithoutTensorsIsAFileToo() throws IOException {
        Safetensors.save(file, Map.of());
        assertEquals(Map.of(), Safetensors.load(file));
    }

    @Test void readsSpacesAndEscapesAndAnyOrderOfTensors() throws IOException {
        file("{ \"\\u0062\\/\" :\n{\t\"data_offsets\" : [ 4 , 8 ], \"shape\": [ ], \"dtype\": \"F32\" }\r, "
                + tensor("a", "F32", "[1]", "[0,4]") + "}   ", 8);
        Map<String, Tensor> tensors = Safetensors.load(file);
        assertEquals(List.of("b/", "a"), List.copyOf(tensors.keySet()));
        assertArrayEquals(new int[] {1}, tensors.get("a").shape());
    }

    @Test void refusesNamesTheFormatDoesNotAllow() {
        Tensor x = Tensor.of(new float[] {1}, 1);
        assertEquals("save: no tensor may be named __metadata__",
                assertThrows(IllegalArgumentException.class, () -> Safetensors.save(file, Map.of("__metadata__", x))).getMessage());
        assertEquals("save: half a surrogate pair in \"\ud800\"",
                assertThrows(IllegalArgumentException.class, () -> Safetensors.save(file, Map.of("\ud800", x))).getMessage());
        assertEquals("save: half a surrogate pair in \"\ud800\"",        // whose bytes would be those of the question mark
                assertThrows(IllegalArgumentException.class, () -> Safetensors.save(file, Map.of("?", x, "\ud800", x))).getMessage());
        assertFalse(Files.exists(file));
    }

    @Test void refusesToSaveWhatCouldNotBeRead() {
        Tensor deep = Tensor.ones(new int[65]);
        assertEquals("save: tensor \"x\" has 65 axes, more than 64",
                assertThrows(IllegalArgumentException.class, () -> Safetensors.save(file, Map.of("x", deep))).getMessage());
        assertFalse(Files.exists(file));
    }

    @Test @Tag("soak") void refusesToSaveAHeaderThatCouldNotBeRead() {
        assertEquals("save: names and metadata take 100000024 bytes, more than the 100000000 a header may have",
                assertThrows(IllegalArgumentException.class, () ->
                        Safetensors.save(file, Map.of(), Map.of("k", "v".repeat(99_999_998)))).getMessage());
        assertFalse(Files.exists(file));
    }

    @Test void messagesStayShortWhateverTheFileSays() throws IOException {
        refused("byte 132: tensor \"" + "n".repeat(60) + "…\" has shape [3], which does not fit its 4 bytes",
                file("{" + tensor("n".repeat(70), "BF16", "[3]", "[0,4]") + "}", 4));
        refused("byte 37: more than 64 numbers in a row", file("{" + tensor("a", "F32", "[" + "1,".repeat(64) + "1]", "[0,4]") + "}", 4));
    }

    @Test void whoeverIsInterruptedIsToldSo() throws IOException {
        Path golden = golden();
        Thread.currentThread().interrupt();
        refused("not read (interrupted)", golden);
        assertTrue(Thread.interrupted());
    }

    @Test void refusesAFileThatIsNotThere() { refused("there is no such file", folder.resolve("none")); }

    @Test void refusesAHeaderLongerThanTheFile() throws IOException {
        refused("byte 0: the file has 5 bytes, too few for the length of a header", Files.write(file, new byte[5]));
        refused("byte 0: a header of 18446744073709551615 bytes, but only 2 follow",
                Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'}));
        refused("byte 0: a header of 3 bytes, but only 2 follow", Files.write(file, new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', '}'}));
    }

    @Test void refusesAnEnormousHeader() throws IOException {
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001).array());
            sparse.setLength(200_000_000);
        }
        refused("byte 0: a header of 100000001 bytes, more than the 100000000 allowed", file);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``              | byte 8: the header does not begin with {",
        "` {}`           | byte 8: the header does not begin with {",
        "{               | byte 9: expected \", found the end of the header",
        "{}x             | byte 10: something follows the header's last }",
        "{\"é\":1}       | byte 14: expected {, found 1",
        "{\"a            | byte 11: expected \", found the end of the header",
        "{\"a\u0001\"    | byte 11: a control character inside a string",
        "{\"\\x\"        | byte 11: an unknown escape in a string",
        "{\"\\u00g0\"    | byte 14: four hexadecimal digits must follow \\u",
        "{\"\\ud800\"    | byte 9: half a surrogate pair in a string",
        "{\"a\":{\"dtype\":F32}} | byte 22: expected \", found F",
        "{\"a\":{\"shape\":[1.5]}} | byte 24: expected ], found .",
        "{\"a\":{\"shape\":[-1]}} | byte 23: expected a whole number, found -",
        "{\"a\":{\"shape\":[01]}} | byte 23: a number with a leading zero",
        "{\"a\":{\"shape\":[1234567890123456789]}} | byte 23: a number too large for any file",
        "{\"a\":{\"shape\":[1,]}} | byte 25: expected a whole number, found ]",
        "{\"a\":{\"size\":[1]}} | byte 13: tensor \"a\" has an unknown field \"size\"",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | byte 13: tensor \"a\" needs dtype, shape and data_offsets, has [dtype, shape]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4]}} | byte 13: tensor \"a\" needs two data_offsets, has [4]",
        "{\"a\":{\"shape\":[1],\"shape\":[1]}} | byte 26: \"shape\" is there twice",
        "{\"__metadata__\":{\"a\":1}} | byte 29: expected \", found 1",
    })
    void refusesAHeaderThatIsNotOfTheFormat(String header, String message) throws IOException { refused(message, file(header, 0)); }

    @Test void refusesAHeaderThatIsNotUtf8() throws IOException {
        refused("byte 8: the header is not UTF-8", Files.write(file, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xFF}));
    }

    @Test void refusesATensorThatIsThereTwice() throws IOException {
        refused("byte 62: \"a\" is there twice", file("{" + tensor("a", "F32", "[1]", "[0,4]")
                + "," + tensor("a", "F32", "[1]", "[4,8]") + "}", 8));
    }

    @Test void refusesOtherTypes() throws IOException {
        refused("byte 61: tensor \"a\" is F4, which is none of [F64, F32, F16, BF16, I64, U64, I32, U32, I16, U16, I8, U8, BOOL, F8_E4M3, F8_E5M2]",
                file("{" + tensor("a", "F4", "[2]", "[0,4]") + "}", 4));
    }

    @Test void refusesOffsetsOutsideTheData() throws IOException {
        refused("byte 62: tensor \"a\" has data_offsets [0, 8], but the data has 4 bytes",
                file("{" + tensor("a", "F32", "[2]", "[0,8]") + "}", 4));
        refused("byte 66: tensor \"a\" has data_offsets [4, 0], but the data has 4 bytes",
                file("{" + tensor("a", "F32", "[1]", "[4,0]") + "}", 4));
    }

    @Test void refusesAShapeThatDoesNotFitItsBytes() throws IOException {
        refused("byte 64: tensor \"a\" has shape [3, 1], which does not fit its 8 bytes",
                file("{" + tensor("a", "F32", "[3,1]", "[0,8]") + "}", 8));
        // 65536⁴ = 2⁶⁴ wraps around to 0
        String wrapping = "[65536, 65536, 65536, 65536]";
        refused("byte 87: tensor \"a\" has shape " + wrapping + ", which does not fit its 0 bytes",
                file("{" + tensor("a", "F32", wrapping, "[0,0]") + "}", 0));
    }

    @Test void refusesTensorsThatOverlap() throws IOException {
        refused("byte 120: tensor \"b\" overlaps tensor \"a\"",
                file("{" + tensor("a", "F32", "[2]", "[0,8]") + "," + tensor("b", "F32", "[2]", "[4,12]") + "}", 12));
    }

    @Test void refusesBytesThatBelongToNoTensor() throws IOException {
        refused("byte 120: 4 bytes between tensor \"a\" and tensor \"b\" belong to nothing",
                file("{" + tensor("a", "F32", "[1]", "[0,4]") + "," + tensor("b", "F32", "[1]", "[8,12]") + "}", 12));
        refused("byte 62: 4 bytes between the header and tensor \"a\" belong to nothing",
                file("{" + tensor("a", "F32", "[1]", "[4,8]") + "}", 8));
        refused("byte 66: 2 bytes after tensor \"a\" belong to nothing", file("{" + tensor("a", "F32", "[1]", "[0,4]") + "}", 6));
    }

    @Test void refusesAFileCutShortAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(golden());
        for (int n = 0; n < whole.length; n++) {
            Files.write(file, Arrays.copyOf(whole, n));
            assertThrows(IOException.class, () -> Safetensors.load(file), "cut after " + n);
        }
    }

    @Test void aDamagedHeaderIsRefusedOrReadButNeverAnotherFailure() throws IOException {
        byte[] whole = Files.readAllBytes(golden());
        Rng rng = new Rng(9);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] damaged = whole.clone();
            damaged[rng.nextInt(8 + 496)] = (byte) rng.nextInt();
            try {
                Safetensors.load(Files.write(file, damaged));
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 250);
    }

    @Test void promisesInTheHeaderCostNoMemory() throws IOException {
        file("{" + tensor("a", "F32", "[500000000]", "[0,2000000000]") + "}", 4);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThrows(IOException.class, () -> Safetensors.load(file));
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 1_000_000);
    }

    // ---- what others save

    /** A network of PyTorch's with batch normalisation, which counts its batches in whole numbers, and tensors of every width. */
    @Test void floatsOfAnyWidthAreReadAndWholeNumbersLeftOut() throws IOException {
        Map<String, Tensor> loaded = Safetensors.load(golden("widths.safetensors"));
        Golden expected = new Golden("widths.txt");
        assertEquals(Set.of("net.0.weight", "net.1.bias", "net.1.running_mean", "net.1.running_var"), loaded.keySet());
        loaded.forEach((name, tensor) -> assertArrayEquals(expected.tensor(name).data(), tensor.data(), name));
    }

    @Test void theCallerChoosesTheNames() throws IOException {
        Map<String, Tensor> loaded = Safetensors.load(golden("widths.safetensors"), name ->
                name.contains("running") ? null : name.substring(4));
        assertEquals(Set.of("0.weight", "1.bias"), loaded.keySet());
        Path file = golden("widths.safetensors");
        var refused = assertThrows(IOException.class, () -> Safetensors.load(file, name -> name.contains("running") ? null : "w"));
        assertEquals(file + ": tensor \"net.1.bias\" and tensor \"net.0.weight\" are both to be named w", refused.getMessage());
    }
}
