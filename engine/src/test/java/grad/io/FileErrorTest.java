package grad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileErrorTest {
    @Test void theReasonIsInWordsAndNamesNoFile() {
        assertEquals("permission denied", FileError.reason(new AccessDeniedException("/a")));
        assertEquals("interrupted", FileError.reason(new ClosedByInterruptException()));
        assertEquals("a file of that name is in the way", FileError.reason(new FileAlreadyExistsException("/a")));
        assertEquals("No space left on device", FileError.reason(new FileSystemException("/a", null, "No space left on device")));
        assertEquals("FileSystemException", FileError.reason(new FileSystemException("/a")));
        assertEquals("disk full", FileError.reason(new IOException("disk full")));
        assertEquals("EOFException", FileError.reason(new EOFException()));
    }

    @Test void aFolderIsNotReadAsAFile(@TempDir Path folder) {
        assertEquals(folder + ": is a folder, not a file", assertThrows(IOException.class, () -> Safetensors.load(folder)).getMessage());
    }
}
