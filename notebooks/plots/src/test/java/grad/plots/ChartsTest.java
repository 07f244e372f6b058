package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartsTest {
    private static final double[][] CORNERS = {{-1, -1}, {1, 1}};
    private static final double[] BOTH = {-1, 1};

    private static long count(BufferedImage image, Color color) {
        long count = 0;
        for (int rgb : GifPalette.pixels(image)) if (rgb == color.getRGB()) count++;
        return count;
    }

    @Test
    void everyLineIsDrawnInItsColour() {
        Figure figure = new Lines("two lines", "x", "y").line("up", new double[] {1, 2, 3}).line("down", List.of(3, 2, 1)).figure();
        assertTrue(count(figure.image(), Theme.BLUE) > 500);
        assertTrue(count(figure.image(), Theme.VERMILLION) > 500);
        assertEquals("Line chart: two lines (up, down; y against x)", figure.alt());
    }

    @Test
    void aGapIsNotDrawn() {
        double[] whole = {1, 1, 1, 1, 1};
        double[] gap = {1, 1, Double.NaN, 1, 1};
        long drawn = count(new Lines("", "", "").line("l", whole).figure().image(), Theme.BLUE);
        long left = count(new Lines("", "", "").line("l", gap).figure().image(), Theme.BLUE);
        assertTrue(left < 0.6 * drawn && left > 0.4 * drawn, left + " of " + drawn);
    }

    @Test
    void aLogarithmicAxisMakesPowersALine() {
        double[] exponents = {0, 1, 2, 3, 4};
        double[] powers = {1, 10, 100, 1000, 10000};
        long straight = count(new Lines("", "", "").line("l", exponents, exponents).figure().image(), Theme.BLUE);
        long logX = count(new Lines("", "", "").line("l", powers, exponents).logX().figure().image(), Theme.BLUE);
        long logY = count(new Lines("", "", "").line("l", exponents, powers).logY().figure().image(), Theme.BLUE);
        assertEquals(straight, logX, 0.1 * straight, "a bent line would be longer");
        assertEquals(straight, logY, 0.1 * straight);
    }

    @Test
    void aDashedLineIsDashedHoweverManyPointsItHas() {
        double[] many = IntStream.range(0, 900).mapToDouble(i -> i).toArray();
        long solid = count(new Lines("", "", "").line("l", many, many).figure().image(), Theme.BLUE);
        long two = count(new Lines("", "", "").dashed("l", new double[] {0, 899}, new double[] {0, 899}).figure().image(), Theme.BLUE);
        long dashed = count(new Lines("", "", "").dashed("l", many, many).figure().image(), Theme.BLUE);
        assertEquals(two, dashed, 0.05 * two);
        assertTrue(dashed < 0.7 * solid, dashed + " of " + solid);
    }

    @Test
    void allBarsHaveAsManyDecimals() {
        double[] round = {1.25, 2, 2, 2, 2}, full = {1.25, 2.22, 2.22, 2.22, 2.22};
        double[] ink = Stream.of(round, full).map(values -> new Bars("", "", "a", "b", "c", "d", "e").bars("v", values).figure())
                .mapToDouble(figure -> count(figure.image(), Theme.INK)).toArray();
        assertEquals(ink[1], ink[0], 0.2 * ink[1], "2.00 has as many digits as 2.22");
    }

    @Test
    void contoursLieGreyBelowTheLinesAndStayOutOfTheLegend() {
        double[] three = {1, 2, 3};
        Figure plain = new Lines("", "", "").line("l", three).figure();
        Figure above = new Lines("", "", "").line("l", three).contour(three, three).figure();
        Figure beside = new Lines("", "", "").line("l", three).contour(three, new double[] {3, 2, 1}).figure();
        assertEquals(plain.alt(), above.alt());
        assertEquals(count(plain.image(), Theme.BLUE), count(above.image(), Theme.BLUE));
        assertTrue(count(beside.image(), Theme.AXIS) > count(plain.image(), Theme.AXIS) + 100);
    }

    @Test
    void aClassHasOneColourEverywhere() {
        assertEquals(Theme.classColor(-1), Theme.classColor(0));
        assertEquals(Theme.classColor(1), Theme.classColor(+1.0));
        BufferedImage scatter = new Scatter("", "", "").points(CORNERS, BOTH).figure().image();
        BufferedImage boundary = new Boundary("", "", "", (x, y) -> x).points(CORNERS, new int[] {0, 1}).figure().image();
        for (BufferedImage image : List.of(scatter, boundary)) {
            assertTrue(count(image, Theme.classColor(-1)) > 100);
            assertTrue(count(image, Theme.classColor(1)) > 100);
        }
    }

    @Test
    void boundaryShadesEachSideInItsClassAndDrawsTheZeroLine() {
        BufferedImage image = new Boundary("", "x", "y", (x, y) -> 5 * x).points(CORNERS, BOTH).range(-2, 2, -2, 2).bare()
                .size(400, 300).figure().image();
        int middle = image.getHeight() / 2;
        Color left = new Color(image.getRGB(80, middle));
        Color right = new Color(image.getRGB(image.getWidth() - 80, middle));
        assertTrue(left.getBlue() > left.getRed() + 50, "negative is blue: " + left);
        assertTrue(right.getRed() > right.getBlue() + 50, "positive is red: " + right);
        int darkest = 0;
        for (int x = 100; x < image.getWidth() - 100; x++) {
            if (new Color(image.getRGB(x, middle)).getGreen() < new Color(image.getRGB(darkest, middle)).getGreen()) darkest = x;
        }
        assertEquals(image.getWidth() / 2.0, darkest, 8, "the line stands where the score is zero");
    }

    @Test
    void confidenceDeepensTheShade() {
        BufferedImage image = new Boundary("", "", "", (x, y) -> x).points(CORNERS, BOTH).range(0.01, 3, -2, 2).bare().figure().image();
        int middle = image.getHeight() / 2;
        int near = new Color(image.getRGB(60, middle)).getBlue();
        int far = new Color(image.getRGB(image.getWidth() - 60, middle)).getBlue();
        assertTrue(far < near - 40, near + " → " + far);
    }

    @Test
    void numbersOfAHeatMapAreAsSmallAsTheWidestNeedsAndNoSmallerThanCanBeRead() {
        assertTrue(inkOnCells(400) > 20);
        assertEquals(0, inkOnCells(250));
    }

    /** How much more white there is on the middle of a row of wide numbers than above it. */
    private static long inkOnCells(int width) {
        double[][] wide = {{12345, 12345, 12345, 12345, 12345, 12345, 12345, 12345}};
        BufferedImage image = new HeatMap("", "", "", wide).size(width, 200).figure().image();
        return white(image, 158) - white(image, 98);
    }

    private static long white(BufferedImage image, int y) {
        int[] row = image.getRGB(120, y, image.getWidth() - 280, 1, null, 0, image.getWidth());
        return Arrays.stream(row).filter(rgb -> rgb == Theme.PAPER.getRGB()).count();
    }

    @Test
    void heatMapCellsHaveTheColourOfTheirValue() {
        BufferedImage image = new HeatMap("", "", "", new double[][] {{0, 8}, {8, Double.NaN}}).size(300, 300).figure().image();
        assertTrue(count(image, Theme.BLUE) > 10_000, "two full cells");
        assertTrue(count(image, Theme.FAINT) > 5_000, "one empty cell");
        assertTrue(count(new HeatMap("", "", "", new double[][] {{-3, 3}}).diverging().figure().image(), Theme.VERMILLION) > 10_000);
    }

    @Test
    void wordsOfAHeatMapSayWhereTheLeastAndTheGreatestNumberStand() {
        assertEquals("Heat map: h (2×2; is against read as; least 0 in 2 cells, greatest 5 at is b, read as 0)",
                new HeatMap("h", "read as", "is", new double[][] {{0, 1}, {5, 0}}).rows("a", "b").figure().alt());
    }

    @Test
    void wordsOfAPictureWithoutTitleBeginWithWhatIsInIt() {
        Figure images = new DigitSheet("", 1, 1, 0, 1).digit(new double[] {1}, "a one").figure();
        assertEquals("Images (1 of 1×1 pixels: a one)", images.alt());
        assertEquals("Sheet (1 figure: Images (1 of 1×1 pixels: a one))", new Sheet("", 2).add(images).figure().alt());
    }

    @Test
    void barsStandInTheirColours() {
        BufferedImage image = new Bars("", "s", "a", "b").bars("before", 3, 2).bars("after", 1, 0.5).figure().image();
        double ratio = (double) count(image, Theme.BLUE) / count(image, Theme.VERMILLION);
        assertEquals((3 + 2) / (1 + 0.5), ratio, 0.1, "areas are as the values");
    }

    @Test
    void sheetPlacesItsFiguresInRows() {
        Figure blue = Figure.painted(10, 10, "blue", g -> {
            g.setColor(Color.BLUE);
            g.fillRect(0, 0, 10, 10);
        });
        Figure sheet = new Sheet("", 2).add(blue).add(blue).add(blue).figure();
        assertEquals(28, sheet.width());
        assertEquals(28, sheet.height());
        assertEquals(Color.BLUE.getRGB(), sheet.image().getRGB(2 * 19, 2 * 9));
        assertEquals(Color.BLUE.getRGB(), sheet.image().getRGB(2 * 5, 2 * 19));
        assertEquals(Color.WHITE.getRGB(), sheet.image().getRGB(2 * 19, 2 * 19));
        assertEquals(3, sheet.html().split("<img alt=\"blue\"", -1).length - 1, "a page places each by itself");
    }

    static Stream<Arguments> refusals() {
        double[] three = {1, 2, 3};
        return Stream.of(
                refusal("Lines: x has 3 points, y has 4", () -> new Lines("", "", "").line("l", three, new double[4])),
                refusal("Lines: there are no points to draw", () -> new Lines("", "", "").line("l", new double[0])),
                refusal("Lines: nothing to draw; add a line first", () -> new Lines("", "", "").figure()),
                refusal("Lines: \"l\" has no y that is a finite number", () -> new Lines("", "", "").line("l", new double[] {Double.NaN})),
                refusal("Lines: a logarithmic y axis needs positive values, but \"l\" has 0.0 at index 1",
                        () -> new Lines("", "", "").line("l", new double[] {1, 0}).logY().figure()),
                refusal("Lines: a range goes up from a number to a larger one, got 2.0 … 1.0", () -> new Lines("", "", "").yRange(2, 1)),
                refusal("Scatter: there are 2 points and 3 labels", () -> new Scatter("", "", "").points(CORNERS, three)),
                refusal("Scatter: a point has two coordinates, point 0 has 1", () -> new Scatter("", "", "")
                        .points(new double[1][1], new int[1])),
                refusal("names: there are 2 classes and 1 names", () -> new Scatter("", "", "").points(CORNERS, BOTH).names("a").figure()),
                refusal("Boundary: nothing to draw; give it points first", () -> new Boundary("", "", "", (x, y) -> 0).figure()),
                refusal("HeatMap: row 0 has 2 columns, row 1 has 1", () -> new HeatMap("", "", "", new double[][] {{1, 2}, {1}})),
                refusal("HeatMap: 1 columns, but 2 names", () -> new HeatMap("", "", "", new double[][] {{1}}).columns("a", "b")),
                refusal("Bars: 2 categories, but \"b\" has 1 values", () -> new Bars("", "", "x", "y").bars("b", 1)),
                refusal("Sheet: nothing to draw; add a figure first", () -> new Sheet("", 2).figure()),
                refusal("Table: 2 columns, but the row has 1 cells", () -> new Table("a", "b").row(1)));
    }

    private static Arguments refusal(String message, Executable drawing) {
        return Arguments.of(message, drawing);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void badInputIsRefusedInOneLine(String message, Executable drawing) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, drawing).getMessage());
    }

    @Test
    void tableEscapesItsTextAndAlignsNumbersRight() {
        String html = new Table("op", "error").row("<b>&", 1e-9).row("x", 0.5).caption("a < b").html();
        assertTrue(html.contains(">&lt;b&gt;&amp;</td>"), html);
        assertTrue(html.contains(">a &lt; b</caption>"), html);
        assertTrue(html.contains("text-align:right;padding:4px 14px;border-bottom:1px solid rgba(140,149,159,0.3)\">1e−9</td>"), html);
        assertTrue(html.contains("text-align:left;padding:4px 14px;border-bottom:2px solid #8c959f\">op</th>"), html);
    }
}
