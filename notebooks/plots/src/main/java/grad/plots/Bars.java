package grad.plots;

import grad.plots.Legend.Key;
import grad.plots.Legend.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;

/** Bars over named categories, with the value above each bar. */
public final class Bars {
    private final Frame frame;
    private final List<String> categories;
    private final List<Series> series = new ArrayList<>();

    private record Series(String name, double[] values) {}

    public Bars(String title, String yLabel, String... categories) {
        Require.that(categories.length > 0, "Bars: there are no categories to draw");
        frame = new Frame(title, "", yLabel, Theme.HEIGHT);
        this.categories = List.of(categories);
    }

    /** One bar for each category. */
    public Bars bars(String name, double... values) {
        Require.that(values.length == categories.size(),
                "Bars: " + categories.size() + " categories, but \"" + name + "\" has " + values.length + " values");
        Require.that(Arrays.stream(values).allMatch(Double::isFinite), "Bars: \"" + name + "\" has a value that is not a finite number");
        series.add(new Series(name, values.clone()));
        return this;
    }

    /** Width and height in CSS pixels. */
    public Bars size(int width, int height) {
        frame.size(width, height);
        return this;
    }

    public Figure figure() {
        Require.that(!series.isEmpty(), "Bars: nothing to draw; add bars first");
        List<Key> legend = new ArrayList<>();
        for (int i = 0; i < series.size() && series.size() > 1; i++) legend.add(new Key(series.get(i).name, Theme.series(i), Mark.DOT));
        String words = frame.yLabel + " for " + String.join(", ", categories);
        return frame.wide("Bar chart", words, new Legend(legend), Plot.of(chart()));
    }

    private CategoryChart chart() {
        CategoryChart chart = new CategoryChartBuilder().yAxisTitle(frame.yLabel).build();
        Theme.style(chart.getStyler());
        int decimals = Numbers.decimals(series.stream().flatMapToDouble(one -> Arrays.stream(one.values)).toArray());
        chart.getStyler().setPlotGridVerticalLinesVisible(false).setDecimalPattern("#,##0." + "0".repeat(decimals) + "#####");
        chart.getStyler().setAvailableSpaceFill(series.size() == 1 ? 0.5 : 0.7).setLabelsVisible(true).setLabelsPosition(1.06);
        chart.getStyler().setLabelsFont(Theme.plain(12)).setLabelsFontColorAutomaticEnabled(false).setLabelsFontColor(Theme.INK);
        for (int i = 0; i < series.size(); i++) {
            List<Double> rounded = Arrays.stream(series.get(i).values).mapToObj(v -> Numbers.rounded(v, decimals).doubleValue()).toList();
            CategorySeries bars = chart.addSeries("bars " + i, categories, rounded);
            bars.setFillColor(Theme.series(i));
        }
        return chart;
    }
}
