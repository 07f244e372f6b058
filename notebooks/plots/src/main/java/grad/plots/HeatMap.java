package grad.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A matrix as coloured cells with the numbers in them, row 0 on top: a confusion matrix, for example. A cell that is NaN stays empty.
 */
public final class HeatMap {
    private static final int SIDE = Theme.PADDING;
    private static final int BAR = 12;
    private static final int BAR_ROOM = 64;
    private static final Font LABEL = Theme.plain(12);
    private static final double LARGEST = 13;
    private static final double SMALLEST = 7;      // what is smaller cannot be read

    private final Frame frame;
    private final double[][] values;
    private List<String> columns;
    private List<String> rows;
    private double low;
    private double high;
    private boolean diverging;
    private int decimals;

    /** The labels name what columns (x) and rows (y) stand for. */
    public HeatMap(String title, String xLabel, String yLabel, double[][] values) {
        Require.that(values.length > 0 && values[0].length > 0, "HeatMap: the matrix is empty");
        for (int i = 0; i < values.length; i++) {
            Require.that(values[i].length == values[0].length,
                    "HeatMap: row 0 has " + values[0].length + " columns, row " + i + " has " + values[i].length);
        }
        frame = new Frame(title, xLabel, yLabel, 460);
        this.values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
        columns = numbers(values[0].length);
        rows = numbers(values.length);
        double[] finite = finite(values).toArray();
        Require.that(finite.length > 0, "HeatMap: the matrix holds no finite number");
        low = Math.min(0, Arrays.stream(finite).min().getAsDouble());
        high = Arrays.stream(finite).max().getAsDouble();
        decimals = Arrays.stream(finite).allMatch(v -> v == Math.rint(v)) ? 0 : 2;
    }

    public HeatMap columns(String... names) {
        Require.that(names.length == values[0].length, "HeatMap: " + values[0].length + " columns, but " + names.length + " names");
        columns = List.of(names);
        return this;
    }

    public HeatMap rows(String... names) {
        Require.that(names.length == values.length, "HeatMap: " + values.length + " rows, but " + names.length + " names");
        rows = List.of(names);
        return this;
    }

    /** The values at the two ends of the colours; by default 0, or the least value below it, and the greatest. */
    public HeatMap range(double from, double to) {
        double[] range = Require.range("HeatMap", from, to);
        low = range[0];
        high = range[1];
        return this;
    }

    /** Two colours, with white at zero, for values of either sign. */
    public HeatMap diverging() {
        diverging = true;
        high = Math.max(Math.abs(low), Math.abs(high));
        low = -high;
        return this;
    }

    /** Decimals of the numbers in the cells. */
    public HeatMap decimals(int decimals) {
        this.decimals = decimals;
        return this;
    }

    /** Width and height in CSS pixels. */
    public HeatMap size(int width, int height) {
        frame.size(width, height);
        return this;
    }

    public Figure figure() {
        return frame.chart("Heat map", words(), Legend.NONE, this::paint);
    }

    private String words() {
        double[] finite = finite(values).sorted().toArray();
        String size = values.length + "×" + values[0].length + "; " + frame.axes();
        return size + "; least " + found(finite[0]) + ", greatest " + found(finite[finite.length - 1]);
    }

