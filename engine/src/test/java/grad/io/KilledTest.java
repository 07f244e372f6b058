package grad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.OtherJava;
import grad.Rng;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are killed (SIGKILL) while they save. */
class KilledTest {
    private static final List<String> FILES = List.of("network.safetensors", "network.onnx");

    @TempDir Path folder;
    @TempDir Path expected;

    @Test void aKilledProgramLeavesTheOldFileOrTheNewOne() throws Exception { kill(8); }

    @Test @Tag("soak") void twoHundredTimes() throws Exception {
        kill(200);
        System.out.println("killed 200 times, " + litter() + " in the middle of a file");
        assertTrue(litter() > 0, "no kill came in the middle of a file");
    }

    private void kill(int times) throws Exception {
        Rng rng = new Rng(7);
        int last = 0;
        for (int kill = 1; kill <= times; kill++) {
            last = killWhileSaving(last + 1, TimeUnit.MILLISECONDS.toNanos(1) * rng.nextInt(50));
            for (String file : FILES) assertIsWhole(file, last);
            assertTrue(litter() <= kill, "at most one file is left by each");
        }
    }

    /** The number of the last save that was reported. */
    private int killWhileSaving(int first, long nanos) throws IOException, InterruptedException {
        Process program = OtherJava.start(OtherJava.command(Saving.class, folder, first));
        try (BufferedReader reports = program.inputReader()) {
            String report = reports.readLine();
            for (long start = System.nanoTime(); System.nanoTime() - start < nanos; ) Thread.onSpinWait();
            program.toHandle().destroyForcibly();        // unlike the process itself, it leaves the pipe open
            program.waitFor();
            for (String next = reports.readLine(); next != null; next = reports.readLine()) report = next;
            return Integer.parseInt(report);
        } finally {
            program.destroyForcibly();
        }
    }

    /** What was reported as saved is there, or already the next one: bit for bit. */
    private void assertIsWhole(String file, int last) throws IOException {
        Saving.save(expected, last);
        if (Files.mismatch(folder.resolve(file), expected.resolve(file)) < 0) return;
        Saving.save(expected, last + 1);
        assertEquals(-1, Files.mismatch(folder.resolve(file), expected.resolve(file)), file + " is neither save " + last + " nor the next");
    }

    private long litter() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !FILES.contains(name))
                    .peek(name -> assertTrue(name.matches("network\\.(safetensors|onnx)\\.\\d+-\\d+\\.part"), name)).count();
        }
    }
}
