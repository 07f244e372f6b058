package grad;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API, for any width from 4 to 16 floats. Every element goes through the same operations in the same order as
 * in {@link PlainKernels}; what is left over after the last whole vector is done by those.
 *
 * <p>Each loop is a small method of its own: in a large one the compiler stops inlining and the vectors become objects.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int WIDTH = F.length();
    private static final IntVector PLACES = IntVector.zero(I).addIndex(1);        // 0, 1, 2, …
    private static final PlainKernels PLAIN = new PlainKernels();

    // Vectors of one number each. Made anew in every loop, they would use up what the compiler is willing to inline, and the rest become objects.
    private static final FloatVector LOG2_E = broadcast(Polynomials.LOG2_E);
    private static final FloatVector ROUND = broadcast(Polynomials.ROUND);
    private static final FloatVector LN2_HIGH = broadcast(Polynomials.LN2_HIGH);
    private static final FloatVector LN2_LOW = broadcast(Polynomials.LN2_LOW);
    private static final FloatVector E5 = broadcast(Polynomials.E5);
    private static final FloatVector E4 = broadcast(Polynomials.E4);
    private static final FloatVector E3 = broadcast(Polynomials.E3);
    private static final FloatVector E2 = broadcast(Polynomials.E2);
    private static final FloatVector E1 = broadcast(Polynomials.E1);
    private static final FloatVector E0 = broadcast(Polynomials.E0);
    private static final FloatVector L8 = broadcast(Polynomials.L8);
    private static final FloatVector L7 = broadcast(Polynomials.L7);
    private static final FloatVector L6 = broadcast(Polynomials.L6);
    private static final FloatVector L5 = broadcast(Polynomials.L5);
    private static final FloatVector L4 = broadcast(Polynomials.L4);
    private static final FloatVector L3 = broadcast(Polynomials.L3);
    private static final FloatVector L2 = broadcast(Polynomials.L2);
    private static final FloatVector L1 = broadcast(Polynomials.L1);
    private static final FloatVector L0 = broadcast(Polynomials.L0);
    private static final FloatVector T4 = broadcast(Polynomials.T4);
    private static final FloatVector T3 = broadcast(Polynomials.T3);
    private static final FloatVector T2 = broadcast(Polynomials.T2);
    private static final FloatVector T1 = broadcast(Polynomials.T1);
    private static final FloatVector T0 = broadcast(Polynomials.T0);
    private static final FloatVector ONE = broadcast(1f);
    private static final FloatVector TWO = broadcast(2f);
    private static final FloatVector MINUS_HALF = broadcast(-0.5f);

    VectorKernels() {
        if (WIDTH > LANES) throw new IllegalStateException("vectors of " + WIDTH + " floats are wider than the " + LANES + " lanes of a sum");
    }

    @Override public String name() { return "vector (" + WIDTH + " lanes)"; }

    @Override public void product(boolean transposeA, boolean transposeB, int from, int to, int m, int n, int k,
                                  float[] a, float[] b, float[] c) {
        VectorProduct.add(transposeA, transposeB, from, to, m, n, k, a, b, c);
    }

    @Override public void exp(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) exp(FloatVector.fromArray(F, x, xo + i)).intoArray(y, yo + i);
        PLAIN.exp(x, xo + i, y, yo + i, n - i);
    }

    @Override public void log(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) log(FloatVector.fromArray(F, x, xo + i)).intoArray(y, yo + i);
        PLAIN.log(x, xo + i, y, yo + i, n - i);
    }

    @Override public void tanh(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) tanh(FloatVector.fromArray(F, x, xo + i)).intoArray(y, yo + i);
        PLAIN.tanh(x, xo + i, y, yo + i, n - i);
    }

    /** {@link Polynomials#exp}, lane by lane. */
    private static FloatVector exp(FloatVector x) {
        x = x.blend(Polynomials.EXP_MAX, x.compare(VectorOperators.GT, Polynomials.EXP_MAX));
        x = x.blend(Polynomials.EXP_MIN, x.compare(VectorOperators.LT, Polynomials.EXP_MIN));
        FloatVector shifted = x.fma(LOG2_E, ROUND);
        IntVector n = shifted.reinterpretAsInts().sub(Polynomials.ROUND_BITS);
        FloatVector minusWhole = shifted.sub(ROUND).neg();
        FloatVector r = minusWhole.fma(LN2_HIGH, x);
        r = minusWhole.fma(LN2_LOW, r);
        FloatVector p = E5.fma(r, E4);
        p = p.fma(r, E3);
        p = p.fma(r, E2);
        p = p.fma(r, E1);
        p = p.fma(r, E0);
        p = p.fma(r.mul(r), r).add(1f);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** {@link Polynomials#log}, lane by lane. */
    private static FloatVector log(FloatVector x) {
        VectorMask<Float> denormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector scaled = x.blend(x.mul(Polynomials.DENORMAL_SCALE), denormal);
        IntVector bits = scaled.reinterpretAsInts().sub(Polynomials.SQRT_HALF_BITS);
        IntVector e = bits.lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.and(0x007fffff).add(Polynomials.SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
        FloatVector whole = e.add(Polynomials.ROUND_BITS).reinterpretAsFloats().sub(ROUND);
        whole = whole.blend(whole.sub(23f), denormal);
        FloatVector p = L8.fma(f, L7);
        p = p.fma(f, L6);
        p = p.fma(f, L5);
        p = p.fma(f, L4);
        p = p.fma(f, L3);
        p = p.fma(f, L2);
        p = p.fma(f, L1);
        p = p.fma(f, L0);
        FloatVector square = f.mul(f);
        FloatVector y = p.mul(f).mul(square);
        y = whole.fma(LN2_LOW, y);
        y = MINUS_HALF.fma(square, y);
        y = whole.fma(LN2_HIGH, f.add(y));
        y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
        return broadcast(Float.NaN).blend(y, x.compare(VectorOperators.GE, 0f));
    }

    /** {@link Polynomials#tanh}, lane by lane. */
    private static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector square = x.mul(x);
        FloatVector p = T4.fma(square, T3);
        p = p.fma(square, T2);
        p = p.fma(square, T1);
        p = p.fma(square, T0);
        FloatVector small = p.mul(square).fma(size, size);
        FloatVector capped = size.blend(Polynomials.TANH_ONE, size.compare(VectorOperators.GT, Polynomials.TANH_ONE));
        FloatVector large = ONE.sub(TWO.div(exp(capped.add(capped)).add(1f)));
        FloatVector y = large.blend(small, size.compare(VectorOperators.LT, Polynomials.TANH_SMALL));
        IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
        return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    private static FloatVector broadcast(float x) { return FloatVector.broadcast(F, x); }

    @Override public float sum(float[] x, int xo, int n) {
        float[] lanes = new float[LANES];
        int whole = n - n % LANES;
        for (int lane = 0; lane < LANES; lane += WIDTH) sumLanes(x, xo + lane, whole, lanes, lane);
        for (int i = whole; i < n; i++) lanes[i - whole] += x[xo + i];
        return Kernels.tree(lanes);
    }

    private static void sumLanes(float[] x, int xo, int n, float[] lanes, int lane) {
        FloatVector sum = FloatVector.zero(F);
        for (int i = 0; i < n; i += LANES) sum = sum.add(FloatVector.fromArray(F, x, xo + i));
        sum.intoArray(lanes, lane);
    }

    @Override public void softmax(float[] x, float[] p, float[] max, float[] logSum, int rows, int n) {
        float[] columns = new float[n * WIDTH];
        float[] sums = new float[2 * WIDTH];
        int i = 0;
        for (; i <= rows - WIDTH; i += WIDTH) {
            gather(x, i * n, n, columns);
            softmaxColumns(columns, n, sums);
            scatter(columns, n, p, i * n);
            PLAIN.log(sums, 0, logSum, i, WIDTH);
            System.arraycopy(sums, WIDTH, max, i, WIDTH);
        }
        PlainKernels.softmax(x, p, max, logSum, i, rows, n);
    }

    /** Puts WIDTH rows side by side, one row to a lane: a sum across lanes would cost more than everything else. */
    private static void gather(float[] x, int from, int n, float[] columns) {
        for (int r = 0; r < WIDTH; r++) {
            for (int j = 0; j < n; j++) columns[j * WIDTH + r] = x[from + r * n + j];
        }
    }

    private static void scatter(float[] columns, int n, float[] p, int from) {
        for (int r = 0; r < WIDTH; r++) {
            for (int j = 0; j < n; j++) p[from + r * n + j] = columns[j * WIDTH + r];
        }
    }

    /** Softmax down the columns, in place; sums and then maxima go to {@code sums}. */
    private static void softmaxColumns(float[] x, int n, float[] sums) {
        FloatVector max = FloatVector.fromArray(F, x, 0);
        for (int j = 1; j < n; j++) {
            FloatVector v = FloatVector.fromArray(F, x, j * WIDTH);
            max = max.blend(v, v.compare(VectorOperators.GT, max));
        }
        FloatVector sum = FloatVector.zero(F);
        for (int j = 0; j < n; j++) {
            FloatVector e = exp(FloatVector.fromArray(F, x, j * WIDTH).sub(max));
            e.intoArray(x, j * WIDTH);
            sum = sum.add(e);
        }
        FloatVector scale = broadcast(1f).div(sum);
        for (int j = 0; j < n; j++) FloatVector.fromArray(F, x, j * WIDTH).mul(scale).intoArray(x, j * WIDTH);
        sum.intoArray(sums, 0);
        max.intoArray(sums, WIDTH);
    }

    @Override public void dropout(float[] x, float[] y, int n, int seed, int threshold, float scale) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            IntVector h = PLACES.add(i).lanewise(VectorOperators.XOR, seed);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16)).mul(0x7feb352d);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15)).mul(0x846ca68b);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
            VectorMask<Float> kept = h.lanewise(VectorOperators.LSHR, 1).compare(VectorOperators.GE, threshold).cast(F);
            FloatVector before = FloatVector.fromArray(F, y, i);
            FloatVector after = FloatVector.fromArray(F, x, i).fma(broadcast(scale), before);
            before.blend(after, kept).intoArray(y, i);
        }
        for (; i < n; i++) if (!Polynomials.dropped(seed, i, threshold)) y[i] = Math.fma(x[i], scale, y[i]);
    }

    @Override public void adam(float[] p, float[] g, float[] m, float[] v, AdamStep step) {
        int i = 0;
        for (; i <= p.length - WIDTH; i += WIDTH) {
            FloatVector parameter = FloatVector.fromArray(F, p, i);
            FloatVector gradient = broadcast(step.decay()).fma(parameter, FloatVector.fromArray(F, g, i));
            FloatVector mean = FloatVector.fromArray(F, m, i);
            FloatVector square = FloatVector.fromArray(F, v, i);
            FloatVector first = flush(broadcast(step.mix1()).fma(gradient.sub(mean), mean));
            FloatVector second = flush(broadcast(step.mix2()).fma(gradient.fma(gradient, square.neg()), square));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector change = broadcast(step.rate()).mul(first).div(second.sqrt().add(step.epsilon()));
            flush(parameter.fma(broadcast(step.kept()), change.neg())).intoArray(p, i);
        }
        PlainKernels.adam(p, g, m, v, step, i);
    }

    private static FloatVector flush(FloatVector x) { return x.blend(0f, x.abs().compare(VectorOperators.LT, Float.MIN_NORMAL)); }
}
