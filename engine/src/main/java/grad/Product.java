package grad;

import java.util.stream.IntStream;

/** Matrix products, shared out over threads where they are large enough to pay. Threads get rows of the result, so no sum is ever split. */
final class Product {
    /** How many threads a large product may use. */
    private static final int THREADS = threads(System.getProperty("javagrad.threads"), Runtime.getRuntime().availableProcessors());

    /** Multiplications a thread must have to itself before it is worth waking, and copying b once more: some 0.1 ms. */
    private static final long WORTH_A_THREAD = 3L << 22;

    private Product() { }

    private static int threads(String wanted, int otherwise) {
        if (wanted == null) return otherwise;
        if (!wanted.matches("[1-9]\\d{0,4}")) throw new ExceptionInInitializerError("javagrad.threads is \"" + wanted + "\"; it is a whole number, 1 or more");
        return Integer.parseInt(wanted);
    }

    /** {@code c[m, n] = start + op(a) · op(b)}; see {@link Kernels#product}. */
    static void compute(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, float[] start, float[] c) {
        int parts = (int) Math.max(1, Math.min(Math.min(THREADS, m), (long) m * n * k / WORTH_A_THREAD));
        if (parts == 1) {
            Kernels.LIVE.product(transposeA, transposeB, 0, m, m, n, k, a, b, start, c);
            return;
        }
        IntStream.range(0, parts).parallel().forEach(part -> {
            int from = (int) ((long) m * part / parts);
            int to = (int) ((long) m * (part + 1) / parts);
            Kernels.LIVE.product(transposeA, transposeB, from, to, m, n, k, a, b, start, c);
        });
    }
}