    /** A number of the matrix and where it stands, or in how many cells. */
    private String found(double value) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                if (values[i][j] == value) places.add(frame.yLabel + " " + rows.get(i) + ", " + frame.xLabel + " " + columns.get(j));
            }
        }
        return text(value) + (places.size() == 1 ? " at " + places.get(0) : " in " + places.size() + " cells");
    }

    private static DoubleStream finite(double[][] values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite);
    }

    private void paint(Graphics2D g, int above, int width, int height) {
        int rowNames = (int) rows.stream().mapToDouble(name -> Ink.width(name, LABEL)).max().orElse(0);
        int left = SIDE + 22 + rowNames + 8;
        int top = above + 4;
        int right = width - BAR_ROOM - SIDE;
        int bottom = height - SIDE - 42;
        double size = numberSize((double) (right - left) / columns.size(), (double) (bottom - top) / rows.size());
        for (int i = 0; i < values.length; i++) {
            int y = edge(top, bottom, i, values.length);
            int below = edge(top, bottom, i + 1, values.length);
            Ink.write(g, rows.get(i), left - 8, (y + below) / 2.0 + 4, Ink.RIGHT, LABEL, Theme.MUTED);
            for (int j = 0; j < values[i].length; j++) {
                int x = edge(left, right, j, values[i].length);
                paintCell(g, values[i][j], x, y, edge(left, right, j + 1, values[i].length) - x, below - y, size);
            }
        }
        for (int j = 0; j < columns.size(); j++) {
            double centre = (edge(left, right, j, columns.size()) + edge(left, right, j + 1, columns.size())) / 2.0;
            Ink.write(g, columns.get(j), centre, bottom + 17, Ink.CENTRE, LABEL, Theme.MUTED);
        }
        Ink.write(g, frame.xLabel, (left + right) / 2.0, bottom + 40, Ink.CENTRE, Theme.plain(13), Theme.INK);
        g.rotate(-Math.PI / 2);
        Ink.write(g, frame.yLabel, -(top + bottom) / 2.0, SIDE + 11, Ink.CENTRE, Theme.plain(13), Theme.INK);
        g.rotate(Math.PI / 2);
        paintColourBar(g, right + 18, top, bottom);
    }

    private static int edge(int from, int to, int i, int n) {
        return from + (int) Math.round((double) (to - from) * i / n);
    }

    /** At which the widest number fits into a cell: all have the same. */
    private double numberSize(double w, double h) {
        double widest = finite(values).map(value -> Ink.width(text(value), Theme.plain(LARGEST))).max().getAsDouble();
        return Math.min(LARGEST, Math.min(h * 0.5, LARGEST * (w - 5) / widest));
    }

    private String text(double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
    }

    private void paintCell(Graphics2D g, double value, int x, int y, int w, int h, double size) {
        g.setColor(Double.isFinite(value) ? color(value) : Theme.FAINT);
        g.fillRect(x, y, w - 1, h - 1);
        if (!Double.isFinite(value) || size < SMALLEST) return;
        Color ink = share(value) > 0.55 ? Theme.PAPER : value == 0 ? Theme.AXIS : Theme.INK;
        Ink.write(g, text(value), x + (w - 1) / 2.0, y + h / 2.0 + size * 0.36, Ink.CENTRE, Theme.plain(size), ink);
    }

    private void paintColourBar(Graphics2D g, int x, int top, int bottom) {
        for (int y = top; y < bottom; y++) {
            g.setColor(color(high - (high - low) * (y - top) / (bottom - top - 1)));
            g.fillRect(x, y, BAR, 1);
        }
        g.setColor(Theme.GRID);
        g.drawRect(x, top, BAR, bottom - top);
        Ink.write(g, Numbers.brief(high, 3), x + BAR + 6, top + 9, Ink.LEFT, LABEL, Theme.MUTED);
        Ink.write(g, Numbers.brief((high + low) / 2, 3), x + BAR + 6, (top + bottom) / 2.0 + 4, Ink.LEFT, LABEL, Theme.MUTED);
        Ink.write(g, Numbers.brief(low, 3), x + BAR + 6, bottom, Ink.LEFT, LABEL, Theme.MUTED);
    }

    private Color color(double value) {
        Color end = diverging && value < 0 ? Theme.VERMILLION : Theme.BLUE;
        return Theme.mix(Theme.PAPER, end, share(value));
    }

    /** How far from white, 0…1. */
    private double share(double value) {
        return diverging ? Math.abs(value) / high : high == low ? 0 : (value - low) / (high - low);
    }

    private static List<String> numbers(int n) {
        return IntStream.range(0, n).mapToObj(Integer::toString).toList();
    }
}
