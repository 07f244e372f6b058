package grad.plots;

import java.util.function.BiConsumer;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * HTML of work that is still going on, redrawn in place and left as the final one: at most ten times a second, and the slower it is to
 * draw the more rarely, so that drawing takes less than a twentieth of the time.
 */
final class Live {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int PAUSE_PER_DRAWING = 20;

    private final DoubleFunction<String> html;
    private final Function<String, String> display;
    private final BiConsumer<String, String> update;
    private final LongSupplier clock;
    private final long start;
    private final String id;
    private long due;

    /**
     * Shows what there is before the first step.
     *
     * @param html what there is after so many seconds
     * @param display shows HTML and returns the id of what it shows
     * @param update replaces what an id shows; null where that cannot be done: then only start and end are shown
     */
    Live(DoubleFunction<String> html, Function<String, String> display, BiConsumer<String, String> update, LongSupplier clock) {
        this.html = html;
        this.display = display;
        this.update = update;
        this.clock = clock;
        start = clock.getAsLong();
        id = display.apply(html());
        due = clock.getAsLong() + REDRAW_NANOS;
    }

    /** Redraws where the time has come. */
    void step() {
        long before = clock.getAsLong();
        if (update == null || before < due) return;
        update.accept(id, html());
        long after = clock.getAsLong();
        due = after + Math.max(REDRAW_NANOS, PAUSE_PER_DRAWING * (after - before));
    }

    void end() {
        if (update == null) display.apply(html());
        else update.accept(id, html());
    }

    private String html() {
        return html.apply((clock.getAsLong() - start) / 1e9);
    }
}
