package grad.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Multi-layer perceptrons of the story: linear layers with an activation between them, and a linear output. */
public final class MLP {
    private MLP() { }

    /** {@code MLP.relu(rng, 784, 128, 10)} takes 784 inputs through 128 hidden neurons to 10 scores. */
    public static Sequential relu(RandomGenerator rng, int... sizes) { return of(Init.PYTORCH, Activation.RELU, 0, rng, sizes); }

    /**
     * A network with everything chosen.
     *
     * @param dropout the rate of the dropout after each hidden layer; 0 for none
     * @param sizes inputs, hidden layers, outputs
     */
    public static Sequential of(Init init, Activation activation, double dropout, RandomGenerator rng, int... sizes) {
        if (sizes.length < 2) {
            throw new IllegalArgumentException("MLP needs at least the sizes of its input and output, got " + sizes.length);
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < sizes.length; i++) {
            layers.add(new Linear(init, rng, sizes[i - 1], sizes[i]));
            if (i == sizes.length - 1) break;
            layers.add(activation);
            if (dropout != 0) layers.add(new Dropout(dropout));
        }
        return new Sequential(layers.toArray(Layer[]::new));
    }
}
