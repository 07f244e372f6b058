package grad.plots;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * What is seen of a {@link Figure} at one size, in CSS pixels.
 *
 * @param painter draws it, or the last frame of an animation, with its top left corner at the origin
 * @param kind how it travels
 * @param source SVG text or the bytes of a GIF; null for a PNG, which is made when asked for
 */
record Picture(int width, int height, Consumer<Graphics2D> painter, Kind kind, byte[] source) {
    static final int SCALE = 2;

    private static final int MANY_COLORS = 8000;

    enum Kind {
        PNG("image/png"), SVG("image/svg+xml"), GIF("image/gif");

        private final String mime;

        Kind(String mime) {
            this.mime = mime;
        }

        String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Picture painted(int width, int height, Consumer<Graphics2D> painter) {
        return new Picture(width, height, painter, Kind.PNG, null);
    }

    /** As pixels, {@code scale} of them for each CSS pixel. */
    BufferedImage image(int scale) {
        BufferedImage image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(scale, scale);
        paint(g);
        g.dispose();
        return image;
    }

    /** On white. */
    void paint(Graphics2D g) {
        Ink.smooth(g);
        g.setColor(Theme.PAPER);
        g.fillRect(0, 0, width, height);
        painter.accept(g);
    }

    /** What it travels as. */
    byte[] bytes() {
        return source == null ? png() : source;
    }

    String uri() {
        return "data:" + kind.mime + ";base64," + Base64.getEncoder().encodeToString(bytes());
    }

    byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam small = writer.getDefaultWriteParam();
        small.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        small.setCompressionQuality(0);        // a PNG loses nothing: this asks for the smallest file
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(inFewColors(image(SCALE)), null, null), small);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A drawing has flat colours and smoothed edges: with a palette it takes less than half the room, and looks the same. */
    private static BufferedImage inFewColors(BufferedImage image) {
        int[] pixels = GifPalette.pixels(image);
        if (GifPalette.hasMoreColors(pixels, MANY_COLORS)) return image;
        GifPalette palette = GifPalette.of(List.of(pixels));
        BufferedImage indexed = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette.model());
        int[] indices = Arrays.stream(pixels).map(palette::index).toArray();
        indexed.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), indices);
        return indexed;
    }
}
