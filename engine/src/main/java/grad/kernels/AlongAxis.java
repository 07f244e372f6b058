package grad.kernels;

/** Sums and maxima along one axis of an array seen as [outer, n, inner]. Sums are added up in doubles and rounded once. */
public record AlongAxis(int outer, int n, int inner) {
    private static final int COLUMNS = 1024;        // whose sums are kept at a time

    /** The sums along the axis, each divided by {@code divisor}. */
    public float[] sum(float[] x, int divisor) {
        float[] y = new float[outer * inner];
        for (int o = 0; o < outer; o++) {
            if (inner == 1) y[o] = (float) (Chosen.KERNELS.sum(x, o * n, n) / divisor);
            else addColumns(x, o * n * inner, divisor, y, o * inner);
        }
        return y;
    }

    /** Adds the sums along the axis to y. */
    public void addSums(float[] x, float[] y) { for (int o = 0; o < outer; o++) addColumns(x, o * n * inner, 1, y, o * inner); }

    private void addColumns(float[] x, int xo, int divisor, float[] y, int yo) {
        for (int j = 0; j < inner; j += COLUMNS) {
            double[] sums = new double[Math.min(COLUMNS, inner - j)];
            Chosen.KERNELS.addRows(x, xo + j, n, inner, sums.length, sums);
            for (int i = 0; i < sums.length; i++) y[yo + j + i] = (float) (y[yo + j + i] + sums[i] / divisor);
        }
    }

    /** Adds g, repeated along the axis, to the gradient: what every addend of a sum receives. */
    public void addRepeated(float[] g, float[] gradient) {
        for (int o = 0; o < outer; o++) {
            if (inner == 1) addToAll(g[o], gradient, o * n, n);
            else for (int i = 0; i < n; i++) Kernels.addTo(gradient, (o * n + i) * inner, g, o * inner, inner);
        }
    }

    /** The same for a mean, where each of n addends receives the n-th part. */
    public void addShares(float[] g, float[] gradient) {
        float[] each = new float[g.length];
        for (int i = 0; i < g.length; i++) each[i] = g[i] / n;
        addRepeated(each, gradient);
    }

    private static void addToAll(float g, float[] gradient, int from, int n) {
        for (int i = 0; i < n; i++) gradient[from + i] += g;
    }

    /** Where along the axis the first largest element is; NaN counts as largest, as in PyTorch. */
    public int[] argmax(float[] x) {
        int[] best = new int[outer * inner];
        for (int k = 0; k < best.length; k++) {
            for (int i = 1; i < n; i++) {
                float candidate = x[at(k, i)];
                float largest = x[at(k, best[k])];
                if (candidate > largest || Float.isNaN(candidate) && !Float.isNaN(largest)) best[k] = i;
            }
        }
        return best;
    }

    /** The largest element of each line along the axis, the first of several. */
    public Gather largest(float[] x) {
        int[] places = argmax(x);
        for (int k = 0; k < places.length; k++) places[k] = at(k, places[k]);
        return new Gather(places, 1, false);
    }

    /** Where element i of the k-th line along the axis lies. */
    private int at(int k, int i) { return (k / inner * n + i) * inner + k % inner; }
}
