package grad.plots;

import grad.plots.Legend.Key;
import grad.plots.Legend.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/** Points [n, 2] with a class for each, as {@link Scatter} and {@link Boundary} draw them. */
record Points(double[][] x, double[] labels) {
    static Points of(String who, double[][] x, double[] labels) {
        Require.that(x.length == labels.length, who + ": there are " + x.length + " points and " + labels.length + " labels");
        Require.that(x.length > 0, who + ": there are no points to draw");
        for (int i = 0; i < x.length; i++) {
            Require.that(x[i].length == 2, who + ": a point has two coordinates, point " + i + " has " + x[i].length);
            Require.that(Double.isFinite(x[i][0] + x[i][1]), who + ": point " + i + " is " + Arrays.toString(x[i]));
            Require.that(Double.isFinite(labels[i]), who + ": the label of point " + i + " is " + labels[i]);
        }
        return new Points(x, labels);
    }

    static double[] labels(int[] labels) {
        return Arrays.stream(labels).asDoubleStream().toArray();
    }

    double[] classes() {
        return Arrays.stream(labels).distinct().sorted().toArray();
    }

    /** One legend entry per class, in ascending order; {@code names} may be empty. */
    Legend legend(List<String> names) {
        double[] classes = classes();
        Require.that(names.isEmpty() || names.size() == classes.length,
                "names: there are " + classes.length + " classes and " + names.size() + " names");
        List<Key> legend = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            String name = names.isEmpty() ? "class " + Numbers.brief(classes[i], 6) : names.get(i);
            legend.add(new Key(name, Theme.classColor(classes[i]), Mark.DOT));
        }
        return new Legend(legend);
    }

    String count() {
        return Numbers.count(x.length, "point");
    }

    double[] coordinates(int axis) {
        return Arrays.stream(x).mapToDouble(point -> point[axis]).toArray();
    }

    void addTo(XYChart chart, int size) {
        chart.getStyler().setMarkerSize(size);
        for (double label : classes()) {
            int[] members = IntStream.range(0, x.length).filter(i -> labels[i] == label).toArray();
            XYSeries series = chart.addSeries("class " + label, column(members, 0), column(members, 1));
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            series.setMarkerColor(Theme.classColor(label));
            series.setMarker(new Dot());
        }
    }

    private double[] column(int[] members, int axis) {
        return Arrays.stream(members).mapToDouble(i -> x[i][axis]).toArray();
    }
}
