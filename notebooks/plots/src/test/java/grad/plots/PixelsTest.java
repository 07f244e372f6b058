package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Digit sheets and animations, pixel by pixel. */
class PixelsTest {
    @Test
    void everyPixelOfADigitIsACrispSquare() {
        double[] pixels = {0, 16, 4, 8, 16, 0};
        BufferedImage image = new DigitSheet("", 3, 2, 0, 16).digit(pixels, "").pixel(10).figure().image(1);
        for (int i = 0; i < 6; i++) {
            int grey = (int) Math.round(pixels[i] / 16 * 255);
            int left = Theme.PADDING + i % 3 * 10;
            int top = Theme.PADDING + i / 3 * 10;
            for (int y = 0; y < 10; y++) {
                for (int x = 0; x < 10; x++) assertEquals(new Color(grey, grey, grey).getRGB(), image.getRGB(left + x, top + y),
                        "pixel " + i);
            }
        }
    }

    @Test
    void aMarkedDigitIsFramedAndADifferenceIsColoured() {
        BufferedImage image = new DigitSheet("", 1, 1, -1, 1).marked(new float[] {-1}, "").pixel(10).diverging().figure().image(1);
        assertEquals(Theme.VERMILLION.getRGB(), image.getRGB(Theme.PADDING + 5, Theme.PADDING + 5));
        assertEquals(Theme.VERMILLION.getRGB(), image.getRGB(Theme.PADDING - 1, Theme.PADDING + 5));
        assertEquals("DigitSheet: an image of 8×8 has 64 pixels, got 63",
                assertThrows(IllegalArgumentException.class, () -> new DigitSheet("", 8, 8, 0, 16).digit(new double[63], "")).getMessage());
    }

    private static Figure square(int at) {
        return Figure.painted(40, 30, "square", g -> {
            g.setColor(Theme.BLUE);
            g.fillRect(at, 10, 10, 10);
        });
    }

    private static ImageReader reader(Figure gif) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif.bytes())));
        return reader;
    }

    private static Element element(ImageReader reader, int frame, String name) throws IOException {
        IIOMetadata metadata = reader.getImageMetadata(frame);
        NodeList found = ((Element) metadata.getAsTree(metadata.getNativeMetadataFormatName())).getElementsByTagName(name);
        return (Element) found.item(0);
    }

    @Test
    void anAnimationLoopsAndHoldsItsLastFrame() throws IOException {
        Figure gif = new Animation("a square moves").frame(square(0)).frame(square(10)).frame(square(30)).delay(120).hold(1500).figure();
        ImageReader reader = reader(gif);
        assertEquals(3, reader.getNumImages(true));
        int[] delays = {12, 12, 150};
        for (int i = 0; i < 3; i++) {
            assertEquals(Integer.toString(delays[i]), element(reader, i, "GraphicControlExtension").getAttribute("delayTime"));
        }
        Element loop = element(reader, 0, "ApplicationExtension");
        assertEquals("NETSCAPE", loop.getAttribute("applicationID"));
        assertTrue(gif.html().contains("src=\"data:image/gif;base64,"));
        assertEquals("a square moves", gif.alt());
        reader.dispose();
    }

    @Test
    void aFrameStoresOnlyWhatChanged() throws IOException {
        ImageReader reader = reader(new Animation("a square moves").frame(square(0)).frame(square(10)).frame(square(10)).figure());
        assertEquals(80, reader.getWidth(0));
        assertEquals(40, reader.getWidth(1), "the old and the new place");
        assertEquals("0", element(reader, 1, "ImageDescriptor").getAttribute("imageLeftPosition"));
        assertEquals("20", element(reader, 1, "ImageDescriptor").getAttribute("imageTopPosition"));
        assertEquals(Theme.BLUE.getRGB(), reader.read(1).getRGB(30, 5));
        assertEquals(Theme.PAPER.getRGB(), reader.read(1).getRGB(5, 5));
        assertEquals(1, reader.getWidth(2), "nothing changed");
        reader.dispose();
    }

    @Test
    void frameSizesMustAgree() {
        Figure other = Figure.painted(41, 30, "other", g -> {});
        assertEquals("Animation: the first frame is 40×30, frame 1 is 41×30",
                assertThrows(IllegalArgumentException.class, () -> new Animation("x").frame(square(0)).frame(other)).getMessage());
    }

    @Test
    void frequentColoursSurviveThePaletteExactly() {
        int[] pixels = new Random(1).ints(20_000, 0, 0x1000000).toArray();
        for (int i = 0; i < 60; i++) pixels[i] = 0x40A020;
        GifPalette palette = GifPalette.of(List.of(pixels));
        assertEquals(0x40A020, palette.model().getRGB(palette.index(0x40A020)) & 0xFFFFFF);
        assertEquals(255, palette.transparent(), "all colours are used");
        assertEquals(0, palette.model().getAlpha(palette.transparent()));
    }
}
