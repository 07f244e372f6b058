package grad.plots;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * Figures of one size as an endless animated GIF. Frames hold two pixels per CSS pixel, or one where the file would exceed a megabyte;
 * each frame stores only what has changed.
 */
public final class Animation {
    private static final int LARGE = 1_000_000;

    private final String alt;
    private final List<Figure> frames = new ArrayList<>();
    private int delay = 150;
    private int hold = 2000;

    /** The alt text says what is seen to change. */
    public Animation(String alt) {
        this.alt = alt;
    }

    public Animation frame(Figure figure) {
        if (!frames.isEmpty()) {
            Figure first = frames.get(0);
            Require.that(figure.width() == first.width() && figure.height() == first.height(), "Animation: the first frame is "
                    + first.width() + "×" + first.height()
                    + ", frame " + frames.size() + " is " + figure.width() + "×" + figure.height());
        }
        frames.add(figure);
        return this;
    }

    /** Milliseconds between frames, 150 at first; GIF counts in hundredths of a second. */
    public Animation delay(int milliseconds) {
        Require.that(milliseconds >= 20, "Animation: browsers show a frame for 20 ms or longer, got " + milliseconds);
        delay = milliseconds;
        return this;
    }

    /** Milliseconds for which the last frame stays, 2000 at first. */
    public Animation hold(int milliseconds) {
        Require.that(milliseconds >= 20, "Animation: browsers show a frame for 20 ms or longer, got " + milliseconds);
        hold = milliseconds;
        return this;
    }

    public Figure figure() {
        Require.that(!frames.isEmpty(), "Animation: nothing to show; add a frame first");
        byte[] gif = gif(2);
        if (gif.length > LARGE) gif = gif(1);
        Figure last = frames.get(frames.size() - 1);
        return last.moving(gif, alt);
    }

    private byte[] gif(int scale) {
        int width = frames.get(0).width() * scale;
        List<int[]> images = frames.stream().map(frame -> GifPalette.pixels(frame.image(scale))).toList();
        GifPalette palette = GifPalette.of(images);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            int[] shown = null;
            for (int[] image : images) {
                Rectangle place = changed(image, shown, width);
                BufferedImage part = part(image, shown, width, place, palette);
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(part), null);
                boolean isLast = image == images.get(images.size() - 1);
                describe(metadata, place, palette.transparent(), (isLast ? hold : delay) / 10);
                writer.writeToSequence(new IIOImage(part, null, metadata), null);
                shown = image;
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The rectangle in which an image differs from the one shown before it; at least one pixel, as GIF wants. */
    private static Rectangle changed(int[] image, int[] shown, int width) {
        if (shown == null) return new Rectangle(width, image.length / width);
        int left = width, right = 0, top = image.length / width, bottom = 0;
        for (int at = 0; at < image.length; at++) {
            if (image[at] == shown[at]) continue;
            left = Math.min(left, at % width);
            right = Math.max(right, at % width);
            top = Math.min(top, at / width);
            bottom = Math.max(bottom, at / width);
        }
        return left > right ? new Rectangle(1, 1) : new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    /** The pixels of one rectangle; those that stay as they are become transparent, which packs well. */
    private static BufferedImage part(int[] image, int[] shown, int width, Rectangle place, GifPalette palette) {
        BufferedImage part = new BufferedImage(place.width, place.height, BufferedImage.TYPE_BYTE_INDEXED, palette.model());
        int[] row = new int[place.width];
        for (int y = 0; y < place.height; y++) {
            int from = (place.y + y) * width + place.x;
            for (int x = 0; x < place.width; x++) {
                boolean same = shown != null && shown[from + x] == image[from + x];
                row[x] = same ? palette.transparent() : palette.index(image[from + x]);
            }
            part.getRaster().setPixels(0, y, place.width, 1, row);
        }
        return part;
    }

    private static void describe(IIOMetadata metadata, Rectangle place, int transparent, int hundredths) throws IOException {
        IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "TRUE");
        control.setAttribute("transparentColorIndex", Integer.toString(transparent));
        control.setAttribute("delayTime", Integer.toString(hundredths));
        IIOMetadataNode descriptor = child(root, "ImageDescriptor");
        descriptor.setAttribute("imageLeftPosition", Integer.toString(place.x));
        descriptor.setAttribute("imageTopPosition", Integer.toString(place.y));
        descriptor.setAttribute("imageWidth", Integer.toString(place.width));
        descriptor.setAttribute("imageHeight", Integer.toString(place.height));
        descriptor.setAttribute("interlaceFlag", "FALSE");
        IIOMetadataNode loop = child(child(root, "ApplicationExtensions"), "ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        loop.setUserObject(new byte[] {1, 0, 0});
        metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
    }

    private static IIOMetadataNode child(IIOMetadataNode parent, String name) {
        IIOMetadataNode child = new IIOMetadataNode(name);
        parent.appendChild(child);
        return child;
    }
}
