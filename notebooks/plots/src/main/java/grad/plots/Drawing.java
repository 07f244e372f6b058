package grad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Boxes, paths and text, kept both as SVG and as strokes for a Graphics2D, so that stills and animation frames are one drawing. */
final class Drawing {
    private final StringBuilder svg = new StringBuilder();
    private final List<Consumer<Graphics2D>> strokes = new ArrayList<>();

    void box(double x, double y, double w, double h, double radius, Color fill, Color line, double lineWidth) {
        svg.append(format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\" fill=\"%s\"%s/>",
                x, y, w, h, radius, hex(fill), line(line, lineWidth)));
        RoundRectangle2D box = new RoundRectangle2D.Double(x, y, w, h, 2 * radius, 2 * radius);
        strokes.add(g -> {
            g.setColor(fill);
            g.fill(box);
            stroke(g, line, lineWidth);
            if (lineWidth > 0) g.draw(box);
        });
    }

    void curve(Path2D path, Color line, double lineWidth) {
        svg.append("<path d=\"").append(data(path)).append("\" fill=\"none\"").append(line(line, lineWidth)).append("/>");
        strokes.add(g -> {
            stroke(g, line, lineWidth);
            g.draw(path);
        });
    }

    private void shape(Path2D path, Color fill) {
        svg.append("<path d=\"").append(data(path)).append("\" fill=\"").append(hex(fill)).append("\"/>");
        strokes.add(g -> {
            g.setColor(fill);
            g.fill(path);
        });
    }

    /** One line of text with its baseline at {@code y}, aligned to {@code x} as {@link Ink#write} does. */
    void text(String text, double x, double y, double align, double size, boolean bold, Color color) {
        String anchor = align == Ink.LEFT ? "start" : align == Ink.RIGHT ? "end" : "middle";
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%s\"%s fill=\"%s\">",
                x, y, anchor, size, bold ? " font-weight=\"bold\"" : "", hex(color)));
        svg.append(Html.escape(text)).append("</text>");
        Font font = bold ? Theme.bold(size) : Theme.plain(size);
        strokes.add(g -> Ink.write(g, text, x, y, align, font, color));
    }

    /** The head of an arrow that points to the right, or to the left where {@code direction} is -1. */
    void head(double x, double y, int direction, Color fill) {
        Path2D head = new Path2D.Double();
        head.moveTo(x, y);
        head.lineTo(x - direction * 6, y - 3);
        head.lineTo(x - direction * 6, y + 3);
        head.closePath();
        shape(head, fill);
    }

    /** A small text on a dark disc that ends at {@code right}. */
    void badge(String text, double right, double middle) {
        double height = 17;
        double width = Math.max(height, text.length() * 7 + 8);
        box(right - width, middle - height / 2, width, height, height / 2, Theme.INK, Theme.PAPER, 1.5);
        text(text, right - width / 2, middle + 3.9, Ink.CENTRE, 10.5, true, Theme.PAPER);
    }

    /** Names what is drawn meanwhile for a script and a style; an empty name leaves it as it is. */
    void part(String name, Runnable content) {
        if (name.isEmpty()) content.run();
        else group("class=\"" + name + '"', content);
    }

    /** Puts what is drawn meanwhile into an SVG group with these attributes, so that a script or a style can find it. */
    void group(String attributes, Runnable content) {
        svg.append("<g ").append(attributes).append('>');
        content.run();
        svg.append("</g>");
    }

    Figure figure(int width, int height, String alt) {
        String head = format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                + "font-family=\"sans-serif\" role=\"img\"><title>", width, height, width, height);
        String text = head + Html.escape(alt) + "</title>" + svg + "</svg>";
        return Figure.svg(width, height, alt, text, g -> strokes.forEach(stroke -> stroke.accept(g)));
    }

    private static void stroke(Graphics2D g, Color color, double width) {
        g.setColor(color);
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static String line(Color color, double width) {
        return width == 0 ? "" : format(" stroke=\"%s\" stroke-width=\"%s\"", hex(color), width);
    }

    private static String data(Path2D path) {
        StringBuilder data = new StringBuilder();
        double[] c = new double[6];
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            data.append(switch (i.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> format("M%.1f %.1f", c[0], c[1]);
                case PathIterator.SEG_LINETO -> format("L%.1f %.1f", c[0], c[1]);
                case PathIterator.SEG_QUADTO -> format("Q%.1f %.1f %.1f %.1f", c[0], c[1], c[2], c[3]);
                case PathIterator.SEG_CUBICTO -> format("C%.1f %.1f %.1f %.1f %.1f %.1f", c[0], c[1], c[2], c[3], c[4], c[5]);
                default -> "Z";
            });
        }
        return data.toString();
    }

    private static String hex(Color color) {
        return format("#%06x", color.getRGB() & 0xFFFFFF);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
