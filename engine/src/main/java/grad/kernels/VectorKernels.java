package grad.kernels;

import grad.scalar.Op;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
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
    private static final VectorSpecies<Float> F = VectorWidth.F;
    private static final VectorSpecies<Integer> I = F.withLanes(int.class);
    private static final int WIDTH = VectorWidth.WIDTH;
    private static final int HALF = WIDTH / 2;                                    // as many doubles are as wide
    private static final VectorSpecies<Double> D = VectorSpecies.of(double.class, F.vectorShape());
    private static final IntVector PLACES = IntVector.zero(I).addIndex(1);        // 0, 1, 2, …

    @Override public String name() { return "vector (" + WIDTH + " lanes)"; }

    @Override public void product(Factors f, int from, int to, int first, int last, float[] start, float[] c, int co) {
        VectorProduct.product(f, from, to, first, last, start, c, co);
    }

    @Override public void forward(Op op, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        VectorPointwise.forward(op, a, ao, b, bo, y, yo, n);
    }

    @Override public void addDa(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        VectorPointwise.addDa(op, a, ao, b, bo, y, g, at, d, to, n);
    }

    @Override public void addDb(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        VectorPointwise.addDb(op, a, ao, b, bo, y, g, at, d, to, n);
    }

    @Override public void clamp(float[] x, float[] y, float low, float high) {
        int i = 0;
        for (; i <= x.length - WIDTH; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            v.blend(low, v.compare(VectorOperators.LT, low)).blend(high, v.compare(VectorOperators.GT, high)).intoArray(y, i);
        }
        PlainKernels.clamp(x, y, low, high, i);
    }

    @Override public void addInside(float[] x, float[] g, float[] d, float low, float high) {
        int i = 0;
        for (; i <= x.length - WIDTH; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(F, x, i);
            VectorMask<Float> inside = v.compare(VectorOperators.GE, low).and(v.compare(VectorOperators.LE, high));
            FloatVector before = FloatVector.fromArray(F, d, i);
            before.blend(before.add(FloatVector.fromArray(F, g, i)), inside).intoArray(d, i);
        }
        PlainKernels.addInside(x, g, d, low, high, i);
    }

    private static FloatVector broadcast(float x) { return FloatVector.broadcast(F, x); }

    /** Half of the lanes as doubles: the first, part 0, or the others, part 1. */
    private static DoubleVector doubles(FloatVector x, int part) { return (DoubleVector) x.convertShape(VectorOperators.F2D, D, part); }

    @Override public double sum(float[] x, int xo, int n) {
        double[] lanes = new double[LANES];
        int whole = n - n % LANES;
        for (int lane = 0; lane < LANES; lane += WIDTH) addUp(x, xo + lane, n / LANES, LANES, lanes, lane);
        for (int i = whole; i < n; i++) lanes[i - whole] += x[xo + i];
        return Kernels.tree(lanes);
    }

    @Override public void addRows(float[] x, int xo, int rows, int n, int columns, double[] sums) {
        int j = 0;
        for (; j <= columns - WIDTH; j += WIDTH) addUp(x, xo + j, rows, n, sums, j);
        for (; j < columns; j++) addColumn(x, xo + j, rows, n, sums, j);
    }

    /** As many columns as the vector is wide. */
    private static void addUp(float[] x, int xo, int rows, int n, double[] sums, int at) {
        DoubleVector low = DoubleVector.fromArray(D, sums, at);
        DoubleVector high = DoubleVector.fromArray(D, sums, at + HALF);
        for (int r = 0; r < rows; r++) {
            FloatVector v = FloatVector.fromArray(F, x, xo + r * n);
            low = low.add(doubles(v, 0));
            high = high.add(doubles(v, 1));
        }
        low.intoArray(sums, at);
        high.intoArray(sums, at + HALF);
    }

    private static void addColumn(float[] x, int xo, int rows, int n, double[] sums, int at) {
        for (int r = 0; r < rows; r++) sums[at] += x[xo + r * n];
    }

    @Override public void softmax(float[] x, float[] p, float[] max, float[] logSum, int rows, int n) {
        boolean many = rows >= WIDTH;        // then WIDTH rows fit into an array, as x holds them
        float[] columns = many ? new float[n * WIDTH] : null;
        float[] sums = new float[2 * WIDTH];
        double[] doubles = new double[WIDTH];
        int i = 0;
        for (; i <= rows - WIDTH; i += WIDTH) {
            gather(x, i * n, n, columns);
            softmaxColumns(columns, n, sums, doubles);
            scatter(columns, n, p, i * n);
            VectorPointwise.forward(Op.LOG, sums, 0, sums, 0, logSum, i, WIDTH);
            System.arraycopy(sums, WIDTH, max, i, WIDTH);
        }
        PlainKernels.softmax(x, p, max, logSum, i, rows, n);
    }

    /** Puts WIDTH rows side by side, one row to a lane: a sum across lanes would cost more than everything else. */
    private static void gather(float[] x, int from, int n, float[] columns) {
        for (int j = 0; j < n; j++) {
            for (int r = 0; r < WIDTH; r++) columns[j * WIDTH + r] = x[from + r * n + j];
        }
    }

    private static void scatter(float[] columns, int n, float[] p, int from) {
        for (int j = 0; j < n; j++) {
            for (int r = 0; r < WIDTH; r++) p[from + r * n + j] = columns[j * WIDTH + r];
        }
    }

    /** Softmax down the columns, in place; sums and then maxima go to {@code sums}. */
    private static void softmaxColumns(float[] x, int n, float[] sums, double[] doubles) {
        FloatVector max = FloatVector.fromArray(F, x, 0);
        for (int j = 1; j < n; j++) {
            FloatVector v = FloatVector.fromArray(F, x, j * WIDTH);
            max = max.blend(v, v.compare(VectorOperators.GT, max));
        }
        for (int j = 0; j < n; j++) VectorPolynomials.exp(FloatVector.fromArray(F, x, j * WIDTH).sub(max)).intoArray(x, j * WIDTH);
        max.intoArray(sums, WIDTH);
        Arrays.fill(doubles, 0);
        addUp(x, 0, n, WIDTH, doubles, 0);
        for (int i = 0; i < WIDTH; i++) sums[i] = (float) doubles[i];
        FloatVector scale = broadcast(1f).div(FloatVector.fromArray(F, sums, 0));
        for (int j = 0; j < n; j++) FloatVector.fromArray(F, x, j * WIDTH).mul(scale).intoArray(x, j * WIDTH);
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
        for (; i < n; i++) if (!Polynomials.dropped(seed, i, threshold)) y[i] = Fma.fma(x[i], scale, y[i]);
    }

    @Override public void adam(float[] p, float[] g, float[] m, float[] v, AdamStep step) {
        int i = 0;
        for (; i <= p.length - WIDTH; i += WIDTH) {
            FloatVector parameter = FloatVector.fromArray(F, p, i);
            FloatVector gradient = broadcast(step.decay()).fma(parameter, FloatVector.fromArray(F, g, i));
            FloatVector mean = FloatVector.fromArray(F, m, i);
            FloatVector square = FloatVector.fromArray(F, v, i);
            FloatVector first = flush(broadcast(step.mix1()).fma(gradient.sub(mean), mean), step.smallestMoment());
            FloatVector second = flush(broadcast(step.mix2()).fma(gradient.fma(gradient, square.neg()), square), step.smallestMoment());
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector change = broadcast(step.rate()).mul(first).div(second.sqrt().add(step.epsilon()));
            flush(parameter.fma(broadcast(step.kept()), change.neg()), Float.MIN_NORMAL).intoArray(p, i);
        }
        PlainKernels.adam(p, g, m, v, step, i);
    }

    private static FloatVector flush(FloatVector x, float smallest) { return x.blend(0f, x.abs().compare(VectorOperators.LT, smallest)); }
}
