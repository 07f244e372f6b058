package grad.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A multi-layer perceptron: each layer's outputs are the next one's inputs. */
public final class MLP {
    private final List<Layer> layers;
    private final List<Value> parameters;

    /** A network of the given layers. */
    public MLP(List<Layer> layers) {
        if (layers.isEmpty()) throw new IllegalArgumentException("MLP needs at least one layer");
        this.layers = List.copyOf(layers);
        this.parameters = layers.stream().flatMap(l -> l.parameters().stream()).toList();
    }

    /** tanh in every layer. {@code MLP.tanh(rng, 3, 4, 4, 1)} takes 3 inputs through two layers of 4 neurons to 1 output. */
    public static MLP tanh(RandomGenerator rng, int... sizes) { return random(rng, Activation.TANH, Activation.TANH, sizes); }

    /** ReLU in the hidden layers and a linear output; sizes as in {@link #tanh}. */
    public static MLP relu(RandomGenerator rng, int... sizes) { return random(rng, Activation.RELU, Activation.LINEAR, sizes); }

    private static MLP random(RandomGenerator rng, Activation hidden, Activation output, int... sizes) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < sizes.length; i++) {
            layers.add(new Layer(rng, sizes[i - 1], sizes[i], i < sizes.length - 1 ? hidden : output));
        }
        return new MLP(layers);
    }

    /** The outputs of the last layer. */
    public Value[] forward(Value... x) {
        for (Layer layer : layers) x = layer.forward(x);
        return x;
    }

    /** The outputs of the last layer for plain numbers. */
    public Value[] forward(double... x) { return forward(Value.leaves(x)); }

    public List<Layer> layers() { return layers; }

    /** All weights and biases: layer by layer, neuron by neuron, weights before the bias. */
    public List<Value> parameters() { return parameters; }

    /** Sets the gradient of every parameter to 0. */
    public void zeroGrad() { for (Value p : parameters) p.grad = 0; }

    @Override public String toString() {
        String names = layers.stream().map(Layer::toString).collect(Collectors.joining(", "));
        return "MLP(" + names + "): " + parameters.size() + " parameters";
    }
}
