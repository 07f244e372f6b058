package grad.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.function.Consumer;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** An XChart plot area under a {@link Header}: the frame that all charts share. */
final class Plot {
    private static final int SIDE = 10;
    private static final Color CLEAR = new Color(0, true);

    private Plot() {}

    static XYChart chart(String xLabel, String yLabel) {
        XYChart chart = new XYChartBuilder().xAxisTitle(xLabel).yAxisTitle(yLabel).build();
        Theme.style(chart.getStyler());
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Numbers::tick).setYAxisTickLabelsFormattingFunction(Numbers::tick);
        return chart;
    }

    /** XChart labels the points themselves (1, 3, 5, …) when they are equally spaced; invisible ones make it choose round numbers. */
    static void roundTicks(XYChart chart, double[] x, double[] y) {
        XYSeries invisible = chart.addSeries("ticks", uneven(x), uneven(y));
        invisible.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        invisible.setMarker(SeriesMarkers.NONE);
    }

    /** Three values of the same range, of which the middle one lies where no equal spacing puts one. */
    private static double[] uneven(double[] values) {
        double least = Arrays.stream(values).filter(Double::isFinite).min().orElseThrow();
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElseThrow();
        return new double[] {least, least + (most - least) / Math.PI, most};
    }

    static Figure figure(Header header, Chart<?, ?> chart, int width, int height, String alt) {
        return Figure.painted(width, height, alt, g -> paint(g, header, chart, width, height));
    }

    /** {@code ground} is painted between the white of the plot and its points, in the chart's own coordinates. */
    static Figure figure(Header header, Chart<?, ?> chart, int width, int height, String alt, Consumer<Graphics2D> ground) {
        return Figure.painted(width, height, alt, g -> {
            chart.getStyler().setChartBackgroundColor(Theme.PAPER).setPlotBackgroundColor(Theme.PAPER);
            paint(g, header, chart, width, height);   // the first painting tells the chart where its plot area lies
            Graphics2D below = below(g, header, width);
            ground.accept(below);
            below.dispose();
            chart.getStyler().setChartBackgroundColor(CLEAR).setPlotBackgroundColor(CLEAR);
            paint(g, header, chart, width, height);
        });
    }

    private static void paint(Graphics2D g, Header header, Chart<?, ?> chart, int width, int height) {
        header.paint(g, width);
        Graphics2D below = below(g, header, width);
        chart.paint(below, width - 2 * SIDE, height - header.height(width) - SIDE);
        below.dispose();
    }

    private static Graphics2D below(Graphics2D g, Header header, int width) {
        Graphics2D below = (Graphics2D) g.create();
        below.translate(SIDE, header.height(width));
        return below;
    }
}
