package grad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;

/** What stands above a plot: the title, which says the finding, and a legend row where there is more than one thing to tell apart. */
record Header(String title, List<Key> legend) {
    enum Mark {
        LINE(26), DASHED(26), DOT(15);

        private final int width;

        Mark(int width) {
            this.width = width;
        }
    }

    /** One legend entry. */
    record Key(String name, Color color, Mark mark) {}

    static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

    private static final Font TITLE = Theme.bold(15);
    private static final Font NAME = Theme.plain(12.5);
    private static final int TITLE_LINE = 20;
    private static final int LEGEND_LINE = 20;
    private static final int GAP = 18;

    /** Pixels the header takes in a figure of this width. */
    int height(int width) {
        int titleLines = title.isEmpty() ? 0 : titleLines(width).size();
        return Theme.PADDING + titleLines * TITLE_LINE + legendRows(width) * LEGEND_LINE;
    }

    void paint(Graphics2D g, int width) {
        double y = Theme.PADDING;
        if (!title.isEmpty()) {
            for (String line : titleLines(width)) {
                Ink.write(g, line, Theme.PADDING, y + 12, Ink.LEFT, TITLE, Theme.INK);
                y += TITLE_LINE;
            }
        }
        double x = Theme.PADDING;
        for (Key key : legend) {
            if (x > Theme.PADDING && x + entryWidth(key) > width - Theme.PADDING) {
                x = Theme.PADDING;
                y += LEGEND_LINE;
            }
            paintSwatch(g, key, x, y + 9);
            Ink.write(g, key.name, x + key.mark.width, y + 13, Ink.LEFT, NAME, Theme.INK);
            x += entryWidth(key) + GAP;
        }
    }

    private List<String> titleLines(int width) {
        return Ink.wrap(title, TITLE, width - 2.0 * Theme.PADDING);
    }

    private int legendRows(int width) {
        int rows = legend.isEmpty() ? 0 : 1;
        double x = Theme.PADDING;
        for (Key key : legend) {
            if (x > Theme.PADDING && x + entryWidth(key) > width - Theme.PADDING) {
                x = Theme.PADDING;
                rows++;
            }
            x += entryWidth(key) + GAP;
        }
        return rows;
    }

    private static double entryWidth(Key key) {
        return key.mark.width + Ink.width(key.name, NAME);
    }

    private static void paintSwatch(Graphics2D g, Key key, double x, double y) {
        g.setColor(key.color);
        if (key.mark == Mark.DOT) {
            g.fill(new Ellipse2D.Double(x, y - 4.5, 9, 9));
        } else {
            g.setStroke(key.mark == Mark.LINE ? LINE : DASHED);
            g.draw(new Line2D.Double(x, y, x + 19, y));
        }
    }
}
