package grad.kernels;

import grad.scalar.Op;

/**
 * The loops that carry the weight. Two classes implement them, one in plain Java and one with the Vector API, and both give the same
 * bits: a product adds over k in ascending order with {@link Fma}, a sum adds doubles in {@value #LANES} lanes that one fixed tree adds up,
 * and exp, log and tanh are the same polynomials ({@link Polynomials}). Only which NaN comes out, of the many there are, is not fixed.
 *
 * <p>Arrays are row-major; {@code xo} is where {@code x} starts.
 */
public interface Kernels {
    /** Lanes of every sum, whatever the width of the machine. */
    int LANES = 16;

    /** What is in use, for people: {@code vector (8 lanes)} or {@code plain}. */
    String name();

    /**
     * Rows {@code from} to {@code to} of {@code c[m, n] = start + op(a) · op(b)}, as far as the terms {@code first} to {@code last} of each
     * sum over k, in ascending order. c starts at {@code co}.
     *
     * @param start n numbers that the sums of every row start from; null where they continue from what c holds
     */
    void product(Factors f, int from, int to, int first, int last, float[] start, float[] c, int co);

    /** {@code y = op(a, b)}, element by element; exp, log and tanh within 1 ulp of the correctly rounded float. */
    void forward(Op op, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

    /** Adds {@code g · ∂y/∂a} to d; y and g start at {@code at}, d at {@code to}. */
    void addDa(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n);

    /** Adds {@code g · ∂y/∂b} to d. */
    void addDb(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n);

    /** {@code y = x} moved into [low, high]; NaN stays. */
    void clamp(float[] x, float[] y, float low, float high);

    /** {@code d += g} where x lies in [low, high]. */
    void addInside(float[] x, float[] g, float[] d, float low, float high);

    /** The sum of n numbers, in doubles. Element i belongs to lane i mod {@value #LANES}; the lanes are added by {@link #tree}. */
    double sum(float[] x, int xo, int n);

    /** The product of the sizes from axis {@code from} up to, and without, axis {@code to}; each shape has been found to fit an array. */
    static int size(int[] shape, int from, int to) {
        int size = 1;
        for (int i = from; i < to; i++) size *= shape[i];
        return size;
    }

    /** {@code sum += x}, from {@code at} and {@code from} on. */
    static void addTo(float[] sum, int at, float[] x, int from, int n) {
        for (int i = 0; i < n; i++) sum[at + i] += x[from + i];
    }

    /** {@code d += g} where the condition is, or is not, 0. */
    static void addWhere(boolean chosen, float[] condition, float[] g, float[] d) {
        for (int i = 0; i < g.length; i++) if (condition[i] != 0 == chosen) d[i] += g[i];
    }

    /** Adds the first {@code columns} numbers of each row of x, which is {@code n} long, to the sums, row after row. */
    void addRows(float[] x, int xo, int rows, int n, int columns, double[] sums);

    /**
     * For each of the rows of {@code x[rows, n]}: writes softmax(x) to {@code p}, the row's maximum to {@code max} and
     * {@code log Σ exp(x − max)} to {@code logSum}. Without the maximum taken out exp overflows at 88; a row is summed in ascending order,
     * in doubles.
     */
    void softmax(float[] x, float[] p, float[] max, float[] logSum, int rows, int n);

    /**
     * {@code y += scale · x} where element i is kept; see {@link Polynomials#dropped}.
     */
    void dropout(float[] x, float[] y, int n, int seed, int threshold, float scale);

    /** One step of Adam (Kingma and Ba 2015, Algorithm 1) on the parameters p with gradient g and moments m and v. */
    void adam(float[] p, float[] g, float[] m, float[] v, AdamStep step);

    /** Adds 16 lanes in the one fixed order: halves onto each other, 8, 4, 2, 1. Uses up the array. */
    static double tree(double[] lanes) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }
        return lanes[0];
    }
}
