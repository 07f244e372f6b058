package grad.plots;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A bar that follows long work in place: how far, how fast, the loss, the time left. It redraws at most ten times a second, so a
 * step costs next to nothing.
 *
 * <pre>{@code
 * try (var bar = new ProgressBar("training", 1000, h -> display(h, "text/html"), (id, h) -> updateDisplay(id, h, "text/html"))) {
 *     for (int k = 0; k < 1000; k++) bar.step(train());
 * }
 * }</pre>
 */
public final class ProgressBar implements AutoCloseable {
    private final String title;
    private final int total;
    private final Live live;
    private int done;
    private double loss = Double.NaN;
    private boolean hasLoss;
    private boolean closed;

    /**
     * Shows the empty bar.
     *
     * @param total steps to come
     * @param display shows HTML and returns the id of what it shows
     * @param update replaces what an id shows; null where that cannot be done: then only start and end are shown
     */
    public ProgressBar(String title, int total, Function<String, String> display, BiConsumer<String, String> update) {
        this(title, total, display, update, System::nanoTime);
    }

    ProgressBar(String title, int total, Function<String, String> display, BiConsumer<String, String> update, LongSupplier clock) {
        Require.that(total > 0, "ProgressBar: the number of steps is at least 1, got " + total);
        this.title = title;
        this.total = total;
        live = new Live(this::html, display, update, clock);
    }

    /** One step done. */
    public void step() {
        if (++done >= total) close();
        else live.step();
    }

    /** One step done, with the loss it ended at. */
    public void step(double loss) {
        this.loss = loss;
        hasLoss = true;
        step();
    }

    /** Leaves the final state: all steps done, or where the work stopped. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        live.end();
    }

    private String html(double seconds) {
        int percent = (int) (100L * Math.min(done, total) / total);
        String color = closed && done < total ? "#d55e00" : "#0072b2";
        return "<div class=\"javagrad-progress\" style=\"max-width:640px;margin:6px 0\">"
                + "<div><b>" + Html.escape(title) + "</b> " + Html.escape(status(seconds)) + "</div>"
                + "<div style=\"height:8px;margin-top:4px;border-radius:4px;background-color:rgba(140,149,159,0.3)\">"
                + "<div style=\"height:8px;width:" + percent + "%;border-radius:4px;background-color:" + color + "\"></div></div></div>";
    }

    private String status(double seconds) {
        String at = done + " of " + total;
        if (closed) at = done >= total ? total + " steps in " + time(seconds) : "stopped after " + at + " steps, " + time(seconds);
        StringBuilder text = new StringBuilder(at);
        if (hasLoss) text.append(" · loss ").append(Numbers.brief(loss, 3));
        if (done > 0 && seconds > 0) text.append(" · ").append(rate(done / seconds));
        if (done > 0 && !closed) text.append(" · ").append(time(seconds / done * (total - done))).append(" left");
        return text.toString();
    }

    private static String rate(double perSecond) {
        return perSecond >= 10 ? String.format(Locale.ROOT, "%,.0f steps/s", perSecond) : Numbers.brief(perSecond, 2) + " steps/s";
    }

    private static String time(double seconds) {
        if (seconds < 9.95) return String.format(Locale.ROOT, "%.1f s", seconds);
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
