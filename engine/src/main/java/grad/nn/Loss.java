package grad.nn;

import grad.Tensor;
import java.util.Arrays;

/** How wrong a batch of predictions is, as a single number to go backward from. */
public final class Loss {
    private Loss() { }

    /** The mean of {@code −log softmax(scores)[label]} in nats, for scores [n, classes]; see {@link Tensor#crossEntropy}. */
    public static Tensor crossEntropy(Tensor scores, int... labels) { return scores.crossEntropy(labels, 0); }

    /** The same with a part of each target spread evenly over all classes. */
    public static Tensor crossEntropy(Tensor scores, double smoothing, int... labels) { return scores.crossEntropy(labels, smoothing); }

    /** The mean squared difference. */
    public static Tensor mse(Tensor y, Tensor target) {
        sameShape("mse", y, target);
        Tensor difference = y.sub(target);
        return difference.mul(difference).mean();
    }

    /** The root of the mean squared difference. Where every difference is 0 its gradient is NaN: √ is vertical there, and ∞ meets 0. */
    public static Tensor rmse(Tensor y, Tensor target) {
        sameShape("rmse", y, target);
        return mse(y, target).sqrt();
    }

    /** The mean of {@code max(0, 1 − target · score)}, with targets −1 or 1. */
    public static Tensor maxMargin(Tensor score, Tensor target) {
        sameShape("maxMargin", score, target);
        float[] t = target.data();
        for (int i = 0; i < t.length; i++) {
            if (Math.abs(t[i]) != 1) throw new IllegalArgumentException("maxMargin: target " + i + " is " + t[i] + ", not −1 or 1");
        }
        return score.mul(target).neg().add(1).relu().mean();
    }

    /** Refuses to broadcast: [n, 1] against [n] would silently compare every prediction with every target. */
    private static void sameShape(String loss, Tensor y, Tensor target) {
        if (!Arrays.equals(y.shape(), target.shape())) {
            throw new IllegalArgumentException(loss + ": predictions " + Arrays.toString(y.shape())
                    + ", targets " + Arrays.toString(target.shape()));
        }
        if (y.size() == 0) throw new IllegalArgumentException(loss + ": no predictions");
    }
}
