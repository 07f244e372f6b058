package grad.plots;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One row of points for each name, such as the accuracies of five seeds: what an average hides. */
public final class Strips {
    private static final Font NAME = Theme.plain(12);

    private final Frame frame;
    private final List<Strip> strips = new ArrayList<>();

    private record Strip(String name, double[] values) {}

    public Strips(String title, String xLabel) {
        frame = new Frame(title, xLabel, "", 240);
    }

    public Strips strip(String name, double... values) {
        Require.that(values.length > 0 && Arrays.stream(values).allMatch(Double::isFinite), "Strips: \"" + name + "\" has no, or no finite, values");
        strips.add(new Strip(name, values.clone()));
        return this;
    }

    public Figure figure() {
        Require.that(!strips.isEmpty(), "Strips: nothing to draw; add a strip first");
        String names = strips.stream().map(Strip::name).collect(Collectors.joining(", "));
        return frame.chart("Strips", frame.xLabel + " for " + names, Legend.NONE, this::paint);
    }

    private void paint(Graphics2D g, int top, int width, int height) {
        double low = strips.stream().flatMapToDouble(strip -> Arrays.stream(strip.values)).min().getAsDouble();
        double high = strips.stream().flatMapToDouble(strip -> Arrays.stream(strip.values)).max().getAsDouble();
        double left = 2 * Theme.PADDING + strips.stream().mapToDouble(strip -> Ink.width(strip.name, NAME)).max().getAsDouble();
        double room = width - left - 3 * Theme.PADDING, row = (height - top - 44.0) / strips.size();
        for (int i = 0; i < strips.size(); i++) {
            double y = top + (i + 0.5) * row;
            Ink.write(g, strips.get(i).name, left - Theme.PADDING, y + 4, Ink.RIGHT, NAME, Theme.MUTED);
            g.setColor(Theme.series(i));
            for (double value : strips.get(i).values) {
                double x = left + (high > low ? room * (value - low) / (high - low) : room / 2);
                g.fill(new Ellipse2D.Double(x - 4.5, y - 4.5, 9, 9));
            }
        }
        Ink.write(g, Numbers.brief(low, 4), left, height - 30.0, Ink.CENTRE, NAME, Theme.MUTED);
        Ink.write(g, Numbers.brief(high, 4), left + room, height - 30.0, Ink.CENTRE, NAME, Theme.MUTED);
        Ink.write(g, frame.xLabel, left + room / 2, height - 12.0, Ink.CENTRE, Theme.plain(13), Theme.INK);
    }
}
