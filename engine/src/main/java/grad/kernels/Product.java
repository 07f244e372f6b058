package grad.kernels;

/**
 * Matrix products, shared out over threads where they are large enough to pay. Threads get rows of the result, so no sum is divided
 * between them. The loops over rows, columns and terms are in {@code PlainKernels} and {@code VectorProduct}.
 *
 * <p>Each sum runs over k in ascending order. Added one by one, millions of floats lose their last digits; so after every {@value #TERMS}
 * terms the sum goes to a double, and a new one begins.
 */
public final class Product {
    /** Multiplications a thread must have to itself before it is worth waking, and copying b once more: some 0.1 ms. */
    private static final long WORTH_A_THREAD = 3L << 22;

    private static final int TERMS = 4096;
    private static final int BAND = 256;        // rows whose doubles are kept at a time

    private Product() { }

    /** {@code c[m, n] = start + op(a) · op(b)}, where c starts at {@code co}; see {@link Kernels#product}. */
    public static void compute(Factors f, float[] start, float[] c, int co) {
        int m = f.m();
        int parts = (int) Math.max(1, Math.min(Math.min(Machine.THREADS, m), (long) m * f.n() * f.k() / WORTH_A_THREAD));
        if (parts == 1) rows(f, 0, m, start, c, co);
        else Machine.share(parts, i -> rows(f, (int) ((long) m * i / parts), (int) ((long) m * (i + 1) / parts), start, c, co));
    }

    /** Rows {@code from} to {@code to} of c. */
    private static void rows(Factors f, int from, int to, float[] start, float[] c, int co) {
        if (f.k() <= TERMS) Chosen.KERNELS.product(f, from, to, 0, f.k(), start, c, co);
        else for (int i = from; i < to; i += BAND) longRows(f, i, Math.min(to, i + BAND), start, c, co);
    }

    private static void longRows(Factors f, int from, int to, float[] start, float[] c, int co) {
        int n = f.n();
        int k = f.k();
        int at = co + from * n;
        double[] sums = new double[(to - from) * n];
        float[] zeros = new float[n];
        for (int first = 0; first < k; first += TERMS) {
            Chosen.KERNELS.product(f, from, to, first, Math.min(k, first + TERMS), first == 0 ? start : zeros, c, co);
            for (int i = 0; i < sums.length; i++) sums[i] += c[at + i];
        }
        for (int i = 0; i < sums.length; i++) c[at + i] = (float) sums[i];
    }
}
