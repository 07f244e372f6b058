package grad.kernel;

import static grad.kernel.ServedRepository.dependencies;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a local repository that is empty, or made by hand, and a remote one on loopback. */
class MavenResolverTest {
    @TempDir Path folder;

    private Path local;
    private ServedRepository remote;
    private MavenResolver maven;

    @BeforeEach void emptyRepository() throws Exception {
        local = Files.createDirectory(folder.resolve("repository"));
        System.setProperty("maven.repo.local", local.toString());
        remote = new ServedRepository(folder);
        maven = anotherKernel();
    }

    /** One that has heard of nothing yet, with the same local repository. */
    private MavenResolver anotherKernel() throws MagicError {
        MavenResolver fresh = new MavenResolver();
        fresh.addRepository("central", remote.address()); // stands in for the real one
        return fresh;
    }

    @AfterEach void forget() {
        remote.close();
        System.clearProperty("maven.repo.local");
    }

    private Set<String> found(String coordinate) throws MagicError {
        return maven.resolve(List.of(coordinate)).keySet();
    }

    private String refused(String coordinate) {
        String message = assertThrows(MagicError.class, () -> found(coordinate)).getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }

    private static Path install(Path repository, String artifact, String version, String dependencies) throws IOException {
        Path place = Files.createDirectories(repository.resolve("demo/" + artifact + "/" + version));
        String parts = "<modelVersion>4.0.0</modelVersion><groupId>demo</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version>";
        Files.writeString(place.resolve(artifact + "-" + version + ".pom"),
                "<project>" + parts + "<dependencies>" + dependencies + "</dependencies></project>");
        return Files.writeString(place.resolve(artifact + "-" + version + ".jar"), "a jar");
    }

    private static String dependency(String artifact, String scope) {
        return "<dependency><groupId>demo</groupId><artifactId>" + artifact + "</artifactId><version>1</version><scope>" + scope
                + "</scope></dependency>";
    }

    @Test void jarsComeWithWhatTheyNeedAtRunTime() throws Exception {
        install(local, "leaf", "1", "");
        install(local, "checker", "1", "");
        install(local, "middle", "1", dependency("leaf", "runtime") + dependency("checker", "test"));
        install(local, "top", "1", dependency("middle", "compile"));
        assertEquals(Set.of("demo:top", "demo:middle", "demo:leaf"), maven.resolve(List.of("demo:top:1")).keySet());
    }

    @Test void settingsThatSayOfflineAreHeeded() throws Exception {
        remote.with("far", "1", dependencies("leaf")).with("leaf", "1", "");
        Path settings = Files.writeString(folder.resolve("settings.xml"), "<settings><offline>true</offline></settings>");
        MavenResolver atHome = new MavenResolver(ContextOverrides.create().withUserSettings(true).withUserSettingsXmlOverride(settings));
        atHome.addRepository("central", remote.address());
        assertEquals("demo:far:1 is not in the local repository, and Maven's settings say offline: install it there, or go online once",
                assertThrows(MagicError.class, () -> atHome.resolve(List.of("demo:far:1"))).getMessage());
        assertEquals(List.of(), remote.asked);
        assertEquals(Set.of("demo:far", "demo:leaf"), found("demo:far:1"));
    }

    @Test void severalSnapshotsAtOnce() throws Exception {
        Path one = install(local, "one", "1.0-SNAPSHOT", "");
        Path two = install(local, "two", "2.0-SNAPSHOT", "");
        assertEquals(Map.of("demo:one", one, "demo:two", two), maven.resolve(List.of("demo:one:1.0-SNAPSHOT", "demo:two:2.0-SNAPSHOT")));
    }

    @Test void whatIsNotThereIsFetchedWithAllItNeeds() throws Exception {
        remote.with("top", "1", dependencies("middle")).with("middle", "1", dependencies("leaf")).with("leaf", "1", "");
        Map<String, Path> jars = maven.resolve(List.of("demo:top:1"));
        assertEquals(Set.of("demo:top", "demo:middle", "demo:leaf"), jars.keySet());
        assertTrue(jars.values().stream().allMatch(jar -> jar.startsWith(local)), jars.toString());
        assertEquals(jars, anotherKernel().resolve(List.of("demo:top:1")));
    }

    @Test void whatIsInstalledHereMayNeedWhatIsNot() throws Exception {
        install(local, "top", "1", dependency("leaf", "compile"));
        remote.with("leaf", "1", dependencies("deep")).with("deep", "1", "");
        assertEquals(Set.of("demo:top", "demo:leaf", "demo:deep"), found("demo:top:1"));
        assertTrue(remote.asked.stream().noneMatch(path -> path.contains("top")),
                "what is here is not looked for elsewhere: " + remote.asked);
    }

