package grad;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product with the Vector API: {@code c += op(a) · op(b)}. A tile of c (four or eight rows of two vectors) stays in registers
 * while k runs over a block of {@value #BLOCK}; then it goes back to c, and the next block continues the same sums. Both operands are
 * copied first, so that a tile reads them in one stream each: b in panels two vectors wide, unless it is one, and a in rows of
 * {@value #BLOCK}, whose distance the compiler knows and therefore needs no arithmetic for. What lies past an edge of c is computed on a copy
 * and dropped; where one vector holds the last columns, a narrow tile does.
 *
 * @see <a href="https://doi.org/10.1145/1356052.1356053">Goto and van de Geijn 2008, Anatomy of High-Performance Matrix Multiplication</a>
 */
final class VectorProduct {
    private static final VectorSpecies<Float> F = VectorKernels.F;
    private static final int WIDTH = F.length();
    private static final int PANEL = 2 * WIDTH;
    private static final int BLOCK = 256;         // a panel stays in the first-level cache
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
    static void add(boolean transposeA, boolean transposeB, int from, int to, int m, int n, int k, float[] a, float[] b, float[] c) {
        Scratch scratch = SCRATCH.get();
        boolean packed = !transposeB && n == PANEL;        // one panel, as it is
        boolean once = to - from <= ROWS;                  // then each panel is used up before the next is packed, in the same place
        float[] panels = packed ? b : scratch.panels((once ? PANEL : roundUp(n, PANEL)) * Math.min(k, BLOCK));
        float[] rows = scratch.rows(roundUp(Math.min(to - from, ROWS), TILE) * BLOCK);
        for (int k0 = 0; k0 < k; k0 += BLOCK) {
            int depth = Math.min(BLOCK, k - k0);
            for (int i = from; i < to; i += ROWS) {
                int height = Math.min(ROWS, to - i);
                if (transposeA) packColumns(a, m, k0, depth, i, height, rows);
                else packRows(a, k, k0, depth, i, height, rows);
                for (int j = 0; j < n; j += PANEL) {
                    int panel = packed ? k0 * n : once ? 0 : j * depth;
                    if (!packed && i == from) packPanel(b, transposeB, n, k, k0, depth, j, panels, panel);
                    tiles(rows, height, panels, panel, depth, c, i * n + j, n, n - j, scratch.edge);
                }
            }
        }
    }

    private static int roundUp(int x, int multiple) { return (x + multiple - 1) / multiple * multiple; }

    private static void packPanel(float[] b, boolean transposed, int n, int k, int k0, int depth, int j, float[] panels, int at) {
        int width = Math.min(PANEL, n - j);
        if (transposed) packTransposed(b, j * k + k0, k, depth, panels, at, width);
        else if (width % WIDTH > 0) copy(b, k0 * n + j, n, panels, at, PANEL, depth, width);
        else for (int q = 0; q < width; q += WIDTH) copyVectors(b, k0 * n + j + q, n, depth, panels, at + q);
    }

    private static void copyVectors(float[] b, int from, int n, int depth, float[] panels, int at) {
        for (int p = 0; p < depth; p++) load(b, from + p * n).intoArray(panels, at + p * PANEL);
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

    private static void packRows(float[] a, int k, int k0, int depth, int from, int height, float[] rows) {
        for (int i = 0; i < height; i++) System.arraycopy(a, (from + i) * k + k0, rows, i * BLOCK, depth);
    }

    private static void packColumns(float[] a, int m, int k0, int depth, int from, int height, float[] rows) {
        int i = 0;
        for (; i <= height - 8; i += 8) gather8(a, k0 * m + from + i, m, depth, rows, i * BLOCK);
        for (; i < height; i++) gather(a, k0 * m + from + i, m, depth, rows, i * BLOCK);
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

    /** One panel's columns of c, tile by tile; {@code columns} are left. */
    private static void tiles(float[] rows, int height, float[] panels, int po, int depth, float[] c, int co, int n, int columns, float[] edge) {
        boolean narrow = columns <= WIDTH;
        int width = Math.min(PANEL, columns);
        for (int i = 0; i < height; i += TILE) {
            int inside = Math.min(TILE, height - i);
            if (inside == TILE && width == (narrow ? WIDTH : PANEL)) {
                tile(narrow, rows, i * BLOCK, panels, po, depth, c, co + i * n, n);
            } else {
                copy(c, co + i * n, n, edge, 0, PANEL, inside, width);
                tile(narrow, rows, i * BLOCK, panels, po, depth, edge, 0, PANEL);
                copy(edge, 0, PANEL, c, co + i * n, n, inside, width);
            }
        }
    }

    private static void copy(float[] x, int xo, int xStride, float[] y, int yo, int yStride, int rows, int width) {
        for (int r = 0; r < rows; r++) System.arraycopy(x, xo + r * xStride, y, yo + r * yStride, width);
    }

    private static FloatVector load(float[] x, int at) { return FloatVector.fromArray(F, x, at); }

    private static void tile(boolean narrow, float[] a, int ao, float[] b, int bo, int depth, float[] c, int co, int n) {
        int to = ao + depth;
        int bp = bo - ao * PANEL;
        if (TILE == 8 && narrow) narrow8(a, ao, to, b, bp, c, co, n);
        else if (TILE == 8) tile8(a, ao, to, b, bp, c, co, n);
        else if (narrow) narrow4(a, ao, to, b, bp, c, co, n);
        else tile4(a, ao, to, b, bp, c, co, n);
    }

    /** Written out, because an array of vectors would become objects; p runs over places in a, because then these need no arithmetic. */
    private static void tile4(float[] a, int from, int to, float[] b, int bo, float[] c, int c0, int n) {
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
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bo + p * PANEL);
            FloatVector y = load(b, bo + p * PANEL + WIDTH);
            FloatVector v0 = FloatVector.broadcast(F, a[p]);
            x0 = v0.fma(x, x0);
            y0 = v0.fma(y, y0);
            FloatVector v1 = FloatVector.broadcast(F, a[p + BLOCK]);
            x1 = v1.fma(x, x1);
            y1 = v1.fma(y, y1);
            FloatVector v2 = FloatVector.broadcast(F, a[p + 2 * BLOCK]);
            x2 = v2.fma(x, x2);
            y2 = v2.fma(y, y2);
            FloatVector v3 = FloatVector.broadcast(F, a[p + 3 * BLOCK]);
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

    /** As {@link #tile4}, one vector wide. */
    private static void narrow4(float[] a, int from, int to, float[] b, int bo, float[] c, int c0, int n) {
        int c1 = c0 + n;
        int c2 = c1 + n;
        int c3 = c2 + n;
        FloatVector x0 = load(c, c0);
        FloatVector x1 = load(c, c1);
        FloatVector x2 = load(c, c2);
        FloatVector x3 = load(c, c3);
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bo + p * PANEL);
            x0 = FloatVector.broadcast(F, a[p]).fma(x, x0);
            x1 = FloatVector.broadcast(F, a[p + BLOCK]).fma(x, x1);
            x2 = FloatVector.broadcast(F, a[p + 2 * BLOCK]).fma(x, x2);
            x3 = FloatVector.broadcast(F, a[p + 3 * BLOCK]).fma(x, x3);
        }
        x0.intoArray(c, c0);
        x1.intoArray(c, c1);
        x2.intoArray(c, c2);
        x3.intoArray(c, c3);
    }

    /** As {@link #tile4}, twice as high. */
    private static void tile8(float[] a, int from, int to, float[] b, int bo, float[] c, int c0, int n) {
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
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bo + p * PANEL);
            FloatVector y = load(b, bo + p * PANEL + WIDTH);
            FloatVector v0 = FloatVector.broadcast(F, a[p]);
            x0 = v0.fma(x, x0);
            y0 = v0.fma(y, y0);
            FloatVector v1 = FloatVector.broadcast(F, a[p + BLOCK]);
            x1 = v1.fma(x, x1);
            y1 = v1.fma(y, y1);
            FloatVector v2 = FloatVector.broadcast(F, a[p + 2 * BLOCK]);
            x2 = v2.fma(x, x2);
            y2 = v2.fma(y, y2);
            FloatVector v3 = FloatVector.broadcast(F, a[p + 3 * BLOCK]);
            x3 = v3.fma(x, x3);
            y3 = v3.fma(y, y3);
            FloatVector v4 = FloatVector.broadcast(F, a[p + 4 * BLOCK]);
            x4 = v4.fma(x, x4);
            y4 = v4.fma(y, y4);
            FloatVector v5 = FloatVector.broadcast(F, a[p + 5 * BLOCK]);
            x5 = v5.fma(x, x5);
            y5 = v5.fma(y, y5);
            FloatVector v6 = FloatVector.broadcast(F, a[p + 6 * BLOCK]);
            x6 = v6.fma(x, x6);
            y6 = v6.fma(y, y6);
            FloatVector v7 = FloatVector.broadcast(F, a[p + 7 * BLOCK]);
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

    /** As {@link #tile8}, one vector wide. */
    private static void narrow8(float[] a, int from, int to, float[] b, int bo, float[] c, int c0, int n) {
        int c1 = c0 + n;
        int c2 = c1 + n;
        int c3 = c2 + n;
        int c4 = c3 + n;
        int c5 = c4 + n;
        int c6 = c5 + n;
        int c7 = c6 + n;
        FloatVector x0 = load(c, c0);
        FloatVector x1 = load(c, c1);
        FloatVector x2 = load(c, c2);
        FloatVector x3 = load(c, c3);
        FloatVector x4 = load(c, c4);
        FloatVector x5 = load(c, c5);
        FloatVector x6 = load(c, c6);
        FloatVector x7 = load(c, c7);
        for (int p = from; p < to; p++) {
            FloatVector x = load(b, bo + p * PANEL);
            x0 = FloatVector.broadcast(F, a[p]).fma(x, x0);
            x1 = FloatVector.broadcast(F, a[p + BLOCK]).fma(x, x1);
            x2 = FloatVector.broadcast(F, a[p + 2 * BLOCK]).fma(x, x2);
            x3 = FloatVector.broadcast(F, a[p + 3 * BLOCK]).fma(x, x3);
            x4 = FloatVector.broadcast(F, a[p + 4 * BLOCK]).fma(x, x4);
            x5 = FloatVector.broadcast(F, a[p + 5 * BLOCK]).fma(x, x5);
            x6 = FloatVector.broadcast(F, a[p + 6 * BLOCK]).fma(x, x6);
            x7 = FloatVector.broadcast(F, a[p + 7 * BLOCK]).fma(x, x7);
        }
        x0.intoArray(c, c0);
        x1.intoArray(c, c1);
        x2.intoArray(c, c2);
        x3.intoArray(c, c3);
        x4.intoArray(c, c4);
        x5.intoArray(c, c5);
        x6.intoArray(c, c6);
        x7.intoArray(c, c7);
    }
}
