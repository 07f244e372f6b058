package grad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * The grid and the numbers of a logarithmic axis, which XChart takes for a linear one over exponents: 1, 2 and 5 in each power of ten,
 * powers alone where these are too many, and other round numbers where they are too few.
 *
 * @param low the least exponent
 * @param high the greatest
 */
record LogAxis(double low, double high) {
    private static final int ACROSS = 56;      // pixels for a number
    private static final int DOWN = 30;
    private static final int MARK = 4;
    private static final int MOST = 10;
    private static final Font NUMBER = Theme.plain(12);

    /** Exponents of at most so many round numbers. */
    double[] ticks(int most) {
        double[] fine = within(IntStream.range(3 * (int) Math.floor(low), 3 * (int) Math.ceil(high) + 3),
                i -> Math.floorDiv(i, 3) + Math.log10(new int[] {1, 2, 5}[Math.floorMod(i, 3)]));
        if (fine.length < 3) return linear(most);
        double[] ticks = fine;
        for (int every = 1; ticks.length > most; every++) {
            int step = every;
            ticks = within(IntStream.rangeClosed((int) Math.floor(low / step), (int) Math.ceil(high / step)), i -> i * step);
        }
        return ticks;
    }

    private double[] linear(int most) {
        double from = Math.pow(10, low), to = Math.pow(10, high);
        for (int i = 3 * (int) Math.floor(Math.log10(to - from)) - 3; ; i++) {
            double step = Math.pow(10, Math.floorDiv(i, 3)) * new int[] {1, 2, 5}[Math.floorMod(i, 3)];
            if ((to - from) / step > most) continue;
            return within(IntStream.rangeClosed((int) Math.ceil(from / step), (int) Math.floor(to / step)), k -> Math.log10(k * step));
        }
    }

    private double[] within(IntStream numbers, IntToDoubleFunction exponent) {
        return numbers.mapToDouble(exponent).filter(e -> e >= low - 1e-9 && e <= high + 1e-9).toArray();
    }

    /** With a little room at both ends. */
    LogAxis withMargin() {
        double margin = high > low ? (high - low) / 48 : 0.1;
        return new LogAxis(low - margin, high + margin);
    }

    /** XChart keeps the room of its own numbers, unseen. */
    void makeRoomBelow(AxesChartStyler styler) {
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setXAxisTickLabelsColor(Theme.CLEAR).setXAxisTickMarksColor(Theme.CLEAR);
    }

    /** XChart keeps the room of its own numbers, unseen. */
    void makeRoomLeft(AxesChartStyler styler) {
        String widest = Arrays.stream(ticks(MOST)).mapToObj(Numbers::powerOfTen)
                .reduce("", (a, b) -> Ink.width(a, NUMBER) < Ink.width(b, NUMBER) ? b : a);
        styler.setPlotGridHorizontalLinesVisible(false).setYAxisTickLabelsFormattingFunction(x -> x > low ? widest : "");
        styler.setYAxisTickLabelsColor(Theme.CLEAR).setYAxisTickMarksColor(Theme.CLEAR);
    }

    void paintBelow(Graphics2D g, Rectangle2D plot) {
        double top = plot.getMinY(), bottom = plot.getMaxY();
        for (double tick : ticks((int) plot.getWidth() / ACROSS)) {
            double x = plot.getMinX() + plot.getWidth() * (tick - low) / (high - low);
            line(g, Theme.GRID, x, top, x, bottom);
            line(g, Theme.AXIS, x, bottom, x, bottom + MARK);
            Ink.write(g, Numbers.powerOfTen(tick), x, bottom + 18, Ink.CENTRE, NUMBER, Theme.MUTED);
        }
        line(g, Theme.AXIS, plot.getMinX(), bottom, plot.getMaxX(), bottom);
    }

    void paintLeft(Graphics2D g, Rectangle2D plot) {
        double left = plot.getMinX(), right = plot.getMaxX();
        for (double tick : ticks((int) plot.getHeight() / DOWN)) {
            double y = plot.getMaxY() - plot.getHeight() * (tick - low) / (high - low);
            line(g, Theme.GRID, left, y, right, y);
            line(g, Theme.AXIS, left - MARK, y, left, y);
            Ink.write(g, Numbers.powerOfTen(tick), left - 9, y + 4.5, Ink.RIGHT, NUMBER, Theme.MUTED);
        }
        line(g, Theme.AXIS, left, plot.getMinY(), left, plot.getMaxY());
    }

    private static void line(Graphics2D g, Color color, double x, double y, double toX, double toY) {
        g.setColor(color);
        g.setStroke(new BasicStroke(1));
        g.draw(new Line2D.Double(x, y, toX, toY));
    }
}
