package grad.data;

import grad.Rng;
import java.util.Arrays;

/**
 * Grey images of one size with a class each. The arrays are not copied on the way in or out; every method leaves them as they are.
 *
 * @param pixels shape [n, height·width]: image after image, row after row
 * @param labels n labels, 0 … classes − 1
 */
public record Images(float[] pixels, int[] labels, int height, int width, int classes) {
    /** Images to learn from, and images kept apart to test on. */
    public record Split(Images train, Images test) { }

    /** @throws IllegalArgumentException for no images, a size below 1, lengths that do not fit together, or a label that is no class */
    public Images {
        if (labels.length == 0) throw new IllegalArgumentException("Images: needs at least one image");
        if (height < 1 || width < 1) throw new IllegalArgumentException("Images: size must be at least 1×1, got " + height + "×" + width);
        if (pixels.length % labels.length != 0 || (long) height * width != pixels.length / labels.length) {
            throw new IllegalArgumentException("Images: " + labels.length + " labels and " + height + "×" + width
                    + " pixels each do not match " + pixels.length + " pixels");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("Images: label " + labels[i] + " at row " + i + ", classes 0.." + (classes - 1));
            }
        }
    }

    public int size() { return labels.length; }

    /** Pixels per image: height · width. */
    public int features() { return height * width; }

    /** A copy of the pixels of image {@code i}. */
    public float[] image(int i) {
        if (i < 0 || i >= size()) throw new IndexOutOfBoundsException("image " + i + ": there are " + size());
        return Arrays.copyOfRange(pixels, i * features(), (i + 1) * features());
    }

    /** The same images with every pixel divided by {@code divisor}: 16 for the digits and 255 for MNIST give 0 … 1. */
    public Images scaled(double divisor) {
        float d = (float) divisor;
        if (!(d > 0 && d < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("scaled: divisor must be positive and finite, got " + divisor);
        }
        float[] scaled = new float[pixels.length];
        for (int i = 0; i < scaled.length; i++) scaled[i] = pixels[i] / d;
        return new Images(scaled, labels, height, width, classes);
    }

    /** The labels as rows of zeros with a one in the label's column, shape [n, classes]. */
    public float[] oneHot() {
        float[] oneHot = new float[product("oneHot", size(), classes)];
        for (int i = 0; i < labels.length; i++) oneHot[i * classes + labels[i]] = 1;
        return oneHot;
    }

    /** Copies of the first {@code n} images. */
    public Images take(int n) {
        if (n < 1 || n > size()) throw new IllegalArgumentException("take: between 1 and " + size() + " images, got " + n);
        return range(0, n);
    }

    /** Copies of the images with these numbers, in this order. */
    public Images rows(int... rows) {
        int d = features();
        float[] x = new float[product("rows", rows.length, d)];
        int[] y = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            if (row < 0 || row >= size()) throw new IndexOutOfBoundsException("rows: image " + row + ": there are " + size());
            System.arraycopy(pixels, row * d, x, i * d, d);
            y[i] = labels[row];
        }
        return new Images(x, y, height, width, classes);
    }

    /**
     * The first images to train on and the rest to test on, in the order they have. {@code fraction} of them, rounded down, are for
     * training.
     */
    public Split split(double fraction) {
        int train = trainSize(fraction);
        return new Split(range(0, train), range(train, size()));
    }

    /** As {@link #split(double)}, of the images in random order: the same generator gives the same split. */
    public Split split(double fraction, Rng rng) {
        int train = trainSize(fraction);
        int[] order = rng.permutation(size());
        return new Split(rows(Arrays.copyOf(order, train)), rows(Arrays.copyOfRange(order, train, size())));
    }

    private int trainSize(double fraction) {
        int train = (int) (fraction * size());
        if (train < 1 || train >= size()) {
            throw new IllegalArgumentException("split: " + fraction + " of " + size() + " images leaves one side empty");
        }
        return train;
    }

    private Images range(int from, int to) {
        int d = features();
        return new Images(Arrays.copyOfRange(pixels, from * d, to * d), Arrays.copyOfRange(labels, from, to), height, width, classes);
    }

    @Override public String toString() {
        float min = pixels[0];
        float max = pixels[0];
        for (float p : pixels) {
            min = Math.min(min, p);
            max = Math.max(max, p);
        }
        return "Images(" + size() + " of " + height + "×" + width + ", pixels " + number(min)
                + " … " + number(max) + ", " + classes + " classes)";
    }

    private static int product(String what, int n, int m) {
        if ((long) n * m > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(what + ": " + n + " × " + m + " numbers are too many for one array");
        }
        return n * m;
    }

    private static String number(float x) { return x == (int) x ? Integer.toString((int) x) : Float.toString(x); }
}
