package grad.scalar;

import java.util.ArrayList;
import java.util.List;

/** How wrong a prediction is, as one value to go backward from. */
public final class Loss {
    private Loss() { }

    /** The sum of squared differences, {@code Σ (yᵢ − tᵢ)²}. */
    public static Value squaredError(Value[] y, double[] target) {
        sameLength("squaredError", y, target);
        List<Value> terms = new ArrayList<>();
        for (int i = 0; i < y.length; i++) terms.add(y[i].sub(target[i]).pow(2));
        return Value.sum(terms);
    }

    /** The root of the mean squared difference. Where every difference is 0 its gradient is NaN: √ is vertical there, and ∞ meets 0. */
    public static Value rmse(Value[] y, double[] target) {
        sameLength("rmse", y, target);
        return squaredError(y, target).mul(1.0 / y.length).pow(0.5);
    }

    /**
     * The mean of {@code max(0, 1 − tᵢ · sᵢ)}: a score costs nothing once it is on its target's side by a margin of 1.
     *
     * @param target −1 or 1 each
     */
    public static Value maxMargin(Value[] score, double[] target) {
        sameLength("maxMargin", score, target);
        List<Value> terms = new ArrayList<>();
        for (int i = 0; i < score.length; i++) {
            if (Math.abs(target[i]) != 1) {
                throw new IllegalArgumentException("maxMargin: target " + i + " is " + target[i] + ", not −1 or 1");
            }
            terms.add(score[i].mul(-target[i]).add(1).relu());
        }
        return Value.sum(terms).mul(1.0 / score.length);
    }

    /** The weight penalty {@code alpha · Σ p²}, to be added to another loss. */
    public static Value l2(List<Value> parameters, double alpha) {
        return Value.sum(parameters.stream().map(p -> p.mul(p)).toList()).mul(alpha);
    }

    private static void sameLength(String loss, Value[] y, double[] target) {
        if (y.length != target.length) {
            throw new IllegalArgumentException(loss + ": " + y.length + " predictions, but " + target.length + " targets");
        }
        if (y.length == 0) throw new IllegalArgumentException(loss + ": no predictions");
    }
}
