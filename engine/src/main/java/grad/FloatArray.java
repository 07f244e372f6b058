package grad;

import java.util.Arrays;
import java.util.Locale;

/** Floats in row-major order and their shape: what a tensor is before anything is computed with it. */
abstract class FloatArray {
    final int[] shape;
    final float[] data;

    FloatArray(float[] data, int... shape) {
        this.data = data;
        this.shape = shape;
    }

    public int[] shape() { return shape.clone(); }

    public int rank() { return shape.length; }

    public int size() { return data.length; }

    /** The numbers in row-major order: the tensor's own array, to be read. Change numbers with {@code update}, so that it is noticed. */
    public float[] data() { return data; }

    /** One number. */
    public float get(int... index) { return data[Shape.offset("get", index, shape)]; }

    /** The number of a tensor that holds just one. */
    public float item() {
        if (data.length != 1) throw new IllegalStateException("item: shape " + Arrays.toString(shape) + " holds " + data.length + " numbers, not 1");
        return data[0];
    }

    /** Where the largest number is, counted in row-major order; the first of several. */
    public int argmax() { return Reduction.ofAll(data.length).argmax("argmax", data)[0]; }

    /** Where along the axis the largest number is, for each line along it, in row-major order. */
    public int[] argmax(int axis) { return Reduction.along("argmax", axis, shape, Dims.DROP).argmax("argmax", data); }

    /** What it is called in messages; empty for a number that nobody named or computed. */
    abstract String title();

    /** A readable summary: {@code relu [32, 10]: 0, 0.25, 0, … 1.5}. */
    @Override public String toString() {
        StringBuilder text = new StringBuilder(title().isEmpty() ? "" : title() + " ").append(Arrays.toString(shape)).append(':');
        int shown = data.length <= 8 ? data.length : 5;
        for (int i = 0; i < shown; i++) text.append(i == 0 ? " " : ", ").append(number(data[i]));
        if (shown < data.length) text.append(", … ").append(number(data[data.length - 1]));
        return text.toString();
    }

    private static String number(float x) {
        String text = String.format(Locale.ROOT, "%.4g", x);
        return text.contains("e") || !text.contains(".") ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
