package grad.plots;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A picture of work that is still going on, redrawn in place and left as the final one. It redraws at most ten times a second, and the
 * slower it is to draw the more rarely, so that drawing takes less than a twentieth of the time.
 *
 * <pre>{@code
 * try (var live = new LiveFigure(() -> curve(losses), h -> display(h, "text/html"), (id, h) -> updateDisplay(id, h, "text/html"))) {
 *     for (int k = 0; k < 1000; k++) {
 *         losses.add(train());
 *         live.step();
 *     }
 * }
 * }</pre>
 */
public final class LiveFigure implements AutoCloseable {
    private final Live live;
    private boolean closed;

    /**
     * Shows the picture as it is before the first step.
     *
     * @param picture draws the state of the work
     * @param display shows HTML and returns the id of what it shows
     * @param update replaces what an id shows
     */
    public LiveFigure(Supplier<Figure> picture, Function<String, String> display, BiConsumer<String, String> update) {
        this(picture, display, update, System::nanoTime);
    }

    LiveFigure(Supplier<Figure> picture, Function<String, String> display, BiConsumer<String, String> update, LongSupplier clock) {
        live = new Live(seconds -> picture.get().html(), display, update, clock);
    }

    /** One step done: redraws where the time has come. */
    public void step() {
        live.step();
    }

    /** Leaves the final picture. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        live.end();
    }
}
