package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bit-for-bit matrix in small; {@code make repro} runs the whole of it. */
class ReproTest {
    @Test void trainsTheSameWeightsAndComputesTheSameGraphsInEveryWay() throws Exception {
        String committed = new String(ReproTest.class.getResourceAsStream("/golden/repro.txt").readAllBytes(),
                StandardCharsets.UTF_8).strip();
        List<Process> runs = List.of(train("plain", 1, 8), train("plain", 3, 8), train("vector", 1, 4),
                train("vector", 3, 8), train("vector", 2, 16),
                train("auto", 2, 8, "-XX:-UseFMA"), train("auto", 1, 8, "-XX:TieredStopAtLevel=1"));
        List<String> expected = Stream.of("plain", "plain", "vector (4 lanes)", "vector (8 lanes)", "vector (16 lanes)", "plain", "plain")
                .map(kernels -> committed + " " + kernels).toList();
        List<String> printed = runs.stream().map(OtherJava::printed).toList();
        assertEquals(expected, printed.stream().map(lines -> lines.substring(lines.lastIndexOf('\n') + 1)).toList(),
                "if the arithmetic was changed on purpose, golden/repro.txt gets the new digest");
        assertTrue(printed.get(5).contains("this machine has no fma instruction"), printed.get(5));
        assertTrue(printed.get(6).contains("Java runs without its optimising compiler"), printed.get(6));
    }

    /** In a Java of its own, as the kernels are chosen once. What it prints: SHA-256 of the numbers, kernels. */
    private static Process train(String kernels, int threads, int lanes, String... flags) throws IOException {
        List<String> options = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector", "-Djavagrad.kernels=" + kernels,
                "-Djavagrad.threads=" + threads, "-Djavagrad.lanes=" + lanes));
        options.addAll(List.of(flags));
        return OtherJava.start(OtherJava.command(options, Repro.class));
    }
}
