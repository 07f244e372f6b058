package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test void arraysShowTheirElements() {
        assertEquals("[1, 2]", PlainText.of(new int[] {1, 2}));
        assertEquals("[[1.5, 2.0], null]", PlainText.of(new double[][] {{1.5, 2}, null}));
    }

    @Test void arraysInsideCollectionsDoToo() {
        assertEquals("[[1], [2]]", PlainText.of(List.of(new int[] {1}, new int[] {2})));
        assertEquals("{a=[x]}", PlainText.of(Map.of("a", new String[] {"x"})));
    }

    @Test void longOnesAreShortenedWithTheCount() {
        String text = PlainText.of(new int[5000]);
        assertEquals("[" + "0, ".repeat(100) + "… 5000 in all]", text);
        assertEquals("[" + "x, ".repeat(100) + "… 101 in all]", PlainText.of(Collections.nCopies(101, "x")));
    }

    @Test void megabytesOfTextAreShortenedWithTheCount() {
        assertEquals("x".repeat(1_000_000) + "… 2000000 characters in all", PlainText.shortened("x".repeat(2_000_000)));
        assertEquals("x".repeat(1_000_000), PlainText.shortened("x".repeat(1_000_000)));
    }

    @Test void whatContainsItselfEnds() {
        List<Object> round = new java.util.ArrayList<>(List.of(1));
        round.add(round);
        assertEquals("[1, …]", PlainText.of(round));
        Object[] array = {2, round, round};
        assertEquals("[2, [1, …], [1, …]]", PlainText.of(array));
    }

    @Test void aClassThatWritesItselfIsLeftAlone() {
        List<String> own = new java.util.ArrayList<>(Arrays.asList("a")) {
            @Override public String toString() {
                return "mine";
            }
        };
        assertEquals("mine", PlainText.of(own));
    }
}
