package grad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;

/** The one theme: colours by Okabe and Ito (2008), which stay apart for colour-blind readers, and one set of sizes. */
public final class Theme {
    public static final Color BLUE = new Color(0x0072B2);
    public static final Color VERMILLION = new Color(0xD55E00);
    public static final Color GREEN = new Color(0x009E73);
    public static final Color ORANGE = new Color(0xE69F00);
    public static final Color PURPLE = new Color(0xCC79A7);
    public static final Color SKY = new Color(0x56B4E9);

    static final Color PAPER = Color.WHITE;
    static final Color CLEAR = new Color(0, true);
    static final Color INK = new Color(0x24292F);
    static final Color MUTED = new Color(0x656D76);
    static final Color AXIS = new Color(0xA8B0B9);
    static final Color ACCENT = new Color(0xFFD27A);
    static final Color ACCENT_TINT = new Color(0xFFF4DC);
    static final Color GRID = new Color(0xE8EBEE);
    static final Color FAINT = new Color(0xF4F6F8);

    static final int WIDTH = 640;
    static final int HEIGHT = 400;
    static final int PADDING = 14;

    private static final List<Color> SERIES =
            List.of(BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY, INK, AXIS);

    private Theme() {}

    /** The colour of the i-th line of a chart, and of class i; after eight they repeat. */
    public static Color series(int i) {
        return SERIES.get(Math.floorMod(i, SERIES.size()));
    }

    /** The colour of a class: -1 and 0 are the same class, so are 1 and +1. */
    public static Color classColor(double label) {
        return series(Math.max(0, (int) Math.rint(label)));
    }

    static Font plain(double size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size);
    }

    static Font bold(double size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, 1).deriveFont((float) size);
    }

    /** The point at {@code share} (0…1) of the way from one colour to another. */
    static Color mix(Color from, Color to, double share) {
        return new Color(
                mix(from.getRed(), to.getRed(), share),
                mix(from.getGreen(), to.getGreen(), share),
                mix(from.getBlue(), to.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * Math.min(1, Math.max(0, share)));
    }

    /** Thin axes on a light grid; title and legend are drawn by {@link Frame}. */
    static void style(AxesChartStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setChartFontColor(INK);
        styler.setChartBackgroundColor(PAPER).setPlotBackgroundColor(PAPER);
        styler.setChartPadding(4).setChartTitleVisible(false).setLegendVisible(false);
        styler.setPlotBorderVisible(false).setPlotContentSize(0.96);
        styler.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAxisTickMarksColor(AXIS).setAxisTickMarksStroke(new BasicStroke(1));
        styler.setAxisTickMarkLength(4).setAxisTickPadding(5).setPlotMargin(0);
        styler.setAxisTickLabelsFont(plain(12)).setAxisTickLabelsColor(MUTED);
        styler.setAxisTitleFont(plain(13)).setAxisTitlePadding(8);
        styler.setXAxisTitleColor(INK).setYAxisTitleColor(INK);
        styler.setYAxisLabelAlignment(TextAlignment.Right);
    }
}
