package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    @BeforeEach void runFourCells() {
        history.add(1, "int x = 1", null);
        history.add(2, "x + 1", "2");
        history.add(3, "x + 2", "3");
        history.add(4, "x + 1", "2");
    }

    private String ask(Object... request) {
        return history.answer(Json.object(request)).get("history").toString();
    }

    @Test void tailIsTheLastOnes() {
        assertEquals("[[1,3,\"x + 2\"],[1,4,\"x + 1\"]]", ask("hist_access_type", "tail", "n", 2));
    }

    @Test void rangeEndsBeforeStop() {
        assertEquals("[[1,2,\"x + 1\"]]", ask("hist_access_type", "range", "session", 0, "start", 2, "stop", 3));
    }

    @Test void searchTakesWildcardsAndKeepsTheLastOfEqualOnes() {
        assertEquals("[[1,3,\"x + 2\"],[1,4,\"x + 1\"]]", ask("hist_access_type", "search", "pattern", "x + ?", "unique", true));
        assertEquals("[[1,1,\"int x = 1\"]]", ask("hist_access_type", "search", "pattern", "int*", "n", 5));
    }

    @Test void outputComesWhenAskedFor() {
        assertEquals("[[1,4,[\"x + 1\",\"2\"]]]", ask("hist_access_type", "tail", "n", 1, "output", true));
    }

    @Test void searchWithManyWildcardsEndsSoon() {
        history.add(5, "a".repeat(2_000), null);
        history.add(6, "a".repeat(2_000) + "?b\n", null);
        String glob = "*a".repeat(12);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertEquals("[]", ask("hist_access_type", "search", "pattern", glob + "b"));
            assertEquals(1, history.answer(Json.object("hist_access_type", "search", "pattern", glob + "??*\n*"))
                    .getAsJsonArray("history").size());
        });
    }
}
