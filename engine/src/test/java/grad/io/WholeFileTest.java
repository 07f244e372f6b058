package grad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    @Test void replacesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        WholeFile.write(file, out -> out.write("after".getBytes()));
        assertEquals("after", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test void aWriteThatFailsLeavesEverythingAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        var failed = assertThrows(IOException.class, () -> WholeFile.write(file, out -> {
            out.write("half".getBytes());
            assertEquals("before", Files.readString(file));
            throw new IOException("disk full");
        }));
        assertEquals("disk full", failed.getMessage());
        assertEquals("before", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test void refusesAFolder() {
        assertEquals(folder + ": is a folder, not a file", assertThrows(IOException.class, () -> WholeFile.write(folder, out -> { })).getMessage());
    }

    @Test void refusesAFileInAFolderThatIsNotThere() {
        Path file = folder.resolve("none/a");
        assertEquals(file + ": there is no folder " + folder.resolve("none"),
                assertThrows(IOException.class, () -> WholeFile.write(file, out -> { })).getMessage());
    }
}
