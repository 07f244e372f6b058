package grad.plots;

import java.util.List;
import org.knowm.xchart.XYChart;

/** Points in the plane, coloured by class. */
public final class Scatter {
    private final Frame frame;
    private Points points;
    private List<String> names = List.of();

    public Scatter(String title, String xLabel, String yLabel) {
        frame = new Frame(title, xLabel, yLabel, Theme.HEIGHT);
    }

    /** Points [n, 2] and their classes: -1 and +1, or 0, 1, 2, … */
    public Scatter points(double[][] x, double[] labels) {
        points = Points.of("Scatter", x, labels);
        return this;
    }

    /** Points [n, 2] and their classes: -1 and +1, or 0, 1, 2, … */
    public Scatter points(double[][] x, int[] labels) {
        return points(x, Points.labels(labels));
    }

    /** Names for the legend, in ascending order of the classes. */
    public Scatter names(String... names) {
        this.names = List.of(names);
        return this;
    }

    /** Width and height in CSS pixels. */
    public Scatter size(int width, int height) {
        frame.size(width, height);
        return this;
    }

    public Figure figure() {
        Require.that(points != null, "Scatter: nothing to draw; give it points first");
        XYChart chart = Plot.chart(frame.xLabel, frame.yLabel);
        points.addTo(chart, 9);
        Plot.roundTicks(chart, points.coordinates(0), points.coordinates(1));
        return frame.chart("Scatter plot", points.count() + "; " + frame.axes(), points.legend(names), Plot.of(chart));
    }
}
