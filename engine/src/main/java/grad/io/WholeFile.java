package grad.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Writes a file so that whoever looks finds all of it, or what was there before, whenever the program or the machine stops. */
public final class WholeFile {
    private static final int MOST_LINKS = 40;        // as many as Linux follows

    private WholeFile() { }

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes beside {@code file}, forces the content to the disk, then moves it into place. A program killed in between leaves what it
     * wrote so far beside {@code file}, under a name that ends in {@code .part} and that nobody reads. Where {@code file} is a link, the
     * file that it leads to is written, also where it is not there yet. A file that is replaced keeps its permissions.
     *
     * @throws IOException naming the file and the reason, when that fails; then {@code file} is as it was and nothing is left beside it
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = followed(file);
        Path folder = target.getParent();
        if (Files.isDirectory(target)) throw new IOException(file + ": is a folder, not a file");
        if (!Files.isDirectory(folder)) throw new IOException(file + ": there is no folder " + folder);
        if (!Files.isWritable(folder)) throw new IOException(file + ": the folder " + folder + " cannot be written to");
        Path beside = target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            keepPermissions(target, beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FileError.of(file, "not written", e);
        } finally {
            delete(beside);
        }
    }

    /** Where a link, or a link to a link, leads in the end. */
    private static Path followed(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int i = 0; Files.isSymbolicLink(target); i++) {
            if (i == MOST_LINKS) throw new IOException(file + ": more than " + MOST_LINKS + " links, one after the other");
            target = target.resolveSibling(Files.readSymbolicLink(target)).normalize();
        }
        return target;
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (old != null && Files.exists(from)) Files.setPosixFilePermissions(to, old.readAttributes().permissions());
    }

    private static void delete(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            // why it could not be written says more
        }
    }
}
