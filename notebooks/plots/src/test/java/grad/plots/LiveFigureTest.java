package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFigureTest {
    private static final long MILLISECOND = 1_000_000;

    private final List<String> displayed = new ArrayList<>();
    private final List<String> updates = new ArrayList<>();
    private long now;
    private long drawing;
    private int step;

    private LiveFigure live() {
        return new LiveFigure(this::picture, this::display, (id, html) -> updates.add(id + " " + html), () -> now);
    }

    private Figure picture() {
        now += drawing;
        return Figure.of(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), 4, "after step " + step);
    }

    private String display(String html) {
        displayed.add(html);
        return "id" + displayed.size();
    }

    private void run(LiveFigure live, int steps) {
        for (int k = 0; k < steps; k++) {
            now += MILLISECOND;
            step++;
            live.step();
        }
    }

    @Test
    void aQuickPictureIsRedrawnTenTimesASecond() {
        run(live(), 5_000);
        assertEquals(1, displayed.size());
        assertEquals(50, updates.size(), "in five seconds");
        assertTrue(updates.get(0).startsWith("id1 <figure") && updates.get(0).contains("after step 100"), updates.get(0));
    }

    @Test
    void aSlowPictureTakesLessThanATwentiethOfTheTime() {
        drawing = 50 * MILLISECOND;
        LiveFigure live = live();
        long start = now;
        run(live, 20_000);
        double share = (double) updates.size() * drawing / (now - start);
        assertTrue(share < 0.05 && share > 0.04, "drawing took " + share);
    }

    @Test
    void theFinalPictureStays() {
        LiveFigure live = live();
        run(live, 7);
        live.close();
        live.close();
        assertEquals(1, updates.size());
        assertTrue(updates.get(0).contains("after step 7"), updates.get(0));
    }
}
