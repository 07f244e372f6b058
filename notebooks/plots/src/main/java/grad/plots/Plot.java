package grad.plots;

import java.awt.Graphics2D;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** An XChart plot area under a {@link Header}: the frame that all charts share. */
final class Plot {
    private static final int SIDE = 10;

    private Plot() {}

    static XYChart chart(String xLabel, String yLabel) {
        XYChart chart = new XYChartBuilder().xAxisTitle(xLabel).yAxisTitle(yLabel).build();
        Theme.style(chart.getStyler());
        return chart;
    }

    /** XChart labels the data points themselves (1, 3, 5, …) when all are equally spaced; invisible ones in between make it choose round numbers. */
    static void roundTicks(XYChart chart, double[] x) {
        double least = Arrays.stream(x).min().orElseThrow();
        double most = Arrays.stream(x).max().orElseThrow();
        double[] uneven = {least, least + 0.3 * (most - least), most};
        XYSeries invisible = chart.addSeries("ticks", uneven, new double[] {Double.NaN, Double.NaN, Double.NaN});
        invisible.setMarker(SeriesMarkers.NONE);
    }

    static Figure figure(Header header, Chart<?, ?> chart, int width, int height, String alt) {
        return Figure.painted(width, height, alt, g -> {
            header.paint(g, width);
            Graphics2D below = below(g, header, width);
            chart.paint(below, width - 2 * SIDE, height - header.height(width) - SIDE);
            below.dispose();
        });
    }

    private static Graphics2D below(Graphics2D g, Header header, int width) {
        Graphics2D below = (Graphics2D) g.create();
        below.translate(SIDE, header.height(width));
        return below;
    }
}
