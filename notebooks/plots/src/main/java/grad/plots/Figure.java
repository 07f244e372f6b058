package grad.plots;

import grad.io.WholeFile;
import grad.plots.Picture.Kind;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A picture for a notebook: what it shows, how large, and in words for those who cannot see it.
 * Sizes are CSS pixels; raster images hold two pixels for each, so that they are crisp on fine screens.
 */
public final class Figure {
    private final Picture picture;
    private final Picture narrow;
    private final boolean drawn;
    private final String alt;
    private final String caption;
    private final String markup;

    /**
     * @param narrow the same for a phone, null where it scrolls there
     * @param drawn whether it is ink on paper, which a dark page may turn to light on dark
     * @param markup what is shown in HTML, null for the picture itself
     */
    private Figure(Picture picture, Picture narrow, boolean drawn, String alt, String caption, String markup) {
        if (alt == null || alt.isBlank()) {
            throw new IllegalArgumentException("Figure: the alt text is empty; say in a few words what the picture shows");
        }
        this.picture = picture;
        this.narrow = narrow;
        this.drawn = drawn;
        this.alt = alt;
        this.caption = caption;
        this.markup = markup;
    }

    /** Pixels whose black and white mean something. */
    static Figure painted(int width, int height, String alt, Consumer<Graphics2D> painter) {
        return new Figure(Picture.painted(width, height, painter), null, false, alt, "", null);
    }

    /** Ink on paper; {@code narrow} is for a phone, null where the picture is narrow enough. */
    static Figure drawn(Picture picture, Picture narrow, String alt) {
        return new Figure(picture, narrow, true, alt, "", null);
    }

    static Figure svg(int width, int height, String alt, String svg, Consumer<Graphics2D> painter) {
        return drawn(new Picture(width, height, painter, Kind.SVG, svg.getBytes(StandardCharsets.UTF_8)), null, alt);
    }

    /** An animation that ends in this picture. */
    Figure moving(byte[] gif, String alt) {
        return new Figure(new Picture(width(), height(), picture.painter(), Kind.GIF, gif), null, drawn, alt, "", null);
    }

    /** An image drawn elsewhere, shown {@code width} CSS pixels wide. */
    public static Figure of(BufferedImage image, int width, String alt) {
        int height = Math.max(1, Math.round((float) image.getHeight() * width / image.getWidth()));
        return painted(width, height, alt, g -> g.drawImage(image, 0, 0, width, height, null));
    }

    /** Any XChart chart, in its own size and style. */
    public static Figure of(Chart<?, ?> chart, String alt) {
        int width = chart.getWidth();
        int height = chart.getHeight();
        return painted(width, height, alt, g -> chart.paint(g, width, height));
    }

    /** The same picture with a line of text below it. */
    public Figure withCaption(String caption) {
        return new Figure(picture, narrow, drawn, alt, caption, markup);
    }

    /** The same picture, in HTML made of parts that find their places on the reader's screen. */
    Figure shownAs(String markup) {
        return new Figure(picture, narrow, drawn, alt, caption, markup);
    }

    /** The same picture described in other words, and shown as one. */
    public Figure withAlt(String alt) {
        return new Figure(picture, narrow, drawn, alt, caption, null);
    }

    public int width() {
        return picture.width();
    }

    public int height() {
        return picture.height();
    }

    public String alt() {
        return alt;
    }

    public String caption() {
        return caption;
    }

    /** The picture as pixels, two per CSS pixel; of an animation, its last frame. */
    public BufferedImage image() {
        return image(Picture.SCALE);
    }

    BufferedImage image(int scale) {
        return picture.image(scale);
    }

    /** Draws the picture, on white, with its top left corner at the origin. */
    void paint(Graphics2D g) {
        picture.paint(g);
    }

    /** The SVG text. @throws IllegalStateException where the picture is not an SVG */
    public String svg() {
        if (picture.kind() != Kind.SVG) {
            throw new IllegalStateException("Figure: this picture is a " + picture.kind().extension() + ", not an svg; use image()");
        }
        return new String(picture.source(), StandardCharsets.UTF_8);
    }

    /** The picture for {@code display(figure.html(), "text/html")}: on white, so that it reads in a dark theme too. */
    public String html() {
        String text = caption.isEmpty() ? ""
                : "<figcaption style=\"color:#656d76;margin-top:8px\">" + Html.escape(caption) + "</figcaption>";
        return "<figure class=\"javagrad-figure\" style=\"display:inline-block;max-width:100%;box-sizing:border-box;overflow-x:auto;"
                + "margin:4px 0;padding:10px;background-color:#ffffff;border:1px solid #e3e6ea;border-radius:10px\">"
                + (markup == null ? image(imageStyle()) : markup) + text + "</figure>";
    }

    /** The picture alone, in an {@code img}; a phone takes the narrow one. */
    String image(String style) {
        String image = "<img alt=\"" + Html.escape(alt) + "\"" + (drawn ? " class=\"drawn\"" : "") + " width=\"" + width()
                + "\" style=\"" + style + "\" src=\"" + picture.uri() + "\">";
        return narrow == null ? image : "<picture><source media=\"(max-width: 36rem)\" width=\"" + narrow.width()
                + "\" srcset=\"" + narrow.uri() + "\">" + image + "</picture>";
    }

    /** A wide drawing scrolls rather than shrink to where its numbers cannot be read. */
    private String imageStyle() {
        int least = picture.kind() == Kind.SVG ? Math.min(width(), Math.max(600, width() * 2 / 3)) : 0;
        return "display:block;max-width:100%;height:auto" + (least > 600 ? ";min-width:" + least + "px" : "");
    }

    /** Writes the picture beside {@code file} and moves it into place. The name ends in .png, or as the picture's own kind: .svg, .gif. */
    public void save(Path file) {
        String name = file.getFileName().toString();
        String own = "." + picture.kind().extension();
        if (!name.endsWith(".png") && !name.endsWith(own)) {
            String kinds = own.equals(".png") ? own : own + " or .png";
            throw new IllegalArgumentException("Figure: cannot save this picture as " + name + "; name it " + kinds);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, out -> out.write(name.endsWith(".png") ? picture.png() : bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("Figure: cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The bytes that travel in {@link #html()}. */
    byte[] bytes() {
        return picture.bytes();
    }

    @Override
    public String toString() {
        return "Figure " + width() + "×" + height() + ": " + alt;
    }
}
