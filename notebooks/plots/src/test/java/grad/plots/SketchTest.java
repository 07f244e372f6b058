package grad.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the network is shown of a drawing. */
class SketchTest {
    @TempDir
    Path folder;

    private double[] digit(String expression) throws Exception {
        return numbers(8, 16, "FILLED", expression);
    }

    private double[] mnist(String expression) throws Exception {
        return numbers(28, 255, "CENTRED", expression);
    }

    private double[] numbers(int side, int high, String framing, String expression) throws Exception {
        return JavaScript.first().run(folder, Resource.text("sketch.js")
                + "const sketch = new Sketch({width: %d, height: %d, low: 0, high: %d, framing: '%s'});\n"
                        .formatted(side, side, high, framing)
                + "const line = (first, ...others) => sketch.beginLine(first).push(...others);\n"
                + "const result = () => { " + expression + " };");
    }

    private static double[] row(double[] image, int side, int row) {
        return IntStream.range(0, side).mapToDouble(i -> image[row * side + i]).toArray();
    }

    @Test
    void cellWithInkHasAllSixteenParts() throws Exception {
        double[] image = digit("sketch.toggle(2, 1); return [...sketch.pixels(false)];");
        assertArrayEquals(new double[] {0, 0, 16, 0, 0, 0, 0, 0}, row(image, 8, 1));
        assertEquals(16, DoubleStream.of(image).sum());
    }

    @Test
    void secondToggleClearsTheCell() throws Exception {
        assertEquals(0, DoubleStream.of(digit("sketch.toggle(2, 1); sketch.toggle(2, 1); return [...sketch.pixels(false)];")).sum());
    }

    @Test
    void strokeAlongAnEdgeCountsHalfInEachRow() throws Exception {
        double[] image = digit("line([-1, 4], [9, 4]); return [...sketch.pixels(false)];");      // the pen is a pixel wide
        assertArrayEquals(row(image, 8, 3), row(image, 8, 4));
        assertEquals(8, image[3 * 8 + 4]);
    }

    @Test
    void smallDigitIsStretchedToTheFullHeightAndTheUsualInk() throws Exception {
        double[] image = digit("line([3, 3], [4, 2.5], [5, 3], [5, 4], [4, 4.5], [3, 4], [3, 3]); return [...sketch.pixels(true)];");
        assertTrue(DoubleStream.of(row(image, 8, 0)).sum() > 0 && DoubleStream.of(row(image, 8, 7)).sum() > 0);
        double columns = IntStream.range(0, 8).filter(i -> IntStream.range(0, 8).anyMatch(r -> image[r * 8 + i] > 0)).count();
        assertEquals(6, columns, "20 of 32 columns lie across 6 of 8 pixels");
        assertEquals(0.305 * 1024, DoubleStream.of(image).sum(), 0.05 * 1024);
    }

    @Test
    void dotStaysADot() throws Exception {
        assertTrue(DoubleStream.of(digit("line([1, 1]); return [...sketch.pixels(true)];")).filter(pixel -> pixel > 0).count() <= 4);
    }

    @Test
    void centreOfMassComesToTheMiddle() throws Exception {
        double[] image = mnist("line([2, 2], [2, 9], [6, 9]); line([2, 4], [2, 8]); return [...sketch.pixels(true)];");
        double mass = DoubleStream.of(image).sum();
        double x = IntStream.range(0, 784).mapToDouble(i -> image[i] * (i % 28 + 0.5)).sum() / mass;
        double y = IntStream.range(0, 784).mapToDouble(i -> image[i] * (i / 28 + 0.5)).sum() / mass;
        assertEquals(14, x, 0.2);
        assertEquals(14, y, 0.2);
    }

    @Test
    void proportionsAreKeptInTwentyPixels() throws Exception {
        double[] image = mnist("line([4, 4], [4, 10]); line([4, 10], [7, 10]); return [...sketch.pixels(true)];");
        long rows = IntStream.range(0, 28).filter(r -> DoubleStream.of(row(image, 28, r)).sum() > 0).count();
        long columns = IntStream.range(0, 28).filter(c -> IntStream.range(0, 28).anyMatch(r -> image[r * 28 + c] > 0)).count();
        assertTrue(rows >= 20 && rows <= 21, rows + " rows");
        assertTrue(columns >= 11 && columns <= 13, columns + " columns");
    }

    @Test
    void lineAfterAnExampleBeginsAnewAndUndoBringsTheExampleBack() throws Exception {
        String example = "const image = new Float32Array(64).fill(3); sketch.show(image); line([1, 1], [2, 2]); ";
        assertEquals(0, digit(example + "return [...sketch.pixels(false)];")[63]);
        assertEquals(64 * 3, DoubleStream.of(digit(example + "sketch.undo(); return [...sketch.pixels(true)];")).sum());
    }

    @Test
    void cellsChangeAnExample() throws Exception {
        double[] image = digit("sketch.show(new Float32Array(64).fill(3)); sketch.toggle(0, 0); return [...sketch.pixels(true)];");
        assertEquals(16, image[0]);
        assertEquals(3, image[1]);
    }
}
