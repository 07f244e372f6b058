package grad.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Small greyscale images in rows, every pixel a crisp square, with a caption below each. */
public final class DigitSheet {
    private static final Font CAPTION = Theme.plain(12);
    private static final int GAP = 12;
    private static final int CAPTION_ROOM = 20;

    private final Frame frame;
    private final int imageWidth;
    private final int imageHeight;
    private final double low;
    private final double high;
    private final List<Tile> tiles = new ArrayList<>();
    private int columns = 10;
    private int pixel;
    private boolean diverging;

    private record Tile(double[] pixels, String caption, boolean marked) {}

    /** Images of {@code width × height} pixels whose values go from {@code low} (black) to {@code high} (white), such as 0 and 16. */
    public DigitSheet(String title, int width, int height, double low, double high) {
        Require.that(width > 0 && height > 0, "DigitSheet: an image has at least one pixel, got " + width + "×" + height);
        Require.range("DigitSheet", low, high);
        frame = new Frame(title);
        imageWidth = width;
        imageHeight = height;
        this.low = low;
        this.high = high;
        pixel = Math.max(1, 56 / width);
    }

    public DigitSheet digit(double[] pixels, String caption) {
        return add(pixels, caption, false);
    }

    public DigitSheet digit(float[] pixels, String caption) {
        return digit(doubles(pixels), caption);
    }

    /** An image that stands out, such as one read wrongly: framed in red, its caption too. */
    public DigitSheet marked(double[] pixels, String caption) {
        return add(pixels, caption, true);
    }

    public DigitSheet marked(float[] pixels, String caption) {
        return marked(doubles(pixels), caption);
    }

    /** Images per row, 10 at first. */
    public DigitSheet columns(int columns) {
        Require.that(columns > 0, "DigitSheet: a row holds at least one image, got " + columns);
        this.columns = columns;
        return this;
    }

    /** Side of one enlarged pixel, in CSS pixels. */
    public DigitSheet pixel(int side) {
        Require.that(side > 0, "DigitSheet: a pixel is at least 1 wide, got " + side);
        pixel = side;
        return this;
    }

    /** Colours instead of greys, white in the middle of the range: for differences and weights. */
    public DigitSheet diverging() {
        diverging = true;
        return this;
    }

    public Figure figure() {
        Require.that(!tiles.isEmpty(), "DigitSheet: nothing to draw; add a digit first");
        int across = Math.min(columns, tiles.size());
        int down = (tiles.size() + columns - 1) / columns;
        int width = Math.max(2 * Theme.PADDING + across * (tileWidth() + GAP) - GAP, titleWidth());
        int first = frame.top(width, Legend.NONE) + (frame.title.isEmpty() ? 0 : 6);
        frame.size(width, first + down * (tileHeight() + GAP) - GAP + Theme.PADDING);
        String words = tiles.size() + " of " + imageWidth + "×" + imageHeight + " pixels" + captions();
        return frame.figure("Images", words, Legend.NONE, (g, top, w, h) -> {
            for (int i = 0; i < tiles.size(); i++) {
                int x = Theme.PADDING + i % columns * (tileWidth() + GAP);
                paint(g, tiles.get(i), x, first + i / columns * (tileHeight() + GAP));
            }
        });
    }

    private String captions() {
        String captions = tiles.stream().map(Tile::caption).filter(caption -> !caption.isEmpty()).collect(Collectors.joining("; "));
        return captions.isEmpty() ? "" : ": " + captions;
    }

    private DigitSheet add(double[] pixels, String caption, boolean marked) {
        Require.that(pixels.length == imageWidth * imageHeight, "DigitSheet: an image of " + imageWidth + "×" + imageHeight
                + " has " + imageWidth * imageHeight + " pixels, got " + pixels.length);
        tiles.add(new Tile(pixels.clone(), caption, marked));
        return this;
    }

    private int titleWidth() {
        return Math.min(420, frame.titleWidth());
    }

    private int tileWidth() {
        double caption = tiles.stream().mapToDouble(tile -> Ink.width(tile.caption, CAPTION)).max().orElse(0);
        return Math.max(imageWidth * pixel, (int) Math.ceil(caption));
    }

    private int tileHeight() {
        boolean captions = tiles.stream().anyMatch(tile -> !tile.caption.isEmpty());
        return imageHeight * pixel + (captions ? CAPTION_ROOM : 0);
    }

    private void paint(Graphics2D g, Tile tile, int x, int y) {
        int left = x + (tileWidth() - imageWidth * pixel) / 2;
        for (int i = 0; i < tile.pixels.length; i++) {
            g.setColor(color(tile.pixels[i]));
            g.fillRect(left + i % imageWidth * pixel, y + i / imageWidth * pixel, pixel, pixel);
        }
        float frame = tile.marked ? 2.5f : 1;   // stands wholly outside the image
        g.setColor(tile.marked ? Theme.VERMILLION : Theme.GRID);
        g.setStroke(new BasicStroke(frame));
        g.draw(new Rectangle2D.Double(left - frame / 2, y - frame / 2, imageWidth * pixel + frame, imageHeight * pixel + frame));
        Color ink = tile.marked ? Theme.VERMILLION : Theme.INK;
        Ink.write(g, tile.caption, x + tileWidth() / 2.0, y + imageHeight * pixel + 15, Ink.CENTRE, CAPTION, ink);
    }

    private Color color(double value) {
        double share = (value - low) / (high - low);
        if (!Double.isFinite(share)) return Theme.PURPLE;
        if (!diverging) return Theme.mix(Color.BLACK, Color.WHITE, share);
        return Theme.mix(Theme.PAPER, share < 0.5 ? Theme.VERMILLION : Theme.BLUE, Math.abs(2 * share - 1));
    }

    private static double[] doubles(float[] pixels) {
        double[] doubles = new double[pixels.length];
        for (int i = 0; i < pixels.length; i++) doubles[i] = pixels[i];
        return doubles;
    }
}
