package grad.nn;

import grad.Tensor;
import java.util.Arrays;

/** How often a network is right. */
public final class Accuracy {
    private Accuracy() { }

    /**
     * The share of rows whose largest score stands in the label's column, between 0 and 1.
     *
     * @param scores [n, classes]
     * @param labels n classes
     */
    public static double of(Tensor scores, int... labels) {
        int[] shape = scores.shape();
        if (shape.length != 2 || shape[0] != labels.length) {
            throw new IllegalArgumentException("accuracy: " + labels.length + " labels for scores "
                    + Arrays.toString(shape) + "; it takes one for each row of a matrix");
        }
        if (labels.length == 0) throw new IllegalArgumentException("accuracy: no predictions");
        int[] guess = scores.argmax(1);
        int right = 0;
        for (int i = 0; i < guess.length; i++) {
            if (labels[i] < 0 || labels[i] >= shape[1]) {
                throw new IllegalArgumentException("accuracy: label " + labels[i] + " at row " + i + ", classes 0.." + (shape[1] - 1));
            }
            if (guess[i] == labels[i]) right++;
        }
        return (double) right / guess.length;
    }
}
