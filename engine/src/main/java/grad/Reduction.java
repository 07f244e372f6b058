package grad;

/** Sums and maxima along one axis of a tensor seen as [outer, n, inner]. */
final class Reduction {
    private final int outer;
    private final int n;
    private final int inner;

    /** Along {@code axis} of {@code shape}. */
    Reduction(int[] shape, int axis) {
        this.outer = Shape.size(shape, 0, axis);
        this.n = shape[axis];
        this.inner = Shape.size(shape, axis + 1, shape.length);
    }

    float[] sum(float[] x) {
        float[] y = new float[Shape.size(outer, inner)];
        for (int o = 0; o < outer; o++) {
            if (inner == 1) y[o] = Kernels.LIVE.sum(x, o * n, n);
            else Kernels.LIVE.addRows(x, o * n * inner, n, inner, y, o * inner);
        }
        return y;
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
