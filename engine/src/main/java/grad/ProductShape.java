package grad;

import grad.kernels.Factors;
import grad.kernels.Product;
import java.util.Arrays;

/**
 * Which matrix products are wanted; {@link Product} computes them. A stack of {@code a[m, k] · b[k, n]} each, or {@code a[m, k] · b[n,
 * k]ᵀ}, and the shape of the results.
 */
record ProductShape(int count, boolean transposeB, int m, int n, int k, int[] shape) {
    /** Of two shapes. A single matrix b is met by all rows of a, whatever stack they stand in: that is one product. */
    static ProductShape of(String operation, int[] a, int[] b, boolean transposeB) {
        if (a.length < 2 || b.length < 2) throw misfit(operation, a, b, "both must be matrices; reshape adds an axis");
        if (transposeB && b.length > 2) throw misfit(operation, a, b, "the weights must be a matrix");
        int k = a[a.length - 1];
        int ofB = b[b.length - (transposeB ? 1 : 2)];
        if (k != ofB) {
            String differ = transposeB ? "the layer expects " + ofB + " inputs, got " + k : "inner sizes " + k + " and " + ofB + " differ";
            throw misfit(operation, a, b, differ);
        }
        int n = b[b.length - (transposeB ? 2 : 1)];
        if (b.length == 2) return new ProductShape(1, transposeB, Shape.size(a, 0, a.length - 1), n, k, Shape.resized(a, a.length - 1, n));
        int m = a[a.length - 2];
        int[] stack = Shape.broadcast(operation, Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        return new ProductShape(Shape.size(stack), false, m, n, k, onStack(stack, m, n));
    }

    private static IllegalArgumentException misfit(String operation, int[] a, int[] b, String why) {
        return new IllegalArgumentException(operation + ": " + Arrays.toString(a) + " x " + Arrays.toString(b) + ": " + why);
    }

    /** The shape that matrices a must have, all of them, so that there is one for each product. */
    int[] stretchedA() { return onStack(stack(), m, k); }

    /** The same for b. */
    int[] stretchedB() { return onStack(stack(), k, n); }

    private int[] stack() { return Arrays.copyOf(shape, shape.length - 2); }

    private static int[] onStack(int[] stack, int rows, int columns) {
        int[] shape = Arrays.copyOf(stack, stack.length + 2);
        shape[stack.length] = rows;
        shape[stack.length + 1] = columns;
        return shape;
    }

    /** All products. The sums of each row start from {@code start}, n numbers, or from 0. */
    float[] forward(float[] a, float[] b, float[] start) {
        float[] c = new float[Shape.size(shape)];
        for (int i = 0; i < count; i++) {
            Product.compute(new Factors(false, transposeB, m, n, k, a, i * m * k, b, i * k * n), start, c, i * m * n);
        }
        return c;
    }
}
