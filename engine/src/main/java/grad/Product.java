package grad;

import java.util.stream.IntStream;

/**
 * A matrix product {@code op(a) · op(b)} of shape [m, n], where {@code op} transposes when asked to: a is [m, k] or, transposed, [k, m];
 * b is [k, n] or, transposed, [n, k]. It is shared out over threads where it is large enough to pay. Threads get rows of the result, so no
 * sum is divided between them.
 *
 * <p>Each sum runs over k in ascending order. Added one by one, millions of floats lose their last digits; so after every {@value #TERMS}
 * terms the sum goes to a double, and a new one begins.
 */
record Product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b) {
    /** How many threads a large product may use. */
    private static final int THREADS = threads(System.getProperty("javagrad.threads"), Runtime.getRuntime().availableProcessors());

    /** Multiplications a thread must have to itself before it is worth waking, and copying b once more: some 0.1 ms. */
    private static final long WORTH_A_THREAD = 3L << 22;

    private static final int TERMS = 4096;
    private static final int BAND = 256;        // rows whose doubles are kept at a time

    private static int threads(String wanted, int otherwise) {
        if (wanted == null) return otherwise;
        if (!wanted.matches("[1-9]\\d{0,4}")) throw new ExceptionInInitializerError("javagrad.threads is \"" + wanted + "\"; it is a whole number, 1 or more");
        return Integer.parseInt(wanted);
    }

    /** {@code c[m, n] = start + op(a) · op(b)}; see {@link Kernels#product}. */
    void compute(float[] start, float[] c) {
        int parts = (int) Math.max(1, Math.min(Math.min(THREADS, m), (long) m * n * k / WORTH_A_THREAD));
        if (parts == 1) {
            rows(0, m, start, c);
            return;
        }
        IntStream.range(0, parts).parallel().forEach(part -> rows((int) ((long) m * part / parts), (int) ((long) m * (part + 1) / parts), start, c));
    }

    /** Rows {@code from} to {@code to} of c. */
    void rows(int from, int to, float[] start, float[] c) {
        if (k <= TERMS) Kernels.LIVE.product(this, from, to, 0, k, start, c);
        else for (int i = from; i < to; i += BAND) longRows(i, Math.min(to, i + BAND), start, c);
    }

    private void longRows(int from, int to, float[] start, float[] c) {
        double[] sums = new double[(to - from) * n];
        float[] zeros = new float[n];
        for (int first = 0; first < k; first += TERMS) {
            Kernels.LIVE.product(this, from, to, first, Math.min(k, first + TERMS), first == 0 ? start : zeros, c);
            for (int i = 0; i < sums.length; i++) sums[i] += c[from * n + i];
        }
        for (int i = 0; i < sums.length; i++) c[from * n + i] = (float) sums[i];
    }
}
