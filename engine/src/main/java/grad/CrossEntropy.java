package grad;

import java.util.Arrays;

/**
 * Softmax and cross-entropy as one operation: with {@code p = softmax(x)} and target t, the loss of a row is {@code −Σ tⱼ log pⱼ} and its
 * gradient simply {@code p − t}. The loss is computed as {@code log Σ exp(xⱼ − max) + Σ tⱼ (max − xⱼ)}, which stays finite for a certain
 * wrong answer and exact for large scores.
 */
final class CrossEntropy {
    private final Tensor x;
    private final int[] labels;
    private final int classes;
    private final float own;        // the target of the label, beyond what each class gets
    private final float each;       // the target that every class gets

    CrossEntropy(Tensor x, int[] labels, double smoothing) {
        if (x.rank() != 2 || x.size() == 0) {
            throw new IllegalArgumentException("crossEntropy: shape " + Arrays.toString(x.shape()) + " is not a batch of scores [n, classes]");
        }
        if (labels.length != x.shape()[0]) {
            throw new IllegalArgumentException("crossEntropy: " + labels.length + " labels for " + x.shape()[0] + " rows");
        }
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("crossEntropy: smoothing must be between 0 and 1, got " + smoothing);
        }
        this.x = x;
        this.labels = labels.clone();
        this.classes = x.shape()[1];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("crossEntropy: label " + labels[i] + " at row " + i + ", classes 0.." + (classes - 1));
            }
        }
        this.own = (float) (1 - smoothing);
        this.each = (float) (smoothing / classes);
    }

    Tensor node() {
        int rows = labels.length;
        float[] p = new float[x.size()];
        float[] max = new float[rows];
        float[] loss = new float[rows];
        Kernels.LIVE.softmax(x.data(), p, max, loss, rows, classes);
        for (int i = 0; i < rows; i++) loss[i] += missed(i, max[i]);
        float mean = (float) (Kernels.LIVE.sum(loss, 0, rows) / rows);
        return Tensor.node("crossEntropy", new int[0], new float[] {mean}, g -> addGradient(p, g[0] / rows), x);
    }

    /** By how much the target's scores stay below the row's maximum, {@code Σ tⱼ (max − xⱼ)}. */
    private float missed(int row, float max) {
        float[] scores = x.data();
        float missed = own * (max - scores[row * classes + labels[row]]);
        if (each == 0) return missed;
        double all = 0;
        for (int j = 0; j < classes; j++) all += max - scores[row * classes + j];
        return missed + each * (float) all;
    }

    private void addGradient(float[] p, float scale) {
        float[] gradient = x.gradient();
        for (int i = 0; i < p.length; i++) gradient[i] += scale * (p[i] - each);
        for (int i = 0; i < labels.length; i++) gradient[i * classes + labels[i]] -= scale * own;
    }
}
