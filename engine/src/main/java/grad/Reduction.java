package grad;

/** Sums and maxima along one axis of a tensor seen as [outer, n, inner]. Sums are added up in doubles and rounded once. */
final class Reduction {
    private static final int COLUMNS = 1024;        // whose sums are kept at a time

    private final int outer;
    private final int n;
    private final int inner;

    /** Along {@code axis} of {@code shape}. */
    Reduction(int[] shape, int axis) {
        this.outer = Shape.size(shape, 0, axis);
        this.n = shape[axis];
        this.inner = Shape.size(shape, axis + 1, shape.length);
    }

    /** The sums along the axis, each divided by {@code divisor}. */
    float[] sum(float[] x, int divisor) {
        float[] y = new float[Shape.size(outer, inner)];
        for (int o = 0; o < outer; o++) {
            if (inner == 1) y[o] = (float) (Kernels.LIVE.sum(x, o * n, n) / divisor);
            else addColumns(x, o * n * inner, divisor, y, o * inner);
        }
        return y;
    }

    /** Adds the sums along the axis to y. */
    void addSums(float[] x, float[] y) { for (int o = 0; o < outer; o++) addColumns(x, o * n * inner, 1, y, o * inner); }

    private void addColumns(float[] x, int xo, int divisor, float[] y, int yo) {
        for (int j = 0; j < inner; j += COLUMNS) {
            double[] sums = new double[Math.min(COLUMNS, inner - j)];
            Kernels.LIVE.addRows(x, xo + j, n, inner, sums.length, sums);
            for (int i = 0; i < sums.length; i++) y[yo + j + i] += sums[i] / divisor;
        }
    }

    /** Adds g, repeated along the axis, to the gradient: what every addend of a sum receives. */
    void addRepeated(float[] g, float[] gradient) {
        for (int o = 0; o < outer; o++) {
            if (inner == 1) addToAll(g[o], gradient, o * n, n);
            else for (int i = 0; i < n; i++) Tensor.addTo(gradient, (o * n + i) * inner, g, o * inner, inner);
        }
    }

    private static void addToAll(float g, float[] gradient, int from, int n) {
        for (int i = 0; i < n; i++) gradient[from + i] += g;
    }

    /** Where along the axis the first largest element is; NaN counts as largest, as in PyTorch. */
    int[] argmax(float[] x) {
        int[] best = new int[Shape.size(outer, inner)];
        for (int k = 0; k < best.length; k++) {
            for (int i = 1; i < n; i++) {
                float candidate = x[at(k, i)];
                float largest = x[at(k, best[k])];
                if (candidate > largest || candidate != candidate && largest == largest) best[k] = i;
            }
        }
        return best;
    }

    /** Where element i of the k-th line along the axis lies. */
    int at(int k, int i) { return (k / inner * n + i) * inner + k % inner; }
}
