package grad.plots;

import grad.io.WholeFile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A picture for a notebook: what it shows, how large, and in words for those who cannot see it.
 * Sizes are CSS pixels; raster images hold two pixels for each, so that they are crisp on fine screens.
 */
public final class Figure {
    private static final int SCALE = 2;
    private static final int MANY_COLORS = 8000;

    private final int width;
    private final int height;
    private final String alt;
    private final String caption;
    private final Consumer<Graphics2D> painter;
    private final Encoding encoding;
    private final String markup;

    private Figure(int width, int height, String alt, String caption, Consumer<Graphics2D> painter, Encoding encoding) {
        this(width, height, alt, caption, painter, encoding, null);
    }

    /** @param markup what is shown in HTML, null for the picture itself */
    private Figure(int width, int height, String alt, String caption, Consumer<Graphics2D> painter, Encoding encoding, String markup) {
        if (alt == null || alt.isBlank()) {
            throw new IllegalArgumentException("Figure: the alt text is empty; say in a few words what the picture shows");
        }
        this.width = width;
        this.height = height;
        this.alt = alt;
        this.caption = caption;
        this.painter = painter;
        this.encoding = encoding;
        this.markup = markup;
    }

    /** How the picture travels: {@code source} is SVG text or the bytes of a GIF, null for a PNG made when asked for. */
    private record Encoding(String mime, String extension, byte[] source) {}

    private static final Encoding PNG = new Encoding("image/png", "png", null);

    static Figure painted(int width, int height, String alt, Consumer<Graphics2D> painter) {
        return new Figure(width, height, alt, "", painter, PNG);
    }

    static Figure svg(int width, int height, String alt, String svg, Consumer<Graphics2D> painter) {
        byte[] source = svg.getBytes(StandardCharsets.UTF_8);
        return new Figure(width, height, alt, "", painter, new Encoding("image/svg+xml", "svg", source));
    }

    static Figure gif(int width, int height, String alt, byte[] gif, Consumer<Graphics2D> lastFrame) {
        return new Figure(width, height, alt, "", lastFrame, new Encoding("image/gif", "gif", gif));
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
        return new Figure(width, height, alt, caption, painter, encoding, markup);
    }

    /** The same picture, in HTML made of parts that find their places on the reader's screen. */
    Figure shownAs(String markup) {
        return new Figure(width, height, alt, caption, painter, encoding, markup);
    }

    /** The same picture described in other words, and shown as one. */
    public Figure withAlt(String alt) {
        return new Figure(width, height, alt, caption, painter, encoding);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public String alt() {
        return alt;
    }

    public String caption() {
        return caption;
    }

    /** The picture as pixels, two per CSS pixel; of an animation, its last frame. */
    public BufferedImage image() {
        return image(SCALE);
    }

    BufferedImage image(int scale) {
        BufferedImage image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(scale, scale);
        paint(g);
        g.dispose();
        return image;
    }

    /** Draws the picture, on white, with its top left corner at the origin. */
    void paint(Graphics2D g) {
        Ink.smooth(g);
        g.setColor(Theme.PAPER);
        g.fillRect(0, 0, width, height);
        painter.accept(g);
    }

    /** The SVG text. @throws IllegalStateException where the picture is not an SVG */
    public String svg() {
        if (!encoding.extension.equals("svg")) {
            throw new IllegalStateException("Figure: this picture is a " + encoding.extension + ", not an svg; use image()");
        }
        return new String(encoding.source, StandardCharsets.UTF_8);
    }

    /** The picture for {@code display(figure.html(), "text/html")}: on white, so that it reads in a dark theme too. */
    public String html() {
        String text = caption.isEmpty() ? ""
                : "<figcaption style=\"color:#656d76;margin-top:8px\">" + Html.escape(caption) + "</figcaption>";
        return "<figure class=\"javagrad-figure\" style=\"display:inline-block;max-width:100%;box-sizing:border-box;overflow-x:auto;"
                + "margin:4px 0;padding:10px;background-color:#ffffff;border:1px solid #e3e6ea;border-radius:10px\">"
                + (markup == null ? image(imageStyle()) : markup) + text + "</figure>";
    }

    /** The picture alone, in an {@code img}. */
    String image(String style) {
        String source = "data:" + encoding.mime + ";base64," + Base64.getEncoder().encodeToString(bytes());
        return "<img alt=\"" + Html.escape(alt) + "\" width=\"" + width + "\" style=\"" + style + "\" src=\"" + source + "\">";
    }

    /** A wide drawing scrolls rather than shrink to where its numbers cannot be read. */
    private String imageStyle() {
        int least = encoding.extension.equals("svg") ? Math.min(width, Math.max(600, width * 2 / 3)) : 0;
        return "display:block;max-width:100%;height:auto" + (least > 600 ? ";min-width:" + least + "px" : "");
    }

    /** Writes the picture beside {@code file} and moves it into place. The name ends in .png, or as the picture's own kind: .svg, .gif. */
    public void save(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".png") && !name.endsWith("." + encoding.extension)) {
            String kinds = encoding == PNG ? ".png" : "." + encoding.extension + " or .png";
            throw new IllegalArgumentException("Figure: cannot save this picture as " + name + "; name it " + kinds);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, out -> out.write(name.endsWith(".png") ? png() : bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("Figure: cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The bytes that travel in {@link #html()}. */
    byte[] bytes() {
        return encoding.source == null ? png() : encoding.source;
    }

    private byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam small = writer.getDefaultWriteParam();
        small.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        small.setCompressionQuality(0);        // a PNG loses nothing: this asks for the smallest file
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(inFewColors(image()), null, null), small);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A drawing has flat colours and smoothed edges: with a palette it takes less than half the room, and looks the same. */
    private static BufferedImage inFewColors(BufferedImage image) {
        int[] pixels = Palette.pixels(image);
        if (Palette.hasMoreColors(pixels, MANY_COLORS)) return image;
        Palette palette = Palette.of(List.of(pixels));
        BufferedImage indexed = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette.model());
        int[] indices = Arrays.stream(pixels).map(palette::index).toArray();
        indexed.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), indices);
        return indexed;
    }

    @Override
    public String toString() {
        return "Figure " + width + "×" + height + ": " + alt;
    }
}
