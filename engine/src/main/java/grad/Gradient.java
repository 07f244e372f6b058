package grad;

import grad.kernels.Factors;
import grad.kernels.Product;
import java.util.Arrays;

/** The gradient of one tensor: what backward passes add to. Its array is made when first something is added. */
final class Gradient {
    private final int size;
    private final boolean kept;         // a leaf keeps it; a computed tensor's array goes back to the pool
    private float[] numbers;
    private boolean blank;              // it is 0, whatever the array still holds

    Gradient(int size, boolean kept) {
        this.size = size;
        this.kept = kept;
    }

    /** Whether something was added since it was made, or set to 0. */
    boolean isSet() { return numbers != null && !blank; }

    /** Sets it to 0. */
    void zero() { blank = true; }

    /** Its numbers, to be read; null before the first were added. */
    float[] numbers() {
        if (numbers != null && blank) Arrays.fill(numbers, 0);
        return numbers;
    }

    /** Its numbers, to be added to. */
    float[] sum() {
        prepare();
        if (blank) Arrays.fill(numbers, 0);
        blank = false;
        return numbers;
    }

    /** Adds a stack of products {@code op(a) · op(b)}, one after the other; a first one is written, which saves the zeros. */
    void addProducts(int count, boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b) {
        prepare();
        float[] start = blank ? new float[n] : null;
        for (int i = 0; i < count; i++) {
            Product.compute(new Factors(transposeA, transposeB, m, n, k, a, i * m * k, b, i * k * n), start, numbers, i * m * n);
        }
        blank = false;
    }

    private void prepare() {
        if (numbers != null) return;
        float[] used = kept ? null : GradientPool.take(size);
        blank = used != null;
        numbers = blank ? used : new float[size];
    }

    /** Ends the life of a computed tensor's gradient, once it has been passed on. */
    void drop() {
        if (numbers != null) GradientPool.give(numbers);
        numbers = null;
    }
}
