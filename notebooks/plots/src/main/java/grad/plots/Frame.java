package grad.plots;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;

/** What is around every chart: the title, which says the finding, a legend, the names of the axes, the size, and what it says in words. */
final class Frame {
    private static final Font TITLE = Theme.bold(15);
    private static final int TITLE_LINE = 20;
    private static final int PHONE = 320;      // what a page leaves for a picture on one 390 pixels wide

    final String title;
    final String xLabel;
    final String yLabel;
    private int width = Theme.WIDTH;
    private int height;

    Frame(String title, String xLabel, String yLabel, int height) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.height = height;
    }

    /** Without axes, and of a size that is known only when it is drawn. */
    Frame(String title) {
        this(title, "", "", 0);
    }

    /** Paints the chart below {@code top}, where title and legend end. */
    interface Content {
        void paint(Graphics2D g, int top, int width, int height);
    }

    /** Width and height in CSS pixels. */
    void size(int width, int height) {
        this.width = width;
        this.height = height;
    }

    String axes() {
        return yLabel + " against " + xLabel;
    }

    /** What a chart of this width begins below. */
    int top(int width, Legend legend) {
        return Theme.PADDING + titleLines(width).size() * TITLE_LINE + legend.height(width);
    }

    /** What the title needs on one line, 0 without one. */
    int titleWidth() {
        return title.isEmpty() ? 0 : 2 * Theme.PADDING + 2 + (int) Ink.width(title, TITLE);
    }

    /** The alt text is the kind, the title unless that is empty, and {@code words}, which say what is in it. */
    Figure figure(String kind, String words, Legend legend, Content content) {
        Picture picture = picture(width, height, legend, content);
        return Figure.painted(width, height, alt(kind, words), picture.painter());
    }

    /** The same of ink on paper, which scrolls on a phone: names and numbers side by side need their room. */
    Figure wide(String kind, String words, Legend legend, Content content) {
        return Figure.drawn(picture(width, height, legend, content), null, alt(kind, words));
    }

    /** The same of ink on paper that can be drawn at any width, and so again for a phone, whose words would else be too small. */
    Figure chart(String kind, String words, Legend legend, Content content) {
        int below = height - top(width, legend);      // the axes keep their height, for their names to fit
        Picture narrow = width <= PHONE ? null : picture(PHONE, top(PHONE, legend) + below, legend, content);
        return Figure.drawn(picture(width, height, legend, content), narrow, alt(kind, words));
    }

    private Picture picture(int width, int height, Legend legend, Content content) {
        return Picture.painted(width, height, g -> paint(g, width, height, legend, content));
    }

    private String alt(String kind, String words) {
        return (title.isEmpty() ? kind : kind + ": " + title) + " (" + words + ")";
    }

    private void paint(Graphics2D g, int width, int height, Legend legend, Content content) {
        double y = Theme.PADDING;
        for (String line : titleLines(width)) {
            Ink.write(g, line, Theme.PADDING, y + 12, Ink.LEFT, TITLE, Theme.INK);
            y += TITLE_LINE;
        }
        legend.paint(g, y, width);
        content.paint(g, top(width, legend), width, height);
    }

    private List<String> titleLines(int width) {
        return title.isEmpty() ? List.of() : Ink.wrap(title, TITLE, width - 2.0 * Theme.PADDING);
    }
}
