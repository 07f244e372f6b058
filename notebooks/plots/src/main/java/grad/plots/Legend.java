package grad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/** The names of what a chart shows, each beside its colour, where there is more than one thing to tell apart. */
record Legend(List<Key> keys) {
    static final Legend NONE = new Legend(List.of());

    enum Mark {
        LINE(26), DASHED(26), DOT(15);

        private final int width;

        Mark(int width) {
            this.width = width;
        }
    }

    record Key(String name, Color color, Mark mark) {
        private double width() {
            return mark.width + Ink.width(name, NAME);
        }
    }

    static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

    private static final Font NAME = Theme.plain(12.5);
    private static final int ROW = 20;
    private static final int GAP = 18;

    /** Pixels it takes in a figure of this width. */
    int height(int width) {
        return rows(width).size() * ROW;
    }

    void paint(Graphics2D g, double y, int width) {
        for (List<Key> row : rows(width)) {
            double x = Theme.PADDING;
            for (Key key : row) {
                paintSwatch(g, key, x, y + 9);
                Ink.write(g, key.name, x + key.mark.width, y + 13, Ink.LEFT, NAME, Theme.INK);
                x += key.width() + GAP;
            }
            y += ROW;
        }
    }

    private List<List<Key>> rows(int width) {
        List<List<Key>> rows = new ArrayList<>();
        double x = width;
        for (Key key : keys) {
            if (rows.isEmpty() || x + key.width() > width - Theme.PADDING) {
                rows.add(new ArrayList<>());
                x = Theme.PADDING;
            }
            rows.get(rows.size() - 1).add(key);
            x += key.width() + GAP;
        }
        return rows;
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
