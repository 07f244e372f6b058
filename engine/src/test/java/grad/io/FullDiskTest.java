package grad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grad.OtherJava;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more: the shell's limit on the size of a file, which ends a write in the middle as a full disk does. */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {
    private static final int BLOCKS = 40;        // of 512 bytes, in some shells 1024; what is saved has 44 kB

    @TempDir Path folder;
    @TempDir Path expected;

    @Test void whatWasThereStaysAndTheErrorNamesTheFileAndTheReason() throws Exception {
        Saving.save(folder, 0);
        Saving.save(expected, 0);
        Path file = folder.resolve("network.safetensors");
        String said = "Exception in thread \"main\" java.io.IOException: " + file + ": not written (File too large)";
        assertEquals(said, save().lines().filter(line -> !line.startsWith("WARNING")).findFirst().orElseThrow());
        assertEquals(Set.of("network.safetensors", "network.onnx"), names());
        for (String name : names()) assertEquals(-1, Files.mismatch(expected.resolve(name), folder.resolve(name)), name);
    }

    private String save() throws Exception {
        String command = "ulimit -f " + BLOCKS + "; exec \"$@\"";
        List<String> limited = new ArrayList<>(List.of("sh", "-c", command, "sh"));
        limited.addAll(OtherJava.command(Saving.class, folder, 1));
        Process program = OtherJava.start(limited);
        try (var said = program.inputReader()) {
            return said.lines().collect(Collectors.joining("\n"));
        } finally {
            program.destroyForcibly();
        }
    }

    private Set<String> names() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
