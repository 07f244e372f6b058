package grad;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product with the Vector API: {@code c += op(a) · op(b)}. b is copied into panels two vectors wide, so that a tile of c (four
 * or eight rows of two vectors) stays in registers while k runs; k is cut into blocks of {@value #BLOCK}, so that a panel stays in
 * the first-level cache. After each block the tile goes back to c and the next one continues the same sums.
 *
 * @see <a href="https://doi.org/10.1145/1356052.1356053">Goto and van de Geijn 2008, Anatomy of High-Performance Matrix Multiplication</a>
 */
final class VectorProduct {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = F.length();
    private static final int PANEL = 2 * WIDTH;
    private static final int BLOCK = 256;

    /** Rows of a tile: as many as fit, with two vectors each, into the machine's registers (32 of 16 floats, else 16). */
    private static final int TILE = WIDTH == 16 ? 8 : 4;

    /** Working memory, one for each thread: shared between threads it would mix up their sums. */
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private VectorProduct() { }

    private static final class Scratch {
        private float[] panels = new float[0];
        private float[] rows = new float[0];
        private final float[] edge = new float[TILE * PANEL];

        float[] panels(int size) { return panels.length >= size ? panels : (panels = new float[size]); }

        float[] rows(int size) { return rows.length >= size ? rows : (rows = new float[size]); }
    }

    /** See {@link Kernels#product}. */
    static void add(boolean transposeA, boolean transposeB, int from, int to, int m, int n, int k, float[] a, float[] b, float[] c) {
        Scratch scratch = SCRATCH.get();
        float[] panels = scratch.panels((n + PANEL - 1) / PANEL * PANEL * Math.min(k, BLOCK));
        float[] rows = transposeA ? scratch.rows((to - from) * Math.min(k, BLOCK)) : a;
        for (int k0 = 0; k0 < k; k0 += BLOCK) {
            int depth = Math.min(BLOCK, k - k0);
            pack(b, transposeB, n, k, k0, depth, panels);
            if (transposeA) packRows(a, m, k0, depth, from, to, rows);
            int start = transposeA ? 0 : from * k + k0;
            int stride = transposeA ? depth : k;
            for (int j = 0; j < n; j += PANEL) {
                columns(rows, start, stride, to - from, panels, j * depth, depth, c, from * n + j, n, Math.min(PANEL, n - j), scratch.edge);
            }
        }
    }

    private static void pack(float[] b, boolean transposed, int n, int k, int k0, int depth, float[] panels) {
        for (int j = 0; j < n; j += PANEL) {
            int width = Math.min(PANEL, n - j);
            if (transposed) packTransposed(b, k, k0, depth, j, width, panels, j * depth);
            else packPanel(b, n, k0, depth, j, width, panels, j * depth);
        }
    }

    private static void packPanel(float[] b, int n, int k0, int depth, int j, int width, float[] panels, int at) {
        for (int p = 0; p < depth; p++) System.arraycopy(b, (k0 + p) * n + j, panels, at + p * PANEL, width);
    }

    private static void packTransposed(float[] b, int k, int k0, int depth, int j, int width, float[] panels, int at) {
        for (int q = 0; q < width; q++) {
            int row = (j + q) * k + k0;
            for (int p = 0; p < depth; p++) panels[at + p * PANEL + q] = b[row + p];
        }
    }

    private static void packRows(float[] a, int m, int k0, int depth, int from, int to, float[] rows) {
        for (int p = 0; p < depth; p++) {
            int row = (k0 + p) * m;
            for (int i = from; i < to; i++) rows[(i - from) * depth + p] = a[row + i];
        }
    }

    /** One panel's columns of c, tile by tile. Columns past the edge run on a copy. */
    private static void columns(float[] a, int ao, int stride, int rows, float[] panels, int po, int depth,
                                float[] c, int co, int n, int width, float[] edge) {
        int i = 0;
        while (i < rows) {
            int height = TILE == 8 && rows - i >= 8 ? 8 : rows - i >= 4 ? 4 : 1;
            if (width == PANEL) {
                tile(height, a, ao + i * stride, stride, panels, po, depth, c, co + i * n, n);
            } else {
                copy(c, co + i * n, n, edge, 0, PANEL, height, width);
                tile(height, a, ao + i * stride, stride, panels, po, depth, edge, 0, PANEL);
                copy(edge, 0, PANEL, c, co + i * n, n, height, width);
            }
            i += height;
        }
    }

    private static void copy(float[] x, int xo, int xStride, float[] y, int yo, int yStride, int rows, int width) {
        for (int r = 0; r < rows; r++) System.arraycopy(x, xo + r * xStride, y, yo + r * yStride, width);
    }

    private static void tile(int height, float[] a, int ao, int stride, float[] b, int bo, int depth, float[] c, int co, int n) {
        if (height == 8) tile8(a, ao, stride, b, bo, depth, c, co, n);
        else if (height == 4) tile4(a, ao, stride, b, bo, depth, c, co, n);
        else tile1(a, ao, b, bo, depth, c, co);
    }

    private static FloatVector load(float[] x, int at) { return FloatVector.fromArray(F, x, at); }

    private static void tile1(float[] a, int a0, float[] b, int bo, int depth, float[] c, int c0) {
        FloatVector x0 = load(c, c0);
        FloatVector y0 = load(c, c0 + WIDTH);
        for (int p = 0; p < depth; p++) {
            FloatVector v0 = FloatVector.broadcast(F, a[a0 + p]);
            x0 = v0.fma(load(b, bo + p * PANEL), x0);
            y0 = v0.fma(load(b, bo + p * PANEL + WIDTH), y0);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + WIDTH);
    }

    private static void tile4(float[] a, int a0, int stride, float[] b, int bo, int depth, float[] c, int c0, int n) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        int c1 = c0 + n;
        int c2 = c1 + n;
        int c3 = c2 + n;
        FloatVector x0 = load(c, c0);
        FloatVector y0 = load(c, c0 + WIDTH);
        FloatVector x1 = load(c, c1);
        FloatVector y1 = load(c, c1 + WIDTH);
        FloatVector x2 = load(c, c2);
        FloatVector y2 = load(c, c2 + WIDTH);
        FloatVector x3 = load(c, c3);
        FloatVector y3 = load(c, c3 + WIDTH);
        for (int p = 0; p < depth; p++) {
            FloatVector x = load(b, bo + p * PANEL);
            FloatVector y = load(b, bo + p * PANEL + WIDTH);
            FloatVector v0 = FloatVector.broadcast(F, a[a0 + p]);
            x0 = v0.fma(x, x0);
            y0 = v0.fma(y, y0);
            FloatVector v1 = FloatVector.broadcast(F, a[a1 + p]);
            x1 = v1.fma(x, x1);
            y1 = v1.fma(y, y1);
            FloatVector v2 = FloatVector.broadcast(F, a[a2 + p]);
            x2 = v2.fma(x, x2);
            y2 = v2.fma(y, y2);
            FloatVector v3 = FloatVector.broadcast(F, a[a3 + p]);
            x3 = v3.fma(x, x3);
            y3 = v3.fma(y, y3);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + WIDTH);
        x1.intoArray(c, c1);
        y1.intoArray(c, c1 + WIDTH);
        x2.intoArray(c, c2);
        y2.intoArray(c, c2 + WIDTH);
        x3.intoArray(c, c3);
        y3.intoArray(c, c3 + WIDTH);
    }

    private static void tile8(float[] a, int a0, int stride, float[] b, int bo, int depth, float[] c, int c0, int n) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        int a4 = a3 + stride;
        int a5 = a4 + stride;
        int a6 = a5 + stride;
        int a7 = a6 + stride;
        int c1 = c0 + n;
        int c2 = c1 + n;
        int c3 = c2 + n;
        int c4 = c3 + n;
        int c5 = c4 + n;
        int c6 = c5 + n;
        int c7 = c6 + n;
        FloatVector x0 = load(c, c0);
        FloatVector y0 = load(c, c0 + WIDTH);
        FloatVector x1 = load(c, c1);
        FloatVector y1 = load(c, c1 + WIDTH);
        FloatVector x2 = load(c, c2);
        FloatVector y2 = load(c, c2 + WIDTH);
        FloatVector x3 = load(c, c3);
        FloatVector y3 = load(c, c3 + WIDTH);
        FloatVector x4 = load(c, c4);
        FloatVector y4 = load(c, c4 + WIDTH);
        FloatVector x5 = load(c, c5);
        FloatVector y5 = load(c, c5 + WIDTH);
        FloatVector x6 = load(c, c6);
        FloatVector y6 = load(c, c6 + WIDTH);
        FloatVector x7 = load(c, c7);
        FloatVector y7 = load(c, c7 + WIDTH);
        for (int p = 0; p < depth; p++) {
            FloatVector x = load(b, bo + p * PANEL);
            FloatVector y = load(b, bo + p * PANEL + WIDTH);
            FloatVector v0 = FloatVector.broadcast(F, a[a0 + p]);
            x0 = v0.fma(x, x0);
            y0 = v0.fma(y, y0);
            FloatVector v1 = FloatVector.broadcast(F, a[a1 + p]);
            x1 = v1.fma(x, x1);
            y1 = v1.fma(y, y1);
            FloatVector v2 = FloatVector.broadcast(F, a[a2 + p]);
            x2 = v2.fma(x, x2);
            y2 = v2.fma(y, y2);
            FloatVector v3 = FloatVector.broadcast(F, a[a3 + p]);
            x3 = v3.fma(x, x3);
            y3 = v3.fma(y, y3);
            FloatVector v4 = FloatVector.broadcast(F, a[a4 + p]);
            x4 = v4.fma(x, x4);
            y4 = v4.fma(y, y4);
            FloatVector v5 = FloatVector.broadcast(F, a[a5 + p]);
            x5 = v5.fma(x, x5);
            y5 = v5.fma(y, y5);
            FloatVector v6 = FloatVector.broadcast(F, a[a6 + p]);
            x6 = v6.fma(x, x6);
            y6 = v6.fma(y, y6);
            FloatVector v7 = FloatVector.broadcast(F, a[a7 + p]);
            x7 = v7.fma(x, x7);
            y7 = v7.fma(y, y7);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + WIDTH);
        x1.intoArray(c, c1);
        y1.intoArray(c, c1 + WIDTH);
        x2.intoArray(c, c2);
        y2.intoArray(c, c2 + WIDTH);
        x3.intoArray(c, c3);
        y3.intoArray(c, c3 + WIDTH);
        x4.intoArray(c, c4);
        y4.intoArray(c, c4 + WIDTH);
        x5.intoArray(c, c5);
        y5.intoArray(c, c5 + WIDTH);
        x6.intoArray(c, c6);
        y6.intoArray(c, c6 + WIDTH);
        x7.intoArray(c, c7);
        y7.intoArray(c, c7 + WIDTH);
    }
}
