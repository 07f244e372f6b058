package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a local repository made by hand and a remote one that is a folder: no network. */
class MavenTest {
    @TempDir Path folder;

    private Path local;
    private Maven maven;

    @BeforeEach void emptyRepository() throws IOException {
        local = Files.createDirectory(folder.resolve("repository"));
        System.setProperty("maven.repo.local", local.toString());
        maven = new Maven();
        maven.addRepository("central", Files.createDirectory(folder.resolve("remote")).toUri().toString()); // stands in for the real one
    }

    @AfterEach void forget() {
        System.clearProperty("maven.repo.local");
    }

    private static Path install(Path repository, String artifact, String version, String dependencies) throws IOException {
        Path place = Files.createDirectories(repository.resolve("demo/" + artifact + "/" + version));
        String parts = "<modelVersion>4.0.0</modelVersion><groupId>demo</groupId><artifactId>" + artifact + "</artifactId><version>" + version + "</version>";
        Files.writeString(place.resolve(artifact + "-" + version + ".pom"), "<project>" + parts + "<dependencies>" + dependencies + "</dependencies></project>");
        return Files.writeString(place.resolve(artifact + "-" + version + ".jar"), "a jar");
    }

    private static String dependency(String artifact, String scope) {
        return "<dependency><groupId>demo</groupId><artifactId>" + artifact + "</artifactId><version>1</version><scope>" + scope + "</scope></dependency>";
    }

    @Test void jarsComeWithWhatTheyNeedAtRunTime() throws Exception {
        install(local, "leaf", "1", "");
        install(local, "checker", "1", "");
        install(local, "middle", "1", dependency("leaf", "runtime") + dependency("checker", "test"));
        install(local, "top", "1", dependency("middle", "compile"));
        assertEquals(Set.of("demo:top", "demo:middle", "demo:leaf"), maven.resolve(List.of("demo:top:1")).keySet());
    }

    @Test void settingsThatSayOfflineAreHeeded() throws Exception {
        install(folder.resolve("remote"), "far", "1", "");
        Path settings = Files.writeString(folder.resolve("settings.xml"), "<settings><offline>true</offline></settings>");
        Maven atHome = new Maven(ContextOverrides.create().withUserSettings(true).withUserSettingsXmlOverride(settings));
        atHome.addRepository("central", folder.resolve("remote").toUri().toString());
        assertEquals("%maven: demo:far:1 is not in the local repository, and Maven's settings say offline: install it there, or go online once",
                assertThrows(MagicError.class, () -> atHome.resolve(List.of("demo:far:1"))).getMessage());
        assertEquals(Set.of("demo:far"), maven.resolve(List.of("demo:far:1")).keySet());
    }

    @Test void severalSnapshotsAtOnce() throws Exception {
        Path one = install(local, "one", "1.0-SNAPSHOT", "");
        Path two = install(local, "two", "2.0-SNAPSHOT", "");
        assertEquals(Map.of("demo:one", one, "demo:two", two), maven.resolve(List.of("demo:one:1.0-SNAPSHOT", "demo:two:2.0-SNAPSHOT")));
    }

    @Test void whatIsNotThereIsFetchedFromTheRemoteRepository() throws Exception {
        install(folder.resolve("remote"), "far", "1", "");
        Path jar = maven.resolve(List.of("demo:far:1")).get("demo:far");
        assertTrue(jar.startsWith(local), jar.toString());
    }

    @Test void localRepositoryComesFirst() throws Exception {
        install(folder.resolve("remote"), "both", "1", "");
        Path mine = Files.writeString(install(local, "both", "1", ""), "rebuilt a second ago");
        assertEquals("rebuilt a second ago", Files.readString(maven.resolve(List.of("demo:both:1")).get("demo:both")));
        assertEquals(mine, maven.resolve(List.of("demo:both:1")).get("demo:both"));
    }

    @Test void absentOneIsNamedWithTheWayOut() {
        MagicError error = assertThrows(MagicError.class, () -> maven.resolve(List.of("demo:absent:1")));
        assertEquals(1, error.getMessage().lines().count());
        assertTrue(error.getMessage().contains("demo:absent:1"), error.getMessage());
        assertTrue(error.getMessage().contains("check the coordinate"), error.getMessage());
    }

    @Test void aVersionThatIsNoneIsSaidToBe() {
        MagicError error = assertThrows(MagicError.class, () -> maven.resolve(List.of("demo:absent:[1,")));
        assertEquals("%maven: Unbounded version range [1,: check the coordinate, groupId:artifactId:version", error.getMessage());
    }

    @Test void unreachableRepositoryIsNamedWithTheWayOut() {
        maven.addRepository("central", "http://127.0.0.1:1/");
        MagicError error = assertThrows(MagicError.class, () -> maven.resolve(List.of("demo:absent:1")));
        assertEquals(1, error.getMessage().lines().count());
        assertTrue(error.getMessage().startsWith("%maven: cannot download demo:absent:1"), error.getMessage());
        assertTrue(error.getMessage().contains("go online"), error.getMessage());
    }

    @Test void pomOnDiskIsReadWithItsParent() throws Exception {
        install(local, "leaf", "1", "");
        Files.writeString(folder.resolve("pom.xml"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>my</groupId><artifactId>parent</artifactId><version>3</version><packaging>pom</packaging>
                <properties><leaf>1</leaf></properties></project>""");
        Path child = Files.createDirectory(folder.resolve("child")).resolve("pom.xml");
        Files.writeString(child, """
                <project><modelVersion>4.0.0</modelVersion><parent><groupId>my</groupId><artifactId>parent</artifactId><version>3</version></parent>
                <artifactId>child</artifactId><dependencies><dependency><groupId>demo</groupId><artifactId>leaf</artifactId><version>${leaf}</version>
                </dependency></dependencies></project>""");
        assertEquals(Set.of("demo:leaf"), maven.resolvePom(child).keySet());
    }

    @Test void dependenciesInACellAreEnough() throws Exception {
        install(local, "leaf", "1", "");
        assertEquals(Set.of("demo:leaf"), maven.resolvePomText(dependency("leaf", "compile")).keySet());
    }
}
