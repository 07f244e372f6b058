package grad.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is wrong with a file as a whole, in words: the system's own messages are often just its name, or nothing. */
public final class FileError {
    private FileError() { }

    /** {@code e} with a message that names the file, what was not done with it ("not read") and why. */
    public static IOException of(Path file, String notDone, IOException e) {
        return new IOException(file + ": " + notDone + " (" + reason(e) + ")", e);
    }

    /** What the system said, without the name of a file. */
    public static String reason(IOException e) {
        if (e instanceof ClosedByInterruptException) return "interrupted";
        if (e instanceof FileAlreadyExistsException) return "a file of that name is in the way";
        if (e instanceof AccessDeniedException) return "permission denied";
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason != null ? reason : e.getClass().getSimpleName();
    }

    /** Refuses what cannot be read as a file; a pipe would be waited for. */
    public static void requireFile(Path file) throws IOException {
        if (Files.notExists(file)) throw new IOException(file + ": there is no such file");
        if (Files.isDirectory(file)) throw new IOException(file + ": is a folder, not a file");
        if (Files.exists(file) && !Files.isRegularFile(file)) throw new IOException(file + ": is no ordinary file");
    }
}
