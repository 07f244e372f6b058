package grad;

import java.util.Arrays;
import java.util.Locale;

/** Floats in row-major order and their shape: what a tensor is before anything is computed with it. */
abstract class FloatArray {
    final int[] shape;
    final float[] data;
    String name;

    FloatArray(float[] data, int... shape) {
        this.data = data;
        this.shape = shape;
    }

    static float[] flat(double[][] rows) {
        for (int i = 0; i < rows.length; i++) if (rows[i] == null) throw new NullPointerException("of: row " + i + " is null");
        int columns = rows.length == 0 ? 0 : rows[0].length;
        float[] data = new float[Shape.size(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException("of: row " + i + " has " + rows[i].length + " numbers, row 0 has " + columns);
            }
            for (int j = 0; j < columns; j++) data[i * columns + j] = (float) rows[i][j];
        }
        return data;
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
        if (data.length != 1) {
            throw new IllegalStateException("item: shape " + Arrays.toString(shape) + " holds " + data.length + " numbers, not 1");
        }
        return data[0];
    }

    /** Where the largest number is, counted in row-major order; the first of several. */
    public int argmax() { return Reduction.ofAll("argmax", data.length).withElements().argmax(data)[0]; }

    /** Where along the axis the largest number is, for each line along it, in row-major order. */
    public int[] argmax(int axis) { return Reduction.along("argmax", axis, shape, Dims.DROP).withElements().argmax(data); }

    /** Its name, or null. */
    public String name() { return name; }

    /** What computed it; empty for a leaf. */
    abstract String operation();

    /** A readable summary: {@code relu [32, 10]: 0, 0.25, 0, … 1.5}. */
    @Override public String toString() {
        String title = name == null ? operation() : name;
        StringBuilder text = new StringBuilder(title.isEmpty() ? "" : title + " ").append(Arrays.toString(shape)).append(':');
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
