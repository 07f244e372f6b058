package grad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * What a classifier says about every point of the plane: the colour is the class, its depth the confidence, the dark line where the
 * score is zero, and the data on top.
 *
 * <pre>{@code
 * show(new Boundary("100 % after 100 steps", "x₁", "x₂", (x, y) -> net.forward(x, y)[0].data).points(moons.x(), moons.y()).figure());
 * }</pre>
 */
public final class Boundary {
    /** Where the shade deepens. A few flat shades rather than a gradient: they read as contours, and keep animations small. */
    private static final double[] BANDS = {0.15, 0.35, 0.6, 1, 1.8};
    private static final int[] NEGATIVE = shades(Theme.classColor(-1));
    private static final int[] POSITIVE = shades(Theme.classColor(1));

    private final Frame frame;
    private final DoubleBinaryOperator score;
    private Points points;
    private List<String> names = List.of();
    private double[] xRange;
    private double[] yRange;
    private int grid = 90;
    private boolean bare;

    /** {@code score(x, y)} is negative for the class -1 (or 0), positive for +1 (or 1); its size is the confidence, 1 is sure. */
    public Boundary(String title, String xLabel, String yLabel, DoubleBinaryOperator score) {
        frame = new Frame(title, xLabel, yLabel, 440);
        this.score = score;
    }

    /** Points [n, 2] and their classes. The picture shows their surroundings unless {@link #range} is given. */
    public Boundary points(double[][] x, double[] labels) {
        points = Points.of("Boundary", x, labels);
        return this;
    }

    /** Points [n, 2] and their classes. The picture shows their surroundings unless {@link #range} is given. */
    public Boundary points(double[][] x, int[] labels) {
        return points(x, Points.labels(labels));
    }

    /** Names for the legend, in ascending order of the classes. */
    public Boundary names(String... names) {
        this.names = List.of(names);
        return this;
    }

    /** The part of the plane to show. */
    public Boundary range(double xFrom, double xTo, double yFrom, double yTo) {
        xRange = Require.range("Boundary", xFrom, xTo);
        yRange = Require.range("Boundary", yFrom, yTo);
        return this;
    }

    /** How many scores are computed along each axis, 90 at first; those in between are interpolated. */
    public Boundary grid(int grid) {
        Require.that(grid >= 2, "Boundary: a grid has at least 2 points along each axis, got " + grid);
        this.grid = grid;
        return this;
    }

    /** Without axes and legend, for many small ones on a {@link Sheet}. */
    public Boundary bare() {
        bare = true;
        return this;
    }

    /** Width and height in CSS pixels. */
    public Boundary size(int width, int height) {
        frame.size(width, height);
        return this;
    }

    public Figure figure() {
        Require.that(points != null, "Boundary: nothing to draw; give it points first");
        double[] xs = xRange == null ? around(points.coordinates(0)) : xRange;
        double[] ys = yRange == null ? around(points.coordinates(1)) : yRange;
        double[][] scores = scores(xs, ys);
        XYChart chart = chart(xs, ys);
        return frame.chart("Decision boundary", points.count(), bare ? Legend.NONE : points.legend(names), Plot.of(chart, g -> {
            int left = (int) Math.round(chart.getScreenXFromChart(xs[0]));
            int top = (int) Math.round(chart.getScreenYFromChart(ys[1]));
            int right = (int) Math.round(chart.getScreenXFromChart(xs[1]));
            int bottom = (int) Math.round(chart.getScreenYFromChart(ys[0]));
            paintField(g, scores, left, top, right - left, bottom - top);
        }));
    }

    private XYChart chart(double[] xs, double[] ys) {
        XYChart chart = Plot.chart(bare ? "" : frame.xLabel, bare ? "" : frame.yLabel);
        points.addTo(chart, bare ? 6 : 9);
        Plot.roundTicks(chart, xs, ys);
        chart.getStyler().setXAxisMin(xs[0]).setXAxisMax(xs[1]).setYAxisMin(ys[0]).setYAxisMax(ys[1]);
        chart.getStyler().setPlotGridLinesVisible(false).setPlotContentSize(1);
        chart.getStyler().setAxisTicksVisible(!bare);
        return chart;
    }

