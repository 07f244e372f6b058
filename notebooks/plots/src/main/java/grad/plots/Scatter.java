package grad.plots;

import java.util.List;
import org.knowm.xchart.XYChart;

/** Points in the plane, coloured by class. */
public final class Scatter {
    private final String title;
    private final String xLabel;
    private final String yLabel;
    private Points points;
    private List<String> names = List.of();
    private int width = Theme.WIDTH;
    private int height = Theme.HEIGHT;

    public Scatter(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
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
        this.width = width;
        this.height = height;
        return this;
    }

    public Figure figure() {
        Require.that(points != null, "Scatter: nothing to draw; give it points first");
        XYChart chart = Plot.chart(xLabel, yLabel);
        points.addTo(chart, 9);
        Plot.roundTicks(chart, points.coordinates(0), points.coordinates(1));
        String alt = Alt.of("Scatter plot", title, Alt.count(points.x().length, "point") + "; " + yLabel + " against " + xLabel);
        return Plot.figure(new Header(title, points.legend(names)), chart, width, height, alt);
    }
}
