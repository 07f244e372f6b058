package grad.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;

/** Text on a Graphics2D: measured, aligned and wrapped the same way everywhere. */
final class Ink {
    static final double LEFT = 0;
    static final double CENTRE = 0.5;
    static final double RIGHT = 1;

    private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

    private Ink() {}

    static double width(String text, Font font) {
        return font.getStringBounds(text, METRICS).getWidth();
    }

    /** Writes with the baseline at {@code y}; {@code align} says which part of the text stands at {@code x}. */
    static void write(Graphics2D g, String text, double x, double y, double align, Font font, Color color) {
        g.setFont(font);
        g.setColor(color);
        g.drawString(text, (float) (x - align * width(text, font)), (float) y);
    }

    /** Breaks at spaces so that no line is wider than {@code width}, unless a single word is. */
    static List<String> wrap(String text, Font font, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, font) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }

    static void smooth(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }
}
