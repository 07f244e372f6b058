package grad.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What cells see besides the JDK: folders and jars, each added once, since a loaded class cannot be taken back. */
final class ClassPath {
    private record Loaded(Path file, FileTime written) { }

    private final Interpreter interpreter;
    private final Set<Path> paths = new LinkedHashSet<>();
    private final Map<String, Loaded> artifacts = new HashMap<>();

    ClassPath(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    void add(Collection<Path> found) {
        List<Path> fresh = new ArrayList<>();
        for (Path path : found)
            if (paths.add(path)) fresh.add(path);
        interpreter.addToClasspath(fresh);
    }

    /** Adds artifacts by name and file; says so when one is here already as another version or an older build. */
    void addArtifacts(Map<String, Path> found) {
        List<Path> fresh = new ArrayList<>();
        found.forEach((name, file) -> {
            Loaded loaded = artifacts.putIfAbsent(name, new Loaded(file, written(file)));
            if (loaded == null) fresh.add(file);
            else if (!loaded.file.equals(file))
                System.err.println(name + " is loaded as " + loaded.file.getFileName()
                        + ": restart the kernel to use " + file.getFileName());
            else if (!loaded.written.equals(written(file)))
                System.err.println(file.getFileName() + " was rebuilt since this kernel loaded it: restart the kernel to use the new one");
        });
        add(fresh);
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** The sources that lie beside the jars, as {@code mvn install} puts them. */
    List<Path> sources() {
        return paths.stream()
                .map(path -> path.resolveSibling(path.getFileName().toString().replaceFirst("\\.jar$", "-sources.jar")))
                .filter(path -> path.toString().endsWith("-sources.jar") && Files.isRegularFile(path))
                .toList();
    }

    /** The folders and jars of these names, and all that match where a name is a glob. */
    static List<Path> find(List<String> names) throws MagicError, IOException {
        List<Path> found = new ArrayList<>();
        for (String name : names) found.addAll(find(name));
        return found;
    }

    private static List<Path> find(String name) throws MagicError, IOException {
        Path exact = Path.of(name).toAbsolutePath().normalize();
        if (Files.exists(exact)) return List.of(exact);
        int wild = name.replaceFirst("[*?{\\[].*", "").lastIndexOf('/');
        Path root = Path.of(wild < 0 ? "" : name.substring(0, wild + 1)).toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) throw new MagicError("there is no folder " + root);
        String pattern = name.substring(wild + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/").length;
        try (Stream<Path> files = Files.walk(root, depth)) {
            List<Path> found = files.filter(path -> matcher.matches(root.relativize(path))).sorted().toList();
            if (!found.isEmpty()) return found;
        } catch (UncheckedIOException e) {
            throw new MagicError("cannot read " + root + ": " + e.getMessage());
        }
        throw MagicError.lookedFromHere("nothing matches " + name);
    }
}
