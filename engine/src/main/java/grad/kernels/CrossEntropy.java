package grad.kernels;

import java.util.Arrays;

/**
 * Softmax and cross-entropy as one operation: with {@code p = softmax(x)} and target t, the loss of a row is {@code −Σ tⱼ log pⱼ} and its
 * gradient simply {@code p − t}. The loss is computed as {@code log Σ exp(xⱼ − max) + Σ tⱼ (max − xⱼ)}, which stays finite for a certain
 * wrong answer and exact for large scores.
 */
public final class CrossEntropy {
    private final float[] x;        // [n, classes]
    private final int[] labels;
    private final int classes;
    private final float own;        // the target of the label, beyond what each class gets
    private final float each;       // the target that every class gets
    private final float[] p;        // softmax(x)

    public CrossEntropy(float[] x, int[] shape, int[] labels, double smoothing) {
        if (shape.length != 2 || x.length == 0) {
            throw new IllegalArgumentException("crossEntropy: shape " + Arrays.toString(shape) + " is not a batch of scores [n, classes]");
        }
        if (labels.length != shape[0]) {
            throw new IllegalArgumentException("crossEntropy: " + labels.length + " labels for " + shape[0] + " rows");
        }
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("crossEntropy: smoothing must be between 0 and 1, got " + smoothing);
        }
        this.x = x;
        this.labels = labels.clone();
        this.classes = shape[1];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("crossEntropy: label " + labels[i] + " at row " + i + ", classes 0.." + (classes - 1));
            }
        }
        this.own = (float) (1 - smoothing);
        this.each = (float) (smoothing / classes);
        this.p = new float[x.length];
    }

    /** The mean over the rows. */
    public float forward() {
        int rows = labels.length;
        float[] max = new float[rows];
        float[] loss = new float[rows];
        Chosen.KERNELS.softmax(x, p, max, loss, rows, classes);
        for (int i = 0; i < rows; i++) loss[i] += missed(i, max[i]);
        return (float) (Chosen.KERNELS.sum(loss, 0, rows) / rows);
    }

    /** By how much the target's scores stay below the row's maximum, {@code Σ tⱼ (max − xⱼ)}. */
    private float missed(int row, float max) {
        float missed = own * (max - x[row * classes + labels[row]]);
        if (each == 0) return missed;
        double all = 0;
        for (int j = 0; j < classes; j++) all += max - x[row * classes + j];
        return missed + each * (float) all;
    }

    /** Adds {@code g · ∂loss/∂x} to the gradient of x. */
    public void addGradient(float g, float[] gradient) {
        float scale = g / labels.length;
        for (int i = 0; i < p.length; i++) gradient[i] += scale * (p[i] - each);
        for (int i = 0; i < labels.length; i++) gradient[i * classes + labels[i]] -= scale * own;
    }
}
