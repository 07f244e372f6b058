package grad.kernels;

/** Arrays put one after the other along an axis, and the gradient cut into their parts again. */
public final class Concat {
    private final int outer;
    private final int width;        // numbers of the result for each step over the axes before the joined one
    private final int[] widths;     // and of each part
    private final int[] starts;     // where in them each part's begin

    /** Along {@code axis} to {@code shape}; the parts' shapes fit. */
    public Concat(int axis, int[] shape, int[]... parts) {
        this.outer = Kernels.size(shape, 0, axis);
        this.width = Kernels.size(shape, axis, shape.length);
        this.widths = new int[parts.length];
        this.starts = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            widths[i] = Kernels.size(parts[i], axis, shape.length);
            if (i > 0) starts[i] = starts[i - 1] + widths[i - 1];
        }
    }

    /** Writes part i to its place in the result y. */
    public void put(int i, float[] x, float[] y) {
        int w = widths[i];
        for (int o = 0; o < outer; o++) System.arraycopy(x, o * w, y, o * width + starts[i], w);
    }

    /** Adds to the gradient of part i its part of g. */
    public void addGradient(int i, float[] g, float[] gradient) {
        int w = widths[i];
        for (int o = 0; o < outer; o++) Kernels.addTo(gradient, o * w, g, o * width + starts[i], w);
    }
}
