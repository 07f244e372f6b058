package grad.kernels;

import java.util.Arrays;

/**
 * Numbers taken from given places of an array, in runs of neighbours: what slices, chosen rows and columns, and permuted axes have in
 * common. The gradient of each number taken goes back to its place.
 */
public record Gather(int[] from, int run, boolean mayRepeat) {
    private static final Gather NOTHING = new Gather(new int[0], 0, false);

    private static boolean isEmpty(int[] shape) { return Arrays.stream(shape).anyMatch(n -> n == 0); }

    /** The entries {@code index} of an axis, checked; one may be there twice. */
    public static Gather entries(int[] shape, int axis, int... index) {
        if (isEmpty(shape)) return NOTHING;
        int run = Kernels.size(shape, axis + 1, shape.length);
        int outer = Kernels.size(shape, 0, axis);
        int[] from = new int[Math.multiplyExact(outer, index.length)];
        for (int i = 0; i < from.length; i++) from[i] = (i / index.length * shape[axis] + index[i % index.length]) * run;
        return new Gather(from, run, index.length > 1);
    }

    /** The entries {@code first} to, and without, {@code last} of an axis. */
    public static Gather slice(int[] shape, int axis, int first, int last) {
        if (isEmpty(shape)) return NOTHING;
        int inner = Kernels.size(shape, axis + 1, shape.length);
        int[] from = new int[Kernels.size(shape, 0, axis)];
        for (int o = 0; o < from.length; o++) from[o] = (o * shape[axis] + first) * inner;
        return new Gather(from, (last - first) * inner, false);
    }

    /** All numbers, with the axes in another order; axes that stay last are taken in one run. */
    public static Gather permuted(int[] shape, int[] axes) {
        if (isEmpty(shape)) return NOTHING;
        int moved = shape.length;
        while (moved > 0 && axes[moved - 1] == moved - 1) moved--;
        int run = Kernels.size(shape, moved, shape.length);
        int[] sizes = new int[moved];
        int[] strides = new int[moved];
        for (int i = 0; i < moved; i++) {
            sizes[i] = shape[axes[i]];
            strides[i] = Kernels.size(shape, axes[i] + 1, shape.length);
        }
        int[] from = new int[Kernels.size(sizes, 0, moved)];
        int[] index = new int[moved];
        int at = 0;
        for (int i = 0; i < from.length; i++) {
            from[i] = at;
            for (int k = moved - 1; k >= 0; k--) {
                at += strides[k];
                if (++index[k] < sizes[k]) break;
                index[k] = 0;
                at -= strides[k] * sizes[k];
            }
        }
        return new Gather(from, run, false);
    }

    public float[] take(float[] x) {
        float[] y = new float[Math.multiplyExact(from.length, run)];
        if (run == 1) for (int i = 0; i < y.length; i++) y[i] = x[from[i]];
        else for (int i = 0; i < from.length; i++) System.arraycopy(x, from[i], y, i * run, run);
        return y;
    }

    /** Adds g to the places in d that its numbers came from. */
    public void giveBack(float[] g, float[] d) {
        if (mayRepeat) giveBackSums(g, d);
        else if (run == 1) for (int i = 0; i < g.length; i++) d[from[i]] += g[i];
        else for (int i = 0; i < from.length; i++) Kernels.addTo(d, from[i], g, i * run, run);
    }

    /** What one place receives is added up first, in doubles: it may have been taken millions of times. */
    private void giveBackSums(float[] g, float[] d) {
        long[] places = new long[from.length];
        for (int i = 0; i < places.length; i++) places[i] = (long) from[i] << 32 | i;
        Arrays.sort(places);
        double[] sums = new double[run];
        for (int i = 0; i < places.length; i++) {
            int to = (int) (places[i] >> 32);
            int at = (int) places[i] * run;        // the lower half: which of them it is
            for (int j = 0; j < run; j++) sums[j] += g[at + j];
            if (i + 1 < places.length && places[i + 1] >> 32 == to) continue;
            for (int j = 0; j < run; j++) d[to + j] = (float) (d[to + j] + sums[j]);
            Arrays.fill(sums, 0);
        }
    }
}
