package grad.plots;

import grad.plots.Legend.Key;
import grad.plots.Legend.Mark;
import java.awt.BasicStroke;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line chart, such as a loss curve. Colours follow the order in which lines are added; a y that is NaN or infinite leaves a gap.
 *
 * <pre>{@code
 * show(new Lines("The loss falls to 0.03", "step", "loss").line("loss", losses).logY().figure());
 * }</pre>
 */
public final class Lines {
    private static final BasicStroke CONTOUR = new BasicStroke(1f);

    private final Frame frame;
    private final List<Line> lines = new ArrayList<>();
    private final List<Line> contours = new ArrayList<>();
    private boolean logX;
    private boolean logY;
    private double[] yRange;

    private record Line(Key key, double[] x, double[] y) {}

    /** The title says the finding; the labels name the axes with their units. */
    public Lines(String title, String xLabel, String yLabel) {
        frame = new Frame(title, xLabel, yLabel, Theme.HEIGHT);
    }

    public Lines line(String name, double[] x, double[] y) {
        return add(name, Mark.LINE, x, y);
    }

    /** A line over 1, 2, 3, …: one y for each step. */
    public Lines line(String name, double[] y) {
        return line(name, steps(y), y);
    }

    /** A line over 1, 2, 3, …: one y for each step. */
    public Lines line(String name, List<? extends Number> y) {
        return line(name, y.stream().mapToDouble(Number::doubleValue).toArray());
    }

    /** A line to compare with, such as the exact value. */
    public Lines dashed(String name, double[] x, double[] y) {
        return add(name, Mark.DASHED, x, y);
    }

    /** Points that no line joins. */
    public Lines points(String name, double[] x, double[] y) {
        return add(name, Mark.DOT, x, y);
    }

    /** A thin grey line below the others, such as one height on a map; the legend leaves it out. */
    public Lines contour(double[] x, double[] y) {
        contours.add(line(new Key("contour", Theme.AXIS, Mark.LINE), x, y));
        return this;
    }

    public Lines logX() {
        logX = true;
        return this;
    }

    public Lines logY() {
        logY = true;
        return this;
    }

    public Lines yRange(double from, double to) {
        yRange = Require.range("Lines", from, to);
        return this;
    }

    /** Width and height in CSS pixels. */
    public Lines size(int width, int height) {
        frame.size(width, height);
        return this;
    }

    public Figure figure() {
        Require.that(!lines.isEmpty(), "Lines: nothing to draw; add a line first");
        lines.forEach(this::checkLogarithms);
        contours.forEach(this::checkLogarithms);
        Legend legend = lines.size() == 1 ? Legend.NONE : new Legend(lines.stream().map(Line::key).toList());
        String names = lines.stream().map(line -> line.key.name()).collect(Collectors.joining(", "));
        return frame.chart("Line chart", names + "; " + frame.axes(), legend, logX || logY ? logPlot() : Plot.of(chart()));
    }

    private Lines add(String name, Mark mark, double[] x, double[] y) {
        lines.add(line(new Key(name, Theme.series(lines.size()), mark), x, y));
        return this;
    }

    private static Line line(Key key, double[] x, double[] y) {
        Require.sameLength("Lines", x, y);
        Require.that(Arrays.stream(x).allMatch(Double::isFinite), "Lines: \"" + key.name() + "\" has an x that is not a number");
        double[] gaps = Arrays.stream(y).map(v -> Double.isFinite(v) ? v : Double.NaN).toArray();
        Require.that(Arrays.stream(gaps).anyMatch(Double::isFinite), "Lines: \"" + key.name() + "\" has no y that is a finite number");
        return new Line(key, x.clone(), gaps);
    }

    private void checkLogarithms(Line line) {
        if (logX) checkPositive(line, "x", line.x);
        if (logY) checkPositive(line, "y", line.y);
    }

    private static void checkPositive(Line line, String axis, double[] values) {
        for (int i = 0; i < values.length; i++) {
            Require.that(!(values[i] <= 0), "Lines: a logarithmic " + axis + " axis needs positive values, but \""
                    + line.key.name() + "\" has " + values[i] + " at index " + i);
        }
    }

