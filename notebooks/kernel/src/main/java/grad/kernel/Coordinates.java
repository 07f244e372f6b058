package grad.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Completes coordinates with what a local repository holds: folders by the parts of the group, the artifact, the version. */
final class Coordinates {
    private Coordinates() { }

    /** The next part of the group that is begun, its artifacts, or their versions. */
    static List<String> completions(Path repository, String begun) {
        String[] parts = begun.split(":", -1);
        if (parts.length > 3 || !begun.matches("(\\w[\\w.:-]*)?")) return List.of();
        if (parts.length == 1) return groups(repository, begun);
        Path group = repository.resolve(parts[0].replace('.', '/'));
        String before = begun.substring(0, begun.lastIndexOf(':') + 1);
        if (parts.length == 2)
            return folders(group, parts[1]).filter(Coordinates::isArtifact).map(named -> before + named.getFileName() + ":").toList();
        Path artifact = group.resolve(parts[1]);
        return folders(artifact, parts[2]).filter(Coordinates::isVersion).map(version -> before + version.getFileName()).toList();
    }

    private static List<String> groups(Path repository, String begun) {
        int part = begun.lastIndexOf('.') + 1;
        String above = begun.substring(0, part);
        List<String> groups = new ArrayList<>();
        for (Path group : folders(repository.resolve(above.replace('.', '/')), begun.substring(part)).toList()) {
            if (isArtifact(group)) continue;
            List<Path> within = folders(group, "").toList();
            if (within.stream().anyMatch(Coordinates::isArtifact)) groups.add(above + group.getFileName() + ":");
            if (!within.stream().allMatch(Coordinates::isArtifact)) groups.add(above + group.getFileName() + ".");
        }
        return groups;
    }

    private static boolean isArtifact(Path folder) {
        return folders(folder, "").anyMatch(Coordinates::isVersion);
    }

    private static boolean isVersion(Path folder) {
        return Files.isRegularFile(folder.resolve(folder.getParent().getFileName() + "-" + folder.getFileName() + ".pom"));
    }

    private static Stream<Path> folders(Path within, String begun) {
        try (Stream<Path> all = Files.list(within)) {
            return all.filter(path -> path.getFileName().toString().startsWith(begun) && Files.isDirectory(path)).sorted()
                    .toList().stream(); // of a list, since the folder is closed
        } catch (IOException e) {
            return Stream.of();
        }
    }
}
