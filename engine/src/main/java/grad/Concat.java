package grad;

import grad.kernels.Kernels;
import java.util.Arrays;

/** Arrays put one after the other along an axis, and the gradient cut into their parts again. */
final class Concat {
    private final int[][] parts;    // their shapes
    private final int axis;
    private final int[] shape;
    private final int outer;
    private final int width;        // numbers of the result for each step over the axes before the joined one
    private final int[] starts;     // where in them each part's begin

    Concat(int axis, int[]... parts) {
        if (parts.length == 0) throw new IllegalArgumentException("concat: no tensors");
        this.parts = parts;
        this.shape = parts[0].clone();
        this.axis = Shape.axis("concat", axis, shape);
        for (int i = 1; i < parts.length; i++) {
            long length = (long) shape[this.axis] + lengthThatFits(i);
            if (length > Integer.MAX_VALUE) throw new IllegalArgumentException("concat: " + length + " along axis " + axis + " are too many for one array");
            shape[this.axis] = (int) length;
        }
        this.outer = Shape.size(shape, 0, this.axis);
        this.width = Shape.size(shape, this.axis, shape.length);
        this.starts = new int[parts.length];
        for (int i = 1; i < parts.length; i++) starts[i] = starts[i - 1] + width(i - 1);
    }

    private int lengthThatFits(int i) {
        int[] own = parts[i];
        int[] expected = parts[0].clone();
        if (own.length == expected.length) expected[axis] = own[axis];
        if (!Arrays.equals(own, expected)) {
            throw new IllegalArgumentException("concat: shape " + Arrays.toString(own) + " of part " + i + " does not continue "
                    + Arrays.toString(parts[0]) + " along axis " + axis);
        }
        return own[axis];
    }

    /** The shape of the result. */
    int[] shape() { return shape; }

    /** Writes part i to its place in the result y. */
    void put(int i, float[] x, float[] y) {
        int w = width(i);
        for (int o = 0; o < outer; o++) System.arraycopy(x, o * w, y, o * width + starts[i], w);
    }

    /** Adds to the gradient of part i its part of g. */
    void addGradient(int i, float[] g, float[] gradient) {
        int w = width(i);
        for (int o = 0; o < outer; o++) Kernels.addTo(gradient, o * w, g, o * width + starts[i], w);
    }

    private int width(int i) { return Shape.size(parts[i], axis, shape.length); }
}
