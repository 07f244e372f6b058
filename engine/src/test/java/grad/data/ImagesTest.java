package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grad.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImagesTest {
    /** n images of 1×2: image i has the pixels 10i and 10i + 1, and label i mod 3. */
    private static Images images(int n) {
        float[] pixels = new float[2 * n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            pixels[2 * i] = 10 * i;
            pixels[2 * i + 1] = 10 * i + 1;
            labels[i] = i % 3;
        }
        return new Images(pixels, labels, 1, 2, 3);
    }

    @Test void anImageIsACopyOfItsRow() {
        Images images = images(4);
        images.image(2)[0] = -1;
        assertArrayEquals(new float[] {20, 21}, images.image(2));
    }

    @Test void scalingDividesAndLeavesTheOriginalAlone() {
        Images images = images(2);
        Images scaled = images.scaled(10);
        assertArrayEquals(new float[] {0, 0.1f, 1, 1.1f}, scaled.pixels());
        assertArrayEquals(new float[] {0, 1, 10, 11}, images.pixels());
    }

    @Test void oneHotHasASingleOnePerRow() {
        assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0}, images(4).oneHot());
    }

    @Test void rowsComeInTheOrderAskedFor() {
        Images rows = images(5).rows(4, 0, 4);
        assertArrayEquals(new float[] {40, 41, 0, 1, 40, 41}, rows.pixels());
        assertArrayEquals(new int[] {1, 0, 1}, rows.labels());
    }

    @Test void takesTheFirst() {
        assertArrayEquals(new float[] {0, 1, 10, 11}, images(5).take(2).pixels());
        assertArrayEquals(new int[] {0, 1}, images(5).take(2).labels());
    }

    @Test void splitsInOrderRoundingDown() {
        Images.Split split = images(9).split(0.5);
        assertEquals(4, split.train().size());
        assertArrayEquals(images(4).pixels(), split.train().pixels());
        assertArrayEquals(new float[] {40, 41, 50, 51, 60, 61, 70, 71, 80, 81}, split.test().pixels());
        assertArrayEquals(new int[] {1, 2, 0, 1, 2}, split.test().labels());
    }

    @Test void aRandomSplitHasEveryImageOnceAndIsTheSameForTheSameSeed() {
        Images.Split split = images(10).split(0.7, new Rng(6));
        assertArrayEquals(split.train().pixels(), images(10).split(0.7, new Rng(6)).train().pixels());
        assertEquals(7, split.train().size());
        assertEquals(3, split.test().size());
        float[] all = Arrays.copyOf(split.train().pixels(), 20);
        System.arraycopy(split.test().pixels(), 0, all, 14, 6);
        for (int i = 0; i < 10; i++) assertEquals(all[2 * i] + 1, all[2 * i + 1]);
        Arrays.sort(all);
        assertArrayEquals(images(10).pixels(), all);
    }

    @Test void readsWell() {
        assertEquals("Images(4 of 1×2, pixels 0 … 31, 3 classes)", images(4).toString());
        assertEquals("Images(4 of 1×2, pixels 0 … 0.5, 3 classes)", images(4).scaled(62).toString());
    }

    @Test void refusesALabelThatIsNoClass() {
        refused("Images: label 12 at row 3, classes 0..9", () -> new Images(new float[4], new int[] {0, 9, 5, 12}, 1, 1, 10));
        refused("Images: label -1 at row 0, classes 0..9", () -> new Images(new float[1], new int[] {-1}, 1, 1, 10));
    }

    @Test void refusesSizesBeyondEveryArray() {
        refused("Images: 16 labels and 1073741824×1073741824 pixels each do not match 0 pixels",
                () -> new Images(new float[0], new int[16], 1 << 30, 1 << 30, 10));
        Images manyClasses = new Images(new float[2], new int[2], 1, 1, Integer.MAX_VALUE);
        refused("oneHot: 2 × 2147483647 numbers are too many for one array", manyClasses::oneHot);
    }

    @Test void refusesWhatDoesNotFitTogether() {
        refused("Images: needs at least one image", () -> new Images(new float[0], new int[0], 8, 8, 10));
        refused("Images: size must be at least 1×1, got 0×8", () -> new Images(new float[0], new int[1], 0, 8, 10));
        refused("Images: 2 labels and 2×3 pixels each do not match 11 pixels", () -> new Images(new float[11], new int[2], 2, 3, 10));
        refused("Images: 65536 labels and 256×256 pixels each do not match 0 pixels", () ->
                new Images(new float[0], new int[65536], 256, 256, 10));
    }

    @Test void refusesADivisorThatIsNotPositive() {
        refused("scaled: divisor must be positive and finite, got 0.0", () -> images(1).scaled(0));
        refused("scaled: divisor must be positive and finite, got NaN", () -> images(1).scaled(Double.NaN));
    }

    @Test void refusesPartsThatAreEmptyOrMoreThanThereAre() {
        refused("split: 0.8 of 1 images leaves one side empty", () -> images(1).split(0.8));
        refused("split: 1.0 of 5 images leaves one side empty", () -> images(5).split(1, new Rng(0)));
        refused("split: NaN of 5 images leaves one side empty", () -> images(5).split(Double.NaN));
        refused("take: between 1 and 5 images, got 6", () -> images(5).take(6));
        refused("take: between 1 and 5 images, got 0", () -> images(5).take(0));
    }

    @Test void refusesAnImageThatIsNotThere() {
        assertEquals("image 5: there are 5", assertThrows(IndexOutOfBoundsException.class, () -> images(5).image(5)).getMessage());
        assertEquals("rows: image -1: there are 5",
                assertThrows(IndexOutOfBoundsException.class, () -> images(5).rows(0, -1)).getMessage());
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
