import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program in the README, in the package that a program of ten lines is in: none. */
class QuickStartTest {
    private static final String PRINTED = "reads 92.5 % of 360 digits it has never seen";

    @Test void printsWhatTheReadmeSays() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        assertEquals(PRINTED, printed.toString(StandardCharsets.UTF_8).strip());
    }

    @Test void isInTheReadmeWordForWord() throws IOException {
        Path readme = Path.of("../README.md");
        assumeTrue(Files.exists(readme), "there is no README yet");
        String text = Files.readString(readme);
        assertTrue(text.contains(Files.readString(Path.of("src/test/java/QuickStart.java"))), "README.md lacks the program of src/test/java/QuickStart.java");
        assertTrue(text.contains(PRINTED), "README.md lacks the line " + PRINTED);
    }
}
