package grad.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.Rng;
import grad.nn.Linear;
import grad.nn.Sequential;
import grad.scalar.Graph;
import grad.scalar.Value;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

class FigureTest {
    private static Figure red() {
        return Figure.painted(30, 20, "a red <box>", g -> {
            g.setColor(Color.RED);
            g.fillRect(10, 5, 10, 10);
        });
    }

    @Test
    void htmlCarriesTheImageItself() throws IOException {
        String html = red().withCaption("1 < 2").html();
        String data = html.replaceFirst("(?s).*src=\"data:image/png;base64,([^\"]*)\".*", "$1");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
        assertEquals(60, image.getWidth(), "two pixels for each CSS pixel");
        assertEquals(Color.RED.getRGB(), image.getRGB(30, 20));
        assertEquals(Color.WHITE.getRGB(), image.getRGB(2, 2));
        assertTrue(html.contains("width=\"30\""), html);
        assertTrue(html.contains("alt=\"a red &lt;box&gt;\""), html);
        assertTrue(html.contains(">1 &lt; 2</figcaption>"), html);
        assertFalse(html.contains("<script") || html.contains("http"), "no script, no request");
    }

    @Test
    void aPictureWithoutWordsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> red().withAlt(" "));
        assertEquals("Figure 30×20: a red <box>", red().toString());
    }

    @Test
    void imagesAndChartsDrawnElsewhereAreFiguresToo() {
        BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xFF00FF00);
        Figure figure = Figure.of(image, 20, "green dot");
        assertEquals(10, figure.height());
        assertEquals(0xFF00FF00, figure.image().getRGB(0, 0));
        XYChart chart = new XYChartBuilder().width(300).height(200).build();
        chart.addSeries("s", new double[] {1, 2}, new double[] {3, 4});
        assertEquals(600, Figure.of(chart, "a chart").image().getWidth());
    }

    @Test
    void saveWritesTheWholeFileOrNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("pictures/red.png");
        red().save(file);
        red().save(file);
        assertEquals(60, ImageIO.read(file.toFile()).getWidth());
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertArrayEquals(new Object[] {file}, files.toArray(), "nothing is left beside it");
        }
        assertEquals("Figure: cannot save this picture as red.svg; name it .png",
                assertThrows(IllegalArgumentException.class, () -> red().save(folder.resolve("red.svg"))).getMessage());
        assertThrows(UncheckedIOException.class, () -> red().save(file.resolve("below/a/file.png")));
    }

    @Test
    void fewColoursTravelAsAPaletteManyStayAsTheyAre(@TempDir Path folder) throws IOException {
        assertEquals(8, saved(red(), folder).getColorModel().getPixelSize());
        BufferedImage noise = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new Random(1).ints(10_000, 0, 0x1000000).toArray();
        noise.setRGB(0, 0, 100, 100, pixels, 0, 100);
        BufferedImage written = saved(Figure.of(noise, 50, "noise"), folder);
        assertEquals(24, written.getColorModel().getPixelSize());
        assertArrayEquals(GifPalette.pixels(noise), GifPalette.pixels(written));
    }

    private static BufferedImage saved(Figure figure, Path folder) throws IOException {
        figure.save(folder.resolve("figure.png"));
        return ImageIO.read(folder.resolve("figure.png").toFile());
    }

    @Test
    void aPhoneGetsANarrowPictureOfAChartThatStandsAsHighAndAllOfBarsWhoseNamesNeedTheirRoom() throws IOException {
        double[] three = {1, 2, 3};
        String lines = new Lines("A title that needs two lines on a phone, but not here", "x", "y").line("l", three).figure().html();
        String data = lines.replaceFirst("(?s).*<source media=\"\\(max-width: 36rem\\)\" width=\"320\" srcset=\"data:image/png;base64,([^\"]*)\".*", "$1");
        BufferedImage narrow = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
        assertEquals(640, narrow.getWidth(), "two pixels for each of 320");
        assertEquals(2 * (Theme.HEIGHT + 20), narrow.getHeight(), "and a line more");
        assertFalse(new Lines("", "x", "y").line("l", three).size(320, 200).figure().html().contains("<source"), "narrow enough");
        assertFalse(new Bars("", "y", "a", "b", "c").bars("b", three).figure().html().contains("<source"));
    }

    @Test
    void onlyInkOnPaperMayBeTurnedToLightOnDark() {
        Figure lines = new Lines("", "x", "y").line("l", new double[] {1, 2}).size(200, 150).figure();
        Figure digits = new DigitSheet("", 1, 1, 0, 1).digit(new double[] {1}, "").figure();
        for (Figure drawn : List.of(lines, new Diagram("d").node("a", "a").figure(), new Animation("a").frame(lines).figure())) {
            assertTrue(drawn.html().contains("class=\"drawn\""), drawn.toString());
        }
        for (Figure image : List.of(digits, red(), new Animation("a").frame(digits).figure())) {
            assertFalse(image.html().contains("class=\"drawn\""), image.toString());
        }
        String both = new Sheet("", 2).add(lines).add(digits).figure().html();
        assertEquals(1, both.split("class=\"drawn\"", -1).length - 1, "each on a sheet by itself");
    }

    @Test
    void onlyAnSvgHasSvgText() {
        assertThrows(IllegalStateException.class, () -> red().svg());
        assertTrue(new Diagram("one node").node("a", "a").figure().svg().startsWith("<svg"));
    }

    @Test
    void colorsAreCountedUpToALimit() {
        int[] pixels = {1, 2, 2, 0xFF000001, 3};
        assertTrue(GifPalette.hasMoreColors(pixels, 2));
        assertFalse(GifPalette.hasMoreColors(pixels, 3));
    }

    /** Graphs whose labels hold what no XML may, in a locale whose digits are not ours. */
    @Test
    void drawingsAreXmlWhateverTheirLabelsAndTheLocale() throws Exception {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("de-DE", "tr-TR", "ar-EG-u-nu-arab")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                Value a = Value.of(0.5).named("a\u0001\u001b<&\uFFFE\uD800");
                Value y = a.mul(3).add(2).named("\uD83D\uDE00");
                y.backward();
                String svg = new GraphDrawing(y).figure().svg();
                DocumentBuilderFactory.newInstance().newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
                for (String text : List.of(svg, Stepper.of(y).text(), Graph.record(y).toDot(), new DrawingBoard("b", 1, 1, 0, 1)
                        .layer(new float[] {1, 2}, new float[] {1, 2}).data(), new Sequential(new Linear(new Rng(1), 28, 3)).toString())) {
                    assertTrue(text.chars().noneMatch(c -> Character.isDigit(c) && c > '9'), tag + ": " + text);
                    assertFalse(text.contains("0,5"), tag + ": " + text);
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
