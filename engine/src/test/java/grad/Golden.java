package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reference numbers of {@code src/test/resources/golden}, where each file lies beside the script that wrote it. */
public final class Golden {
    private final Map<String, double[]> lines = new LinkedHashMap<>();

    public Golden(String file) {
        try (var text = new BufferedReader(new InputStreamReader(Golden.class.getResourceAsStream("/golden/" + file),
                StandardCharsets.UTF_8))) {
            text.lines().map(line -> line.split(" ")).forEach(words ->
                    lines.put(words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public double[] numbers(String name) {
        if (!lines.containsKey(name)) throw new IllegalArgumentException("no line " + name + " among " + lines.keySet());
        return lines.get(name);
    }

    public Tensor tensor(String name, int... shape) {
        double[] numbers = numbers(name);
        float[] data = new float[numbers.length];
        for (int i = 0; i < data.length; i++) data[i] = (float) numbers[i];
        return Tensor.of(data, shape);
    }

    public int[] integers(String name) { return Arrays.stream(numbers(name)).mapToInt(x -> (int) x).toArray(); }

    /** As many numbers, each within {@code relative} of the expected one's size, or within {@code absolute}. */
    public static void assertClose(double[] expected, float[] actual, double relative, double absolute, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], Math.max(relative * Math.abs(expected[i]), absolute), what + " at " + i);
        }
    }
}