    private Frame.Content logPlot() {
        XYChart chart = chart();
        LogAxis x = axis(Line::x, logX);
        LogAxis y = yRange == null ? axis(Line::y, logY) : new LogAxis(scale(yRange[0], logY), scale(yRange[1], logY)).withMargin();
        chart.getStyler().setXAxisMin(x.low()).setXAxisMax(x.high()).setYAxisMin(y.low()).setYAxisMax(y.high()).setPlotContentSize(1);
        if (logX) x.makeRoomBelow(chart.getStyler());
        if (logY) y.makeRoomLeft(chart.getStyler());
        return Plot.of(chart, g -> {
            Rectangle2D plot = new Rectangle2D.Double();
            plot.setFrameFromDiagonal(chart.getScreenXFromChart(x.low()), chart.getScreenYFromChart(y.low()),
                    chart.getScreenXFromChart(x.high()), chart.getScreenYFromChart(y.high()));
            if (logX) x.paintBelow(g, plot);
            if (logY) y.paintLeft(g, plot);
        });
    }

    /** From the least to the greatest number of all lines. */
    private LogAxis axis(Function<Line, double[]> numbers, boolean log) {
        DoubleSummaryStatistics range = Stream.concat(lines.stream(), contours.stream())
                .flatMapToDouble(line -> Arrays.stream(scale(numbers.apply(line), log))).filter(Double::isFinite).summaryStatistics();
        return new LogAxis(range.getMin(), range.getMax()).withMargin();
    }

    private XYChart chart() {
        XYChart chart = Plot.chart(frame.xLabel, frame.yLabel);
        if (yRange != null) chart.getStyler().setYAxisMin(scale(yRange[0], logY)).setYAxisMax(scale(yRange[1], logY));
        for (int i = 0; i < contours.size(); i++) {
            Line contour = contours.get(i);
            XYSeries series = chart.addSeries("contour " + i, scale(contour.x, logX), scale(contour.y, logY));
            style(series, contour.key);
            series.setLineStyle(CONTOUR);
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            double[] x = scale(line.x, logX), y = scale(line.y, logY);
            boolean dashed = line.key.mark() == Mark.DASHED;
            style(chart.addSeries("line " + i, dashed ? pieces(x) : x, dashed ? pieces(y) : y), line.key);
        }
        Plot.roundTicks(chart, scale(lines.get(0).x, logX), scale(lines.get(0).y, logY));
        return chart;
    }

    /** A logarithmic axis is a linear one over exponents, so that its grid stays light over many decades. */
    private static double[] scale(double[] values, boolean log) {
        return log ? Arrays.stream(values).map(Math::log10).toArray() : values;
    }

    /** The same line in a thousand pieces: XChart draws one path, along which dashes run on, only where it smooths, and short ones stay. */
    private static double[] pieces(double[] values) {
        int pieces = 1 + 1000 / values.length;
        return IntStream.rangeClosed(0, (values.length - 1) * pieces).mapToDouble(i -> {
            double from = values[i / pieces];
            return i % pieces == 0 ? from : from + (values[i / pieces + 1] - from) * (i % pieces) / pieces;
        }).toArray();
    }

    private static double scale(double value, boolean log) {
        return log ? Math.log10(value) : value;
    }

    private static void style(XYSeries series, Key key) {
        series.setLineColor(key.color());
        series.setMarkerColor(key.color());
        series.setMarker(SeriesMarkers.NONE);
        switch (key.mark()) {
            case LINE -> series.setLineStyle(Legend.LINE);
            case DASHED -> {
                series.setLineStyle(Legend.DASHED);
                series.setSmooth(true);
            }
            case DOT -> {
                series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
                series.setMarker(SeriesMarkers.CIRCLE);
            }
        }
    }

    private static double[] steps(double[] y) {
        return IntStream.rangeClosed(1, y.length).asDoubleStream().toArray();
    }
}
