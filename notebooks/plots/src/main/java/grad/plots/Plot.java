package grad.plots;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.function.Consumer;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** An XChart plot area in a {@link Frame}. */
final class Plot {
    private static final int SIDE = 10;

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

    static Frame.Content of(Chart<?, ?> chart) {
        return (g, top, width, height) -> inside(g, top, area -> chart.paint(area, width - 2 * SIDE, height - top - SIDE));
    }

    /** {@code ground} is painted below the points, in the chart's own coordinates. */
    static Frame.Content of(Chart<?, ?> chart, Consumer<Graphics2D> ground) {
        Frame.Content plot = of(chart);
        chart.getStyler().setChartBackgroundColor(Theme.CLEAR).setPlotBackgroundColor(Theme.CLEAR);
        return (g, top, width, height) -> {
            plot.paint(g, top, width, height);   // the first painting tells the chart where its plot area lies
            g.setColor(Theme.PAPER);
            g.fillRect(0, top, width, height - top);
            inside(g, top, ground);
            plot.paint(g, top, width, height);
        };
    }

    private static void inside(Graphics2D g, int top, Consumer<Graphics2D> painting) {
        Graphics2D area = (Graphics2D) g.create();
        area.translate(SIDE, top);
        painting.accept(area);
        area.dispose();
    }
}
