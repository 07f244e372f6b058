package grad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        assertEquals(file + ": not written (disk full)", failed.getMessage());
        assertEquals("before", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
        WholeFile.write(link, out -> out.write("after".getBytes()));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("after", Files.readString(file));
    }

    @Test void aLinkToWhatIsNotThereYetStaysALink() throws IOException {
        Files.createDirectory(folder.resolve("b"));
        Path second = Files.createSymbolicLink(folder.resolve("b/second"), Path.of("a"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("b/second"));
        WholeFile.write(link, out -> out.write("after".getBytes()));
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(second));
        assertEquals("after", Files.readString(folder.resolve("b/a")));
    }

    @Test void linksThatLeadToEachOtherAreRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("other"));
        Files.createSymbolicLink(folder.resolve("other"), Path.of("link"));
        assertEquals(link + ": more than 40 links, one after the other",
                assertThrows(IOException.class, () -> WholeFile.write(link, out -> out.write(1))).getMessage());
    }

    @Test void aFileThatIsReplacedKeepsItsPermissions() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        for (String permissions : List.of("rw-------", "rwxr-x--x")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            WholeFile.write(file, out -> out.write("after".getBytes()));
            assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test void whoeverIsInterruptedIsToldSo() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "before");
        Thread.currentThread().interrupt();
        var failed = assertThrows(IOException.class, () -> WholeFile.write(file, out -> out.write(1)));
        assertTrue(Thread.interrupted());
        assertEquals(file + ": not written (interrupted)", failed.getMessage());
        assertEquals("before", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test void refusesAFolder() {
        assertEquals(folder + ": is a folder, not a file",
                assertThrows(IOException.class, () -> WholeFile.write(folder, out -> { })).getMessage());
    }

    @Test void refusesAFolderThatCannotBeWrittenTo() {
        Path file = Path.of(URI.create("jrt:/java.base/a"));        // where nobody may write, not even root
        assertEquals(file + ": the folder " + file.getParent() + " cannot be written to",
                assertThrows(IOException.class, () -> WholeFile.write(file, out -> { })).getMessage());
    }

    @Test void whatTheSystemRefusesIsSaidOfTheFileItself() throws IOException {
        Path file = folder.resolve("a".repeat(240));        // too long with anything added to it
        assertEquals(file + ": not written (File name too long)",
                assertThrows(IOException.class, () -> WholeFile.write(file, out -> { })).getMessage());
    }

    @Test void refusesAFileInAFolderThatIsNotThere() {
        Path file = folder.resolve("none/a");
        assertEquals(file + ": there is no folder " + folder.resolve("none"),
                assertThrows(IOException.class, () -> WholeFile.write(file, out -> { })).getMessage());
    }
}
