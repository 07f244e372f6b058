package grad.scalar;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Neurons side by side: each sees all inputs and gives one output. */
public final class Layer {
    private final List<Neuron> neurons;

    /** A layer of the given neurons. */
    public Layer(List<Neuron> neurons) {
        if (neurons.isEmpty()) throw new IllegalArgumentException("Layer needs at least one neuron");
        this.neurons = List.copyOf(neurons);
    }

    /** A layer of {@code outputs} random neurons. */
    public Layer(RandomGenerator rng, int inputs, int outputs, Activation activation) {
        this(Stream.generate(() -> new Neuron(rng, inputs, activation)).limit(Math.max(0, outputs)).toList());
    }

    /** One output per neuron. */
    public Value[] forward(Value... x) {
        Value[] y = new Value[neurons.size()];
        for (int i = 0; i < y.length; i++) y[i] = neurons.get(i).forward(x);
        return y;
    }

    public List<Neuron> neurons() { return neurons; }

    /** The parameters of all neurons, neuron by neuron. */
    public List<Value> parameters() { return neurons.stream().flatMap(n -> n.parameters().stream()).toList(); }

    @Override public String toString() { return neurons.get(0).inputs() + " → " + neurons.size() + " " + neurons.get(0).activation(); }
}
