package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever follows a magic's name, it does its work or says in words what is wrong; it touches no file, and here no network either. */
class MagicsFuzzTest {
    @TempDir static Path folder;

    private static CellRunner cells;
    private static Set<Path> files;

    @BeforeAll static void start() throws Exception {
        System.setProperty("maven.repo.local", folder.resolve("repository").toString());
        if (cells != null) return; // the fuzzer asks again and again
        Interpreter interpreter = new Interpreter(Notebook.class);
        cells = new CellRunner(interpreter, new ClassPath(interpreter));
        cells.run("cell", "%mavenRepo central " + Files.createDirectory(folder.resolve("remote")).toUri()); // stands in for the real one
        files = filesHere();
    }

    @AfterAll static void forget() {
        System.clearProperty("maven.repo.local");
    }

    static Stream<byte[]> seeds() {
        return Stream.of("%maven a:b:1", "%maven a:b:jar:c:1 a:b", "%maven :::", "%mavenRepo id https://x", "%mavenRepo id ht!tp:\\",
                "%classpath nowhere/*.jar",
                "%classpath [", "%classpath {a,{b}", "%classpath a\0b", "%classpath a\\", "%jars x?.jar *", "%load nowhere", "%load a\0",
                "%loadFromPOM pom\0", "%loadFromPOM src",
                "%%loadFromPOM\n"
                        + "<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency>",
                "%%loadFromPOM\n<dependencies/>", "%%loadFromPOM\n<project><parent><relativePath>..</relativePath></parent></project>",
                "%%loadFromPOM\n<dependency><scope>${x}</scope></dependency>", "%%loadFromPOM x", "%%html", "%", "%%", "% maven")
                .map(text -> text.getBytes(UTF_8));
    }

    @Timeout(60) @MethodSource("seeds") @FuzzTest
    void aMagicWorksOrSaysWhy(byte[] bytes) throws Exception {
        String all = new String(bytes, UTF_8);
        String text = all.startsWith("%%") ? all : all.lines().findFirst().orElse(""); // what stands below would be code, and run
        // other folders hold what may be run, or without end
        if (!text.matches("(?s)%%?\\w+.*") || text.matches("(?s)%\\w+.*(/|\\.\\.|\\*\\*).*")) return;
        try {
            cells.run("cell", text);
        } catch (CellError e) {
            assertEquals("MagicError", e.name(), e.traceback().toString());
            assertFalse(e.value().isBlank());
        }
        assertEquals(files, filesHere());
    }

    private static Set<Path> filesHere() throws IOException {
        try (Stream<Path> found = Files.walk(Path.of(""))) {
            return found.filter(path -> !path.startsWith("target")).collect(Collectors.toSet());
        }
    }
}
