package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final List<String> sent = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger waiting = new AtomicInteger();
    private final Output output = new Output((name, text) -> sent.add(name + ":" + text), waiting::get, new Traces(type -> { }));

    @Test void manyLinesBecomeFewMessagesAndNoneIsLost() {
        PrintStream out = output.stream("stdout");
        for (int i = 0; i < 20_000; i++) out.println("line " + i);
        output.flush();
        String all = sent.stream().map(text -> text.substring("stdout:".length())).collect(Collectors.joining());
        assertEquals(20_000, all.lines().count());
        assertTrue(all.endsWith("line 19999" + System.lineSeparator()));
        assertTrue(sent.size() < 200, sent.size() + " messages");
    }

    @Test void orderBetweenTheStreamsIsKept() {
        output.stream("stdout").print("a");
        output.stream("stderr").print("b");
        output.stream("stdout").print("c");
        output.flush();
        assertEquals(List.of("stdout:a", "stderr:b", "stdout:c"), sent);
    }

    @Test void aStreamThatWasClosedPrintsOn() {
        PrintStream out = output.stream("stdout");
        out.print("a");
        out.close();
        out.print("b");
        output.flush();
        assertEquals("stdout:ab", sent.stream().reduce((first, second) -> first + second.substring("stdout:".length())).orElse(""));
    }

    @Test void manyMessagesTakeTurns() {
        long start = System.nanoTime();
        Thread.currentThread().interrupt();
        for (int i = 0; i < 1_000; i++) output.count(1);
        assertTrue(Thread.interrupted());
        assertTrue(System.nanoTime() - start > 300_000_000, "a thousand displays in a moment would drown the front end");
    }

    @Test void charactersAreNotCutInPieces() {
        PrintStream out = output.stream("stdout");
        for (int i = 0; i < 10_000; i++) out.print("ü😀");
        output.flush();
        String all = sent.stream().map(text -> text.substring("stdout:".length())).collect(Collectors.joining());
        assertEquals("ü😀".repeat(10_000), all);
    }
}
