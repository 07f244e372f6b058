import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.scalar.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The programs in the README print what it says. In the package that a program of ten lines is in: none. */
class ReadmeTest {
    private static final String PRINTED = "reads 92.5 % of 360 digits it has never seen";

    private static String readme;

    @BeforeAll static void read() throws IOException { readme = Files.readString(Path.of("../README.md")); }

    @Test void firstProgramPrintsItsComments() {
        String program = readme.split("```java\n")[1].split("```")[0];
        List<String> comments = Pattern.compile("println.*// (.+)").matcher(program).results().map(found -> found.group(1)).toList();
        assertEquals(4, comments.size());
        assertEquals(comments, printedBy(() -> runInShell("import grad.scalar.*;\n" + program)).lines().toList());
    }

    @Test void quickStartPrintsWhatIsPromised() { assertEquals(PRINTED, printedBy(() -> QuickStart.main(new String[0])).strip()); }

    @Test void quickStartIsInTheReadmeWordForWord() throws IOException {
        assertTrue(readme.contains(Files.readString(Path.of("src/test/java/QuickStart.java"))),
                "README.md lacks the program of src/test/java/QuickStart.java");
        assertTrue(readme.contains(PRINTED), "README.md lacks the line " + PRINTED);
    }

    /** Line by line, in this Java. */
    private static void runInShell(String program) {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(Value.class.getProtectionDomain().getCodeSource().getLocation().getPath());
            program.lines().flatMap(line -> shell.eval(line).stream())
                    .forEach(event -> assertEquals(Snippet.Status.VALID, event.status(), event.snippet().source()));
        }
    }

    private static String printedBy(Runnable program) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
