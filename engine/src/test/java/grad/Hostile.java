package grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What every reader owes to a file that means it ill. */
public final class Hostile {
    private static final long FIXED_BYTES = 512 << 10;

    private Hostile() { }

    /** Something that reads a file. */
    public interface Reader<T> {
        T read(Path file) throws IOException;
    }

    private record Attempt<T>(Optional<T> value, long allocated) { }

    /**
     * What {@code reader} makes of a file with these bytes, if it takes them; it may refuse them, with a message that names the file.
     * It may allocate {@code bytesPerByte} times as much as it was given, and the file and its folder stay as they are.
     */
    public static <T> Optional<T> read(Path folder, byte[] bytes, long bytesPerByte, Reader<T> reader) throws IOException {
        Path file = Files.write(folder.resolve("hostile"), bytes);
        long most = FIXED_BYTES + bytesPerByte * bytes.length;
        Attempt<T> attempt = attempt(reader, file);
        if (attempt.allocated > most) attempt = attempt(reader, file);        // the first time may load classes
        assertTrue(attempt.allocated <= most, attempt.allocated + " bytes of memory for " + bytes.length + " in the file");
        assertArrayEquals(bytes, Files.readAllBytes(file));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        Files.delete(file);        // a file written over and over would be forced to the disk each time
        return attempt.value;
    }

    private static <T> Attempt<T> attempt(Reader<T> reader, Path file) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        T value = null;
        try {
            value = reader.read(file);
        } catch (IOException e) {
            assertTrue(e.getMessage().matches("(?s)" + Pattern.quote(file + ": ") + ".+"), e.getMessage());
        }
        return new Attempt<>(Optional.ofNullable(value), threads.getCurrentThreadAllocatedBytes() - before);
    }
}
