package grad.kernels;

import grad.scalar.Op;

/** The kernels in plain Java, written so that the JIT compiler can use the machine's vectors where it knows how. */
final class PlainKernels implements Kernels {
    @Override public String name() { return "plain"; }

    @Override public void product(Factors f, int from, int to, int first, int last, float[] start, float[] c, int co) {
        int n = f.n();
        float[] rows = f.transposeB() ? transposed(f, first, last) : f.b();
        int bo = f.transposeB() ? -first * n : f.bo();
        for (int i = from; i < to; i++) {
            if (start != null) System.arraycopy(start, 0, c, co + i * n, n);
            for (int p = first; p < last; p++) {
                float x = f.a()[f.ao() + (f.transposeA() ? p * f.m() + i : i * f.k() + p)];
                addRow(x, rows, bo + p * n, c, co + i * n, n);
            }
        }
    }

    private static void addRow(float x, float[] b, int bo, float[] c, int co, int n) {
        for (int j = 0; j < n; j++) c[co + j] = Fma.fma(x, b[bo + j], c[co + j]);
    }

    /** Some columns of b[n, k], as rows. */
    private static float[] transposed(Factors f, int first, int last) {
        int n = f.n();
        float[] y = new float[n * (last - first)];
        for (int i = 0; i < n; i++) {
            for (int j = first; j < last; j++) y[(j - first) * n + i] = f.b()[f.bo() + i * f.k() + j];
        }
        return y;
    }

    @Override public void forward(Op op, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        PlainPointwise.forward(op, a, ao, b, bo, y, yo, n);
    }

    @Override public void addDa(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        PlainPointwise.addDa(op, a, ao, b, bo, y, g, at, d, to, n);
    }

    @Override public void addDb(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        PlainPointwise.addDb(op, a, ao, b, bo, y, g, at, d, to, n);
    }

    @Override public void clamp(float[] x, float[] y, float low, float high) { clamp(x, y, low, high, 0); }

    /** Elements from {@code from} on. */
    static void clamp(float[] x, float[] y, float low, float high, int from) {
        for (int i = from; i < x.length; i++) y[i] = x[i] < low ? low : x[i] > high ? high : x[i];
    }

    @Override public void addInside(float[] x, float[] g, float[] d, float low, float high) { addInside(x, g, d, low, high, 0); }

    /** Elements from {@code from} on. */
    static void addInside(float[] x, float[] g, float[] d, float low, float high, int from) {
        for (int i = from; i < x.length; i++) if (x[i] >= low && x[i] <= high) d[i] += g[i];
    }

    @Override public double sum(float[] x, int xo, int n) {
        double[] lanes = new double[LANES];
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) lanes[lane] += x[xo + i + lane];
        }
        for (int i = whole; i < n; i++) lanes[i - whole] += x[xo + i];
        return Kernels.tree(lanes);
    }

    @Override public void addRows(float[] x, int xo, int rows, int n, int columns, double[] sums) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) sums[j] += x[xo + r * n + j];
        }
    }

    @Override public void softmax(float[] x, float[] p, float[] max, float[] logSum, int rows, int n) {
        softmax(x, p, max, logSum, 0, rows, n);
    }

    /** Rows {@code first} to {@code rows}. */
    static void softmax(float[] x, float[] p, float[] max, float[] logSum, int first, int rows, int n) {
        for (int i = first; i < rows; i++) {
            max[i] = largest(x, i * n, n);
            logSum[i] = softmaxRow(x, p, max[i], i * n, n);
        }
    }

    private static float largest(float[] x, int from, int n) {
        float max = x[from];
        for (int j = 1; j < n; j++) max = x[from + j] > max ? x[from + j] : max;
        return max;
    }

    private static float softmaxRow(float[] x, float[] p, float max, int from, int n) {
        double sum = 0;
        for (int j = from; j < from + n; j++) {
            p[j] = Polynomials.exp(x[j] - max);
            sum += p[j];
        }
        float scale = 1f / (float) sum;
        for (int j = from; j < from + n; j++) p[j] *= scale;
        return Polynomials.log((float) sum);
    }

    @Override public void dropout(float[] x, float[] y, int n, int seed, int threshold, float scale) {
        for (int i = 0; i < n; i++) if (!Polynomials.dropped(seed, i, threshold)) y[i] = Fma.fma(x[i], scale, y[i]);
    }

    @Override public void adam(float[] p, float[] g, float[] m, float[] v, AdamStep step) { adam(p, g, m, v, step, 0); }

    /** Elements from {@code from} on. */
    static void adam(float[] p, float[] g, float[] m, float[] v, AdamStep step, int from) {
        for (int i = from; i < p.length; i++) {
            float gradient = Fma.fma(step.decay(), p[i], g[i]);
            m[i] = Polynomials.flush(Fma.fma(step.mix1(), gradient - m[i], m[i]), step.smallestMoment());
            v[i] = Polynomials.flush(Fma.fma(step.mix2(), Fma.fma(gradient, gradient, -v[i]), v[i]), step.smallestMoment());
            float change = step.rate() * m[i] / ((float) Math.sqrt(v[i]) + step.epsilon());
            p[i] = Polynomials.flush(Fma.fma(p[i], step.kept(), -change), Float.MIN_NORMAL);
        }
    }
}