    @Test void aJarThatLacksItsPomGetsItAndWhatItNeeds() throws Exception {
        Path jar = install(local, "far", "1", "");
        Files.delete(jar.resolveSibling("far-1.pom"));
        remote.with("far", "1", dependencies("leaf")).with("leaf", "1", "");
        assertEquals(Set.of("demo:far", "demo:leaf"), found("demo:far:1"));
    }

    @Test void aJarWithoutAPomAnywhereIsUsedAndSaysSo() throws Exception {
        Path jar = install(local, "bare", "1", "");
        Files.delete(jar.resolveSibling("bare-1.pom"));
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true));
        try {
            assertEquals(Set.of("demo:bare"), found("demo:bare:1"));
        } finally {
            System.setErr(err);
        }
        assertEquals("the POM of demo:bare:1 is missing: if it needs other jars, name them too", said.toString().strip());
    }

    @Test void aMovedArtifactIsFollowed() throws Exception {
        remote.pom("old", "1", "<distributionManagement><relocation><artifactId>moved</artifactId></relocation></distributionManagement>")
                .with("moved", "1", dependencies("leaf")).with("leaf", "1", "");
        assertEquals(Set.of("demo:moved", "demo:leaf"), found("demo:old:1"));
    }

    @Test void aClassifiersJarComesWithWhatTheArtifactNeeds() throws Exception {
        remote.with("both", "1", dependencies("leaf")).classified("both", "1", "plain").with("leaf", "1", "");
        Map<String, Path> jars = maven.resolve(List.of("demo:both:jar:plain:1"));
        assertEquals(Set.of("demo:both:plain", "demo:leaf"), jars.keySet());
        assertEquals("both-1-plain.jar", jars.get("demo:both:plain").getFileName().toString());
    }

    @Test void versionsMayComeFromABillOfMaterials() throws Exception {
        remote.pom("bom", "1", "<packaging>pom</packaging><dependencyManagement>" + dependencies("leaf") + "</dependencyManagement>")
                .with("top", "1", "<dependencyManagement><dependencies>"
                        + ServedRepository.dependency("bom", "<version>1</version><type>pom</type><scope>import</scope>")
                        + "</dependencies></dependencyManagement><dependencies>" + ServedRepository.dependency("leaf", "")
                        + "</dependencies>")
                .with("leaf", "1", "");
        assertEquals(Set.of("demo:top", "demo:leaf"), found("demo:top:1"));
    }

    @Test void aParentsDependenciesAreInherited() throws Exception {
        remote.pom("parent", "1", "<packaging>pom</packaging>" + dependencies("leaf"))
                .with("child", "1", "<parent><groupId>demo</groupId><artifactId>parent</artifactId><version>1</version></parent>")
                .with("leaf", "1", "");
        assertEquals(Set.of("demo:child", "demo:leaf"), found("demo:child:1"));
    }

    @Test void aSnapshotIsFoundByItsMetadata() throws Exception {
        remote.snapshot("young", "1.0", "20260102.030405", dependencies("leaf")).with("leaf", "1", "");
        assertEquals(Set.of("demo:young", "demo:leaf"), found("demo:young:1.0-SNAPSHOT"));
        assertEquals(Set.of("demo:young", "demo:leaf"), anotherKernel().resolve(List.of("demo:young:1.0-SNAPSHOT")).keySet());
    }

    @Test void whatWasNotThereMayBeThereAMomentLater() throws Exception {
        refused("demo:top:1");
        remote.with("top", "1", dependencies("leaf"));
        assertTrue(refused("demo:top:1").contains("there is no demo:leaf:1"));
        remote.with("leaf", "1", "");
        assertEquals(Set.of("demo:top", "demo:leaf"), found("demo:top:1"));
    }

    @Test void whatAnotherRepositoryBroughtStays() throws Exception {
        try (ServedRepository other = new ServedRepository(folder)) {
            other.with("top", "1", "");
            maven.addRepository("other", other.address());
            found("demo:top:1");
        }
        remote.with("leaf", "1", "");
        assertEquals(Set.of("demo:top", "demo:leaf"), anotherKernel().resolve(List.of("demo:top:1", "demo:leaf:1")).keySet());
    }

    @Test void aNameAndAPasswordInTheAddressAreUsedAndNotShown() throws Exception {
        remote.with("secret", "1", dependencies("leaf")).with("leaf", "1", "");
        remote.lock("user", "p@ss word");
        String locked = refused("demo:secret:1");
        assertTrue(locked.startsWith("central " + remote.address() + " asks for a name and a password"), locked);
        maven.addRepository("central", "http://user:wrong@" + remote.host() + "/");
        assertFalse(refused("demo:secret:1").contains("wrong"));
        maven.addRepository("central", "http://user:p%40ss%20word@" + remote.host() + "/");
        String absent = refused("demo:absent:1");
        assertTrue(absent.contains("in central " + remote.address() + ": check"), absent);
        assertEquals(Set.of("demo:secret", "demo:leaf"), found("demo:secret:1"));
    }

    @Test void aPasswordIsHiddenWhateverElseIsWrong() {
        for (String address : List.of("ftp://user:secret@host/x", "user:secret@host/x", "http://user:secret@ho st/",
                "http://us er:secret@host/", "//user:p@secret@host"))
            assertFalse(assertThrows(MagicError.class, () -> maven.addRepository("sec", address)).getMessage().contains("secret"), address);
        assertFalse(refused("http://user:secret@host").contains("secret"));
    }

    @Test void localRepositoryComesFirst() throws Exception {
        remote.with("both", "1", dependencies("leaf"));
        Path mine = Files.writeString(install(local, "both", "1", ""), "rebuilt a second ago");
        assertEquals("rebuilt a second ago", Files.readString(maven.resolve(List.of("demo:both:1")).get("demo:both")));
        assertEquals(mine, maven.resolve(List.of("demo:both:1")).get("demo:both"));
    }

    @Test void absentOneIsNamedWithTheWayOut() {
        String message = refused("demo:absent:1");
        assertTrue(message.contains("demo:absent:1"), message);
        assertTrue(message.contains("check the coordinate"), message);
    }

    @Test void aVersionThatIsNoneIsSaidToBe() {
        assertEquals("Unbounded version range [1,: check the coordinate, groupId:artifactId:version", refused("demo:absent:[1,"));
    }

    @Test void unreachableRepositoryIsNamedWithTheWayOut() throws Exception {
        maven.addRepository("central", "http://127.0.0.1:1/");
        String message = refused("demo:absent:1");
        assertTrue(message.startsWith("cannot download demo:absent:1"), message);
        assertTrue(message.contains("go online"), message);
    }

    @Test void pomOnDiskIsReadWithItsParent() throws Exception {
        install(local, "leaf", "1", "");
        Files.writeString(folder.resolve("pom.xml"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>my</groupId><artifactId>parent</artifactId><version>3</version>
                <packaging>pom</packaging>
                <properties><leaf>1</leaf></properties></project>""");
        Path child = Files.createDirectory(folder.resolve("child")).resolve("pom.xml");
        Files.writeString(child, """
                <project><modelVersion>4.0.0</modelVersion><parent><groupId>my</groupId><artifactId>parent</artifactId>
                <version>3</version></parent>
                <artifactId>child</artifactId><dependencies><dependency><groupId>demo</groupId><artifactId>leaf</artifactId>
                <version>${leaf}</version>
                </dependency></dependencies></project>""");
        assertEquals(Set.of("demo:leaf"), maven.resolvePom(child).keySet());
    }

    @Test void dependenciesInACellAreEnough() throws Exception {
        install(local, "leaf", "1", "");
        assertEquals(Set.of("demo:leaf"), maven.resolvePomText(dependency("leaf", "compile")).keySet());
    }

    @Test void aPomInACellIsResolvedFromAfar() throws Exception {
        remote.with("top", "1", dependencies("leaf")).with("leaf", "1", "").with("other", "2", "");
        assertEquals(Set.of("demo:top", "demo:leaf"), maven.resolvePomText(dependency("top", "compile")).keySet());
        assertEquals(Set.of("demo:other"), anotherKernel().resolvePomText("""
                <project><modelVersion>4.0.0</modelVersion><groupId>my</groupId><artifactId>cell</artifactId><version>1</version>
                <dependencies><dependency><groupId>demo</groupId><artifactId>other</artifactId><version>2</version></dependency>
                </dependencies>
                </project>""").keySet());
    }

    @Test void aPomMayNameItsOwnRepository() throws Exception {
        try (ServedRepository own = new ServedRepository(folder)) {
            own.with("rare", "1", dependencies("leaf")).with("leaf", "1", "");
            assertEquals(Set.of("demo:rare", "demo:leaf"), maven.resolvePomText("<repositories><repository><id>own</id><url>"
                    + own.address()
                    + "</url></repository></repositories>" + dependencies("rare")).keySet());
        }
    }

    @Test void coordinatesOfTheLocalRepositoryAreOffered() throws Exception {
        install(local, "leaf", "1", "");
        install(local, "leaf", "2", "");
        install(local, "lean", "1", "");
        Files.createDirectories(local.resolve("demo/deeper/part/1"));
        Files.writeString(local.resolve("demo/deeper/part/1/part-1.pom"), "");
        assertEquals(List.of("demo:", "demo."), maven.completions(""));
        assertEquals(List.of("demo.deeper:"), maven.completions("demo.d"));
        assertEquals(List.of("demo:leaf:", "demo:lean:"), maven.completions("demo:le"));
        assertEquals(List.of("demo:leaf:1", "demo:leaf:2"), maven.completions("demo:leaf:"));
        assertEquals(List.of(), maven.completions("nowhere:x:"));
    }
}
