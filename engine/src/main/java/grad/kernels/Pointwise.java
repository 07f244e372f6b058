package grad.kernels;

import grad.scalar.Op;
import java.util.Arrays;

/**
 * The operations of {@link Op} on arrays, element by element, with broadcasting; the loops are the {@link Kernels}'.
 *
 * <p>Work is done in blocks. Where an operand is repeated along a run, a block is filled with its number; where its gradient is wanted,
 * the gradients of a block are summed, in doubles: an operand may be repeated millions of times.
 *
 * <p>Where nothing is stretched, one call does it all, though the blocks could: inside them the compiler inlines a kernel's loop twice or
 * not at all, as it happens at that start, and then its vectors become objects.
 */
public final class Pointwise {
    private static final int BLOCK = 1024;

    private final Op op;
    private final int[] shape;
    private final float[] a;
    private final float[] b;
    private final float[] y;
    private final boolean stretched;
    private final int[] strideA;        // null where nothing is stretched
    private final int[] strideB;
    private float[] repeatedA;
    private float[] repeatedB;

    /** The operation on a and b stretched to {@code shape}; for an operation of one operand b is a. */
    public Pointwise(Op op, int[] shape, float[] a, int[] shapeA, float[] b, int[] shapeB) {
        this.op = op;
        this.shape = shape;
        this.a = a;
        this.b = b;
        this.y = new float[Kernels.size(shape, 0, shape.length)];
        this.stretched = a.length != y.length || b.length != y.length;
        this.strideA = stretched ? strides(shapeA, shape) : null;
        this.strideB = stretched ? strides(shapeB, shape) : null;
    }

    /** How far apart an operand's elements are along each axis of {@code shape}, 0 where it is repeated. */
    private static int[] strides(int[] operand, int[] shape) {
        int[] strides = new int[shape.length];
        int step = 1;
        for (int i = 1; i <= operand.length; i++) {
            int n = operand[operand.length - i];
            strides[shape.length - i] = n == 1 ? 0 : step;
            step *= n;
        }
        return strides;
    }

    /** What is done with one block: elements from {@code at} of the result, {@code ao} and {@code bo} of the operands. */
    private interface Block {
        void run(int ao, int stepA, int bo, int stepB, int at, int n);
    }

    /** Visits the result in row-major order, in stretches along which each operand moves in steps of 0 or 1. */
    private void forEachBlock(Block block) {
        if (y.length == 0) return;
        int run = 1;
        int axis = shape.length;
        boolean stepsA = false;
        boolean stepsB = false;
        while (axis > 0 && continues(strideA[axis - 1], run, stepsA) && continues(strideB[axis - 1], run, stepsB)) {
            axis--;
            stepsA |= strideA[axis] != 0;
            stepsB |= strideB[axis] != 0;
            run *= shape[axis];
        }
        int[] index = new int[axis];
        int ao = 0;
        int bo = 0;
        for (int at = 0; at < y.length; at += run) {
            for (int i = 0; i < run; i += BLOCK) {
                block.run(stepsA ? ao + i : ao, stepsA ? 1 : 0, stepsB ? bo + i : bo, stepsB ? 1 : 0, at + i, Math.min(BLOCK, run - i));
            }
            for (int k = axis - 1; k >= 0; k--) {
                ao += strideA[k];
                bo += strideB[k];
                if (++index[k] < shape[k]) break;
                index[k] = 0;
                ao -= strideA[k] * shape[k];
                bo -= strideB[k] * shape[k];
            }
        }
    }

    /** Whether one more axis prolongs a run of n: by steps of one, by repetition, or as the first axis that is more than one long. */
    private static boolean continues(int stride, int n, boolean steps) { return n == 1 || (steps ? stride == n : stride == 0); }

    /** The result. */
    public float[] forward() {
        if (stretched) forwardStretched();
        else Chosen.KERNELS.forward(op, a, 0, b, 0, y, 0, y.length);
        return y;
    }

    private void forwardStretched() {
        forEachBlock((ao, stepA, bo, stepB, at, n) -> {
            float[] x = stepA == 1 ? a : repeatedA(a[ao], n);
            float[] z = stepB == 1 ? b : repeatedB(b[bo], n);
            Chosen.KERNELS.forward(op, x, ao * stepA, z, bo * stepB, y, at, n);
        });
    }

    /** Adds {@code g · ∂y/∂a} to the gradient of a, or {@code g · ∂y/∂b} to that of b, summed where the operand was repeated. */
    public void backward(boolean toA, float[] g, float[] gradient) {
        if (!stretched) add(toA, a, 0, b, 0, g, 0, gradient, 0, y.length);
        else if (gradient.length == y.length) backwardBesideStretched(toA, g, gradient);
        else backwardStretched(toA, g, gradient);
    }

    private void backwardBesideStretched(boolean toA, float[] g, float[] gradient) {
        forEachBlock((ao, stepA, bo, stepB, at, n) -> {
            float[] x = stepA == 1 ? a : repeatedA(a[ao], n);
            float[] z = stepB == 1 ? b : repeatedB(b[bo], n);
            add(toA, x, ao * stepA, z, bo * stepB, g, at, gradient, toA ? ao : bo, n);
        });
    }

    private void backwardStretched(boolean toA, float[] g, float[] gradient) {
        double[] sums = new double[gradient.length];
        float[] d = new float[Math.min(BLOCK, y.length)];
        forEachBlock((ao, stepA, bo, stepB, at, n) -> {
            float[] x = stepA == 1 ? a : repeatedA(a[ao], n);
            float[] z = stepB == 1 ? b : repeatedB(b[bo], n);
            Arrays.fill(d, 0, n, 0f);
            add(toA, x, ao * stepA, z, bo * stepB, g, at, d, 0, n);
            int to = toA ? ao : bo;
            if ((toA ? stepA : stepB) == 0) sums[to] += Chosen.KERNELS.sum(d, 0, n);
            else for (int i = 0; i < n; i++) sums[to + i] += d[i];
        });
        for (int i = 0; i < sums.length; i++) gradient[i] = (float) (gradient[i] + sums[i]);
    }

    private void add(boolean toA, float[] x, int xo, float[] z, int zo, float[] g, int at, float[] d, int to, int n) {
        if (toA) Chosen.KERNELS.addDa(op, x, xo, z, zo, y, g, at, d, to, n);
        else Chosen.KERNELS.addDb(op, x, xo, z, zo, y, g, at, d, to, n);
    }

    private float[] repeatedA(float x, int n) {
        if (repeatedA == null) repeatedA = new float[Math.min(BLOCK, y.length)];
        return fill(repeatedA, x, n);
    }

    private float[] repeatedB(float x, int n) {
        if (repeatedB == null) repeatedB = new float[Math.min(BLOCK, y.length)];
        return fill(repeatedB, x, n);
    }

    private static float[] fill(float[] block, float x, int n) {
        Arrays.fill(block, 0, n, x);
        return block;
    }
}
