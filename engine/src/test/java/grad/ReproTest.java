package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bit-for-bit matrix in small; {@code make repro} runs the whole of it. */
class ReproTest {
    @Test void trainsTheSameWeightsInEveryWay() throws Exception {
        String committed = new String(ReproTest.class.getResourceAsStream("/golden/repro.txt").readAllBytes(), StandardCharsets.UTF_8).strip();
        List<Process> runs = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String kernels : List.of("plain", "vector")) {
            for (int threads : new int[] {1, 3}) {
                runs.add(train(kernels, threads));
                expected.add(committed + " " + kernels);
            }
        }
        List<String> results = new ArrayList<>();
        for (Process run : runs) results.add(output(run));
        assertEquals(expected, results, "if the arithmetic was changed on purpose, golden/repro.txt gets the new weights");
    }

    /** In a Java of its own, as the kernels are chosen once. What it prints: SHA-256 of the weights, kernels. */
    private static Process train(String kernels, int threads) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = folder(Tensor.class) + System.getProperty("path.separator") + folder(Repro.class);
        return new ProcessBuilder(java, "--add-modules", "jdk.incubator.vector", "-Djavagrad.kernels=" + kernels, "-Djavagrad.threads=" + threads,
                "-cp", classes, "grad.Repro").redirectErrorStream(true).start();
    }

    /** Without Java's warning of the incubating module, and the width of vectors. */
    private static String output(Process run) throws IOException {
        return run.inputReader().lines().filter(line -> !line.startsWith("WARNING")).collect(Collectors.joining("\n")).replaceFirst(" \\(\\d+ lanes\\)$", "");
    }

    private static Path folder(Class<?> type) { return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())); }
}
