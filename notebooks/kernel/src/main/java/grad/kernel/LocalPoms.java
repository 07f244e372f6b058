package grad.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;

/** POMs that are in no repository: lets the resolver read one, and the parents beside it. */
final class LocalPoms implements WorkspaceReader {
    private static final WorkspaceRepository REPOSITORY = new WorkspaceRepository("notebook");

    private final Map<String, File> poms = new HashMap<>(); // by coordinate

    /** Notes the POM and its parents on disk; returns the POM's own coordinate. */
    String add(Path pom) throws MagicError {
        Model model;
        try (var stream = Files.newInputStream(pom)) {
            model = new MavenXpp3Reader().read(stream); // in the encoding that it names
        } catch (IOException | XmlPullParserException e) {
            throw new MagicError(pom.getFileName() + " is no POM: " + e.getMessage().replaceAll("\\s+", " "));
        }
        Parent parent = model.getParent();
        String group = model.getGroupId() != null || parent == null ? model.getGroupId() : parent.getGroupId();
        String version = model.getVersion() != null || parent == null ? model.getVersion() : parent.getVersion();
        String coordinate = group + ":" + model.getArtifactId() + ":pom:" + version;
        String parentAt = parent == null || parent.getRelativePath() == null ? "" : parent.getRelativePath();
        if (poms.put(coordinate, pom.toFile()) == null && !parentAt.isEmpty()) {
            Path above = pom.toAbsolutePath().resolveSibling(parentAt).normalize();
            if (Files.isDirectory(above)) above = above.resolve("pom.xml");
            if (Files.isRegularFile(above)) add(above);
        }
        return coordinate;
    }

    @Override public WorkspaceRepository getRepository() {
        return REPOSITORY;
    }

    @Override public File findArtifact(Artifact artifact) {
        return poms.get(String.join(":", artifact.getGroupId(), artifact.getArtifactId(), artifact.getExtension(), artifact.getVersion()));
    }

    @Override public List<String> findVersions(Artifact artifact) {
        return List.of();
    }
}