    private static double[] around(double[] values) {
        double least = Arrays.stream(values).min().orElseThrow();
        double most = Arrays.stream(values).max().orElseThrow();
        double margin = most > least ? 0.12 * (most - least) : 1;
        return new double[] {least - margin, most + margin};
    }

    /** Scores [grid, grid], row 0 at the top. */
    private double[][] scores(double[] xs, double[] ys) {
        double[][] scores = new double[grid][grid];
        for (int i = 0; i < grid; i++) {
            double y = ys[1] + (ys[0] - ys[1]) * i / (grid - 1);
            for (int j = 0; j < grid; j++) scores[i][j] = score.applyAsDouble(xs[0] + (xs[1] - xs[0]) * j / (grid - 1), y);
        }
        return scores;
    }

    private void paintField(Graphics2D g, double[][] scores, int left, int top, int w, int h) {
        BufferedImage field = new BufferedImage(2 * w, 2 * h, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[2 * w];
        for (int y = 0; y < 2 * h; y++) {
            for (int x = 0; x < 2 * w; x++) row[x] = shade(between(scores, (x + 0.5) / (2 * w), (y + 0.5) / (2 * h)));
            field.setRGB(0, y, 2 * w, 1, row, 0, 2 * w);
        }
        g.drawImage(field, left, top, w, h, null);
        g.setColor(Theme.INK);
        g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(zeroLine(scores, left, top, w, h));
    }

    /** The score at shares u, v (0…1) of width and height, interpolated from its four neighbours. */
    private double between(double[][] scores, double u, double v) {
        double x = u * (grid - 1);
        double y = v * (grid - 1);
        int j = Math.min((int) x, grid - 2);
        int i = Math.min((int) y, grid - 2);
        double above = scores[i][j] + (scores[i][j + 1] - scores[i][j]) * (x - j);
        double below = scores[i + 1][j] + (scores[i + 1][j + 1] - scores[i + 1][j]) * (x - j);
        return above + (below - above) * (y - i);
    }

    private static int shade(double score) {
        if (Double.isNaN(score)) return Theme.FAINT.getRGB();
        int band = 0;
        while (band < BANDS.length && Math.abs(score) > BANDS[band]) band++;
        return (score < 0 ? NEGATIVE : POSITIVE)[band];
    }

    private static int[] shades(Color color) {
        return IntStream.rangeClosed(0, BANDS.length).map(band -> Theme.mix(Theme.PAPER, color, 0.12 + 0.07 * band).getRGB()).toArray();
    }

    /** Marching squares: in every grid cell, a line between the edges on which the score changes its sign. */
    private Path2D zeroLine(double[][] scores, int left, int top, double w, double h) {
        Path2D line = new Path2D.Double();
        double dx = w / (grid - 1);
        double dy = h / (grid - 1);
        for (int i = 0; i + 1 < grid; i++) {
            for (int j = 0; j + 1 < grid; j++) {
                double a = scores[i][j], b = scores[i][j + 1], c = scores[i + 1][j + 1], d = scores[i + 1][j];
                List<double[]> crossings = new ArrayList<>();
                if (crosses(a, b)) crossings.add(new double[] {j + a / (a - b), i});
                if (crosses(b, c)) crossings.add(new double[] {j + 1, i + b / (b - c)});
                if (crosses(c, d)) crossings.add(new double[] {j + d / (d - c), i + 1});
                if (crosses(d, a)) crossings.add(new double[] {j, i + a / (a - d)});
                for (int k = 0; k + 1 < crossings.size(); k += 2) {
                    line.moveTo(left + crossings.get(k)[0] * dx, top + crossings.get(k)[1] * dy);
                    line.lineTo(left + crossings.get(k + 1)[0] * dx, top + crossings.get(k + 1)[1] * dy);
                }
            }
        }
        return line;
    }

    private static boolean crosses(double a, double b) {
        return a < 0 != b < 0 && !Double.isNaN(a) && !Double.isNaN(b);
    }
}
