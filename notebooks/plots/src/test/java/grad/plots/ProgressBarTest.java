package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final List<String> displayed = new ArrayList<>();
    private final List<String> updates = new ArrayList<>();
    private long now;

    private ProgressBar bar(int total) {
        return new ProgressBar("train <it>", total, this::display, (id, html) -> updates.add(id + " " + html), () -> now);
    }

    private String display(String html) {
        displayed.add(html);
        return "id" + displayed.size();
    }

    @Test
    void itRedrawsTenTimesASecondAtMost() {
        ProgressBar bar = bar(10_000);
        for (int k = 0; k < 5_000; k++) {
            now += 1_000_000;
            bar.step(0.5);
        }
        assertEquals(1, displayed.size());
        assertEquals(50, updates.size(), "in five seconds");
        assertTrue(updates.stream().allMatch(update -> update.startsWith("id1 <div class=\"javagrad-progress\"")));
    }

    @Test
    void itTellsLossRateAndTimeLeft() {
        ProgressBar bar = bar(1000);
        for (int k = 0; k < 250; k++) {
            now += 20_000_000;
            bar.step(0.03125);
        }
        String last = updates.get(updates.size() - 1);
        assertTrue(last.contains("250 of 1000 · loss 0.0313 · 50 steps/s · 15 s left"), last);
        assertTrue(last.contains("width:25%"), last);
        assertTrue(last.contains("train &lt;it&gt;"), last);
    }

    @Test
    void theLastStepLeavesTheFinalStateOnce() {
        ProgressBar bar = bar(3);
        for (int k = 0; k < 3; k++) {
            now += 1_000_000;
            bar.step();
        }
        bar.close();
        assertEquals(1, updates.size());
        assertTrue(updates.get(0).contains("3 steps in 0.0 s · 1,000 steps/s</div>"), updates.get(0));
        assertTrue(updates.get(0).contains("width:100%"));
    }

    @Test
    void workThatStopsEarlySaysSo() {
        try (ProgressBar bar = bar(100)) {
            now += 2_000_000_000;
            bar.step(Double.NaN);
        }
        String last = updates.get(updates.size() - 1);
        assertTrue(last.contains("stopped after 1 of 100 steps, 2.0 s · loss NaN"), last);
    }

    @Test
    void withoutUpdatesOnlyStartAndEndAreShown() {
        ProgressBar bar = new ProgressBar("train", 5_000, this::display, null, () -> now);
        for (int k = 0; k < 5_000; k++) {
            now += 1_000_000_000;
            bar.step(1);
        }
        assertEquals(2, displayed.size());
        assertTrue(displayed.get(1).contains("5000 steps in 83 min 20 s"), displayed.get(1));
    }

    @Test
    void noStepsAreRefused() {
        assertEquals("ProgressBar: the number of steps is at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> bar(0)).getMessage());
    }
}
