package grad.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product with the Vector API. A tile of c (four or eight rows of two vectors) stays in registers while k runs over a block of
 * {@value #BLOCK}; then it goes to c, and the next block continues the same sums. Columns of b are copied first, into panels two vectors
 * wide (unless b is one), and so are rows of a transposed a, so that a tile reads them in one stream each. What lies past an edge of c is
 * computed on a copy and dropped; where one vector holds the last columns, a narrow tile does.
 *
 * @see <a href="https://doi.org/10.1145/1356052.1356053">Goto and van de Geijn 2008, Anatomy of High-Performance Matrix Multiplication</a>
 */
final class VectorProduct {
    private static final VectorSpecies<Float> F = VectorWidth.F;
    private static final int WIDTH = VectorWidth.WIDTH;
    private static final int PANEL = 2 * WIDTH;
    private static final int BLOCK = 272;         // a panel stays in the first-level cache, which rows a power of two apart would crowd
    private static final int ROWS = 128;          // these rows of a stay in the second

    /** Rows of a tile: as many as fit, with two vectors each, into the machine's registers (32 of 16 floats, else 16). */
    private static final int TILE = WIDTH == 16 ? 8 : 4;

    /** Working memory, one for each thread: shared between threads it would mix up their sums. */
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private VectorProduct() { }

    private static final class Scratch {
        private float[] rows = new float[0];
        private float[] panels = new float[0];
        private final float[] edge = new float[TILE * PANEL];

        float[] rows(int size) { return rows.length >= size ? rows : (rows = new float[size]); }

        float[] panels(int size) { return panels.length >= size ? panels : (panels = new float[size]); }
    }

    /** See {@link Kernels#product}. */
    static void product(Factors f, int from, int to, int first, int last, float[] start, float[] c, int co) {
        int m = f.m();
        int n = f.n();
        int k = f.k();
        Scratch scratch = SCRATCH.get();
        boolean packed = !f.transposeB() && n == PANEL;    // one panel, as it is
        boolean once = to - from <= ROWS;                  // then each panel is used up before the next is packed, in the same place
        float[] panels = packed ? f.b() : scratch.panels((once ? PANEL : roundUp(n, PANEL)) * Math.min(last - first, BLOCK));
        float[] rows = f.transposeA() ? scratch.rows(Math.min(to - from, ROWS) * BLOCK) : f.a();
        int apart = f.transposeA() ? BLOCK : k;
        for (int k0 = first; k0 == first || k0 < last; k0 += BLOCK) {
            int depth = Math.min(BLOCK, last - k0);
            boolean fresh = k0 == first && start != null;
            float[] s = fresh ? start : c;
            for (int i = from; i < to; i += ROWS) {
                int height = Math.min(ROWS, to - i);
                int row = f.transposeA() ? 0 : f.ao() + i * k + k0;
                if (f.transposeA()) packColumns(f.a(), f.ao() + k0 * m + i, m, depth, height, rows);
                for (int j = 0; j < n; j += PANEL) {
                    int panel = packed ? f.bo() + k0 * n : once ? 0 : j * depth;
                    if (!packed && i == from) packPanel(f, k0, depth, j, panels, panel);
                    int at = co + i * n + j;
                    tiles(rows, row, apart, height, panels, panel, depth, s, fresh ? j : at, fresh ? 0 : n, c, at, n, n - j, scratch.edge);
                }
            }
        }
    }

    private static int roundUp(int x, int multiple) { return (x + multiple - 1) / multiple * multiple; }

    private static void packPanel(Factors f, int k0, int depth, int j, float[] panels, int at) {
        int n = f.n();
        int k = f.k();
        int width = Math.min(PANEL, n - j);
        if (f.transposeB()) packTransposed(f.b(), f.bo() + j * k + k0, k, depth, panels, at, width);
        else copy(f.b(), f.bo() + k0 * n + j, n, panels, at, PANEL, depth, width);
    }

    private static void packTransposed(float[] b, int from, int k, int depth, float[] panels, int at, int width) {
        int q = 0;
        for (; q <= width - 8; q += 8) spread8(b, from + q * k, k, depth, panels, at + q);
        for (; q < width; q++) spread(b, from + q * k, depth, panels, at + q);
    }

    private static void spread(float[] b, int from, int depth, float[] panels, int at) {
        for (int p = 0; p < depth; p++) panels[at + p * PANEL] = b[from + p];
    }

    /** Eight rows at a time, because neighbouring places can be written together. */
    private static void spread8(float[] b, int from, int k, int depth, float[] panels, int at) {
        for (int p = 0; p < depth; p++) {
            int to = at + p * PANEL;
            panels[to] = b[from + p];
            panels[to + 1] = b[from + k + p];
            panels[to + 2] = b[from + 2 * k + p];
            panels[to + 3] = b[from + 3 * k + p];
            panels[to + 4] = b[from + 4 * k + p];
            panels[to + 5] = b[from + 5 * k + p];
            panels[to + 6] = b[from + 6 * k + p];
            panels[to + 7] = b[from + 7 * k + p];
        }
    }

    private static void packColumns(float[] a, int from, int m, int depth, int height, float[] rows) {
        int i = 0;
        for (; i <= height - 8; i += 8) gather8(a, from + i, m, depth, rows, i * BLOCK);
        for (; i < height; i++) gather(a, from + i, m, depth, rows, i * BLOCK);
    }

    private static void gather(float[] a, int from, int m, int depth, float[] rows, int to) {
        for (int p = 0; p < depth; p++) rows[to + p] = a[from + p * m];
    }

    /** Eight columns at a time, because neighbouring places can be read together. */
    private static void gather8(float[] a, int from, int m, int depth, float[] rows, int to) {
        for (int p = 0; p < depth; p++) {
            int at = from + p * m;
            rows[to + p] = a[at];
            rows[to + BLOCK + p] = a[at + 1];
            rows[to + 2 * BLOCK + p] = a[at + 2];
            rows[to + 3 * BLOCK + p] = a[at + 3];
            rows[to + 4 * BLOCK + p] = a[at + 4];
            rows[to + 5 * BLOCK + p] = a[at + 5];
            rows[to + 6 * BLOCK + p] = a[at + 6];
            rows[to + 7 * BLOCK + p] = a[at + 7];
        }
    }

    /**
     * One panel's columns of c, tile by tile; {@code columns} are left. Rows of a are {@code an} apart. The sums start from rows of s that
     * are {@code sn} apart: 0 for one and the same.
     */
    private static void tiles(float[] a, int ao, int an, int height, float[] panels, int po, int depth,
                              float[] s, int so, int sn, float[] c, int co, int n, int columns, float[] edge) {
        boolean narrow = columns <= WIDTH;
        int width = Math.min(PANEL, columns);
        for (int i = 0; i < height; i += TILE) {
            int inside = Math.min(TILE, height - i);
            if (inside == TILE && width == (narrow ? WIDTH : PANEL)) {
                tile(narrow, a, ao + i * an, an, inside, panels, po, depth, s, so + i * sn, sn, c, co + i * n, n);
            } else {
                // rows lie side by side in the copy: what one writes past its end, the next overwrites
                copy(s, so + i * sn, sn, edge, 0, width, inside, width);
                tile(narrow, a, ao + i * an, an, inside, panels, po, depth, edge, 0, width, edge, 0, width);
                copy(edge, 0, width, c, co + i * n, n, inside, width);
            }
        }
    }

    /** Copies a part of a matrix: {@code rows} rows of so many columns, which lie {@code xStride} and {@code yStride} apart. */
    private static void copy(float[] x, int xo, int xStride, float[] y, int yo, int yStride, int rows, int width) {
        if (xStride == width && yStride == width) System.arraycopy(x, xo, y, yo, rows * width);
        else if (width == WIDTH || width == PANEL) copyVectors(x, xo, xStride, y, yo, yStride, rows, width);
        else for (int r = 0; r < rows; r++) System.arraycopy(x, xo + r * xStride, y, yo + r * yStride, width);
    }

    /** Vector by vector, down the rows: faster than a call for each short row. */
    private static void copyVectors(float[] x, int xo, int xStride, float[] y, int yo, int yStride, int rows, int width) {
        for (int j = 0; j < width; j += WIDTH) copyColumn(x, xo + j, xStride, y, yo + j, yStride, rows);
    }

    private static void copyColumn(float[] x, int xo, int xStride, float[] y, int yo, int yStride, int rows) {
        for (int r = 0; r < rows; r++) load(x, xo + r * xStride).intoArray(y, yo + r * yStride);
    }

    private static FloatVector load(float[] x, int at) { return FloatVector.fromArray(F, x, at); }

    /**
     * One tile of c. Its loop counts in places of a, so that reading a's first row takes no arithmetic; {@code bp} is the place in b for
     * place 0 of a. It overflows where a is long, and the sum with the counted place overflows back.
     */
    private static void tile(boolean narrow, float[] a, int ao, int an, int inside, float[] b, int bo, int depth,
                             float[] s, int so, int sn, float[] c, int co, int n) {
        int to = ao + depth;
        int bp = bo - ao * PANEL;
        if (TILE == 8 && narrow) narrow8(a, ao, to, an, inside - 1, b, bp, s, so, sn, c, co, n);
        else if (TILE == 8) tile8(a, ao, to, an, inside - 1, b, bp, s, so, sn, c, co, n);
        else if (narrow) narrow4(a, ao, to, an, inside - 1, b, bp, s, so, sn, c, co, n);
        else tile4(a, ao, to, an, inside - 1, b, bp, s, so, sn, c, co, n);
    }

    /** Written out, because an array of vectors would become objects. No row of a is read beyond the last. */
    private static void tile4(float[] a, int from, int to, int an, int last, float[] b, int bp,
                              float[] s, int so, int sn, float[] c, int co, int n) {
        int a1 = Math.min(1, last) * an;
        int a2 = Math.min(2, last) * an;
        int a3 = Math.min(3, last) * an;
        FloatVector x0 = load(s, so);
        FloatVector y0 = load(s, so + WIDTH);
        FloatVector x1 = load(s, so + sn);
        FloatVector y1 = load(s, so + sn + WIDTH);
        FloatVector x2 = load(s, so + 2 * sn);
        FloatVector y2 = load(s, so + 2 * sn + WIDTH);
        FloatVector x3 = load(s, so + 3 * sn);
        FloatVector y3 = load(s, so + 3 * sn + WIDTH);
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bp + p * PANEL);
            FloatVector y = load(b, bp + p * PANEL + WIDTH);
            FloatVector v0 = FloatVector.broadcast(F, a[p]);
            x0 = v0.fma(x, x0);
            y0 = v0.fma(y, y0);
            FloatVector v1 = FloatVector.broadcast(F, a[p + a1]);
            x1 = v1.fma(x, x1);
            y1 = v1.fma(y, y1);
            FloatVector v2 = FloatVector.broadcast(F, a[p + a2]);
            x2 = v2.fma(x, x2);
            y2 = v2.fma(y, y2);
            FloatVector v3 = FloatVector.broadcast(F, a[p + a3]);
            x3 = v3.fma(x, x3);
            y3 = v3.fma(y, y3);
        }
        x0.intoArray(c, co);
        y0.intoArray(c, co + WIDTH);
        x1.intoArray(c, co + n);
        y1.intoArray(c, co + n + WIDTH);
        x2.intoArray(c, co + 2 * n);
        y2.intoArray(c, co + 2 * n + WIDTH);
        x3.intoArray(c, co + 3 * n);
        y3.intoArray(c, co + 3 * n + WIDTH);
    }

    /** As {@link #tile4}, one vector wide. */
    private static void narrow4(float[] a, int from, int to, int an, int last, float[] b, int bp,
                                float[] s, int so, int sn, float[] c, int co, int n) {
        int a1 = Math.min(1, last) * an;
        int a2 = Math.min(2, last) * an;
        int a3 = Math.min(3, last) * an;
        FloatVector x0 = load(s, so);
        FloatVector x1 = load(s, so + sn);
        FloatVector x2 = load(s, so + 2 * sn);
        FloatVector x3 = load(s, so + 3 * sn);
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bp + p * PANEL);
            x0 = FloatVector.broadcast(F, a[p]).fma(x, x0);
            x1 = FloatVector.broadcast(F, a[p + a1]).fma(x, x1);
            x2 = FloatVector.broadcast(F, a[p + a2]).fma(x, x2);
            x3 = FloatVector.broadcast(F, a[p + a3]).fma(x, x3);
        }
        x0.intoArray(c, co);
        x1.intoArray(c, co + n);
        x2.intoArray(c, co + 2 * n);
        x3.intoArray(c, co + 3 * n);
    }

    /** As {@link #tile4}, twice as high. */
    private static void tile8(float[] a, int from, int to, int an, int last, float[] b, int bp,
                              float[] s, int so, int sn, float[] c, int co, int n) {
        int a1 = Math.min(1, last) * an;
        int a2 = Math.min(2, last) * an;
        int a3 = Math.min(3, last) * an;
        int a4 = Math.min(4, last) * an;
        int a5 = Math.min(5, last) * an;
        int a6 = Math.min(6, last) * an;
        int a7 = Math.min(7, last) * an;
        FloatVector x0 = load(s, so);
        FloatVector y0 = load(s, so + WIDTH);
        FloatVector x1 = load(s, so + sn);
        FloatVector y1 = load(s, so + sn + WIDTH);
        FloatVector x2 = load(s, so + 2 * sn);
        FloatVector y2 = load(s, so + 2 * sn + WIDTH);
        FloatVector x3 = load(s, so + 3 * sn);
        FloatVector y3 = load(s, so + 3 * sn + WIDTH);
        FloatVector x4 = load(s, so + 4 * sn);
        FloatVector y4 = load(s, so + 4 * sn + WIDTH);
        FloatVector x5 = load(s, so + 5 * sn);
        FloatVector y5 = load(s, so + 5 * sn + WIDTH);
        FloatVector x6 = load(s, so + 6 * sn);
        FloatVector y6 = load(s, so + 6 * sn + WIDTH);
        FloatVector x7 = load(s, so + 7 * sn);
        FloatVector y7 = load(s, so + 7 * sn + WIDTH);
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bp + p * PANEL);
            FloatVector y = load(b, bp + p * PANEL + WIDTH);
            FloatVector v0 = FloatVector.broadcast(F, a[p]);
            x0 = v0.fma(x, x0);
            y0 = v0.fma(y, y0);
            FloatVector v1 = FloatVector.broadcast(F, a[p + a1]);
            x1 = v1.fma(x, x1);
            y1 = v1.fma(y, y1);
            FloatVector v2 = FloatVector.broadcast(F, a[p + a2]);
            x2 = v2.fma(x, x2);
            y2 = v2.fma(y, y2);
            FloatVector v3 = FloatVector.broadcast(F, a[p + a3]);
            x3 = v3.fma(x, x3);
            y3 = v3.fma(y, y3);
            FloatVector v4 = FloatVector.broadcast(F, a[p + a4]);
            x4 = v4.fma(x, x4);
            y4 = v4.fma(y, y4);
            FloatVector v5 = FloatVector.broadcast(F, a[p + a5]);
            x5 = v5.fma(x, x5);
            y5 = v5.fma(y, y5);
            FloatVector v6 = FloatVector.broadcast(F, a[p + a6]);
            x6 = v6.fma(x, x6);
            y6 = v6.fma(y, y6);
            FloatVector v7 = FloatVector.broadcast(F, a[p + a7]);
            x7 = v7.fma(x, x7);
            y7 = v7.fma(y, y7);
        }
        x0.intoArray(c, co);
        y0.intoArray(c, co + WIDTH);
        x1.intoArray(c, co + n);
        y1.intoArray(c, co + n + WIDTH);
        x2.intoArray(c, co + 2 * n);
        y2.intoArray(c, co + 2 * n + WIDTH);
        x3.intoArray(c, co + 3 * n);
        y3.intoArray(c, co + 3 * n + WIDTH);
        x4.intoArray(c, co + 4 * n);
        y4.intoArray(c, co + 4 * n + WIDTH);
        x5.intoArray(c, co + 5 * n);
        y5.intoArray(c, co + 5 * n + WIDTH);
        x6.intoArray(c, co + 6 * n);
        y6.intoArray(c, co + 6 * n + WIDTH);
        x7.intoArray(c, co + 7 * n);
        y7.intoArray(c, co + 7 * n + WIDTH);
    }

    /** As {@link #tile8}, one vector wide. */
    private static void narrow8(float[] a, int from, int to, int an, int last, float[] b, int bp,
                                float[] s, int so, int sn, float[] c, int co, int n) {
        int a1 = Math.min(1, last) * an;
        int a2 = Math.min(2, last) * an;
        int a3 = Math.min(3, last) * an;
        int a4 = Math.min(4, last) * an;
        int a5 = Math.min(5, last) * an;
        int a6 = Math.min(6, last) * an;
        int a7 = Math.min(7, last) * an;
        FloatVector x0 = load(s, so);
        FloatVector x1 = load(s, so + sn);
        FloatVector x2 = load(s, so + 2 * sn);
        FloatVector x3 = load(s, so + 3 * sn);
        FloatVector x4 = load(s, so + 4 * sn);
        FloatVector x5 = load(s, so + 5 * sn);
        FloatVector x6 = load(s, so + 6 * sn);
        FloatVector x7 = load(s, so + 7 * sn);
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bp + p * PANEL);
            x0 = FloatVector.broadcast(F, a[p]).fma(x, x0);
            x1 = FloatVector.broadcast(F, a[p + a1]).fma(x, x1);
            x2 = FloatVector.broadcast(F, a[p + a2]).fma(x, x2);
            x3 = FloatVector.broadcast(F, a[p + a3]).fma(x, x3);
            x4 = FloatVector.broadcast(F, a[p + a4]).fma(x, x4);
            x5 = FloatVector.broadcast(F, a[p + a5]).fma(x, x5);
            x6 = FloatVector.broadcast(F, a[p + a6]).fma(x, x6);
            x7 = FloatVector.broadcast(F, a[p + a7]).fma(x, x7);
        }
        x0.intoArray(c, co);
        x1.intoArray(c, co + n);
        x2.intoArray(c, co + 2 * n);
        x3.intoArray(c, co + 3 * n);
        x4.intoArray(c, co + 4 * n);
        x5.intoArray(c, co + 5 * n);
        x6.intoArray(c, co + 6 * n);
        x7.intoArray(c, co + 7 * n);
    }
}
