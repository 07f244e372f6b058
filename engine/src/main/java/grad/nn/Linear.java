package grad.nn;

import grad.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A fully connected layer, {@code x · weightᵀ + bias}: [n, inputs] becomes [n, outputs]. */
public final class Linear implements Layer {
    private final Tensor weight;    // [outputs, inputs]
    private final Tensor bias;      // [outputs]

    /** A layer that starts as PyTorch's does ({@link Init#PYTORCH}). */
    public Linear(RandomGenerator rng, int inputs, int outputs) { this(Init.PYTORCH, rng, inputs, outputs); }

    public Linear(Init init, RandomGenerator rng, int inputs, int outputs) {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException("Linear needs at least one input and one output, got " + inputs + " and " + outputs);
        }
        this.weight = Tensor.parameter(init.weight(rng, inputs, outputs)).named("weight");
        this.bias = Tensor.parameter(init.bias(rng, inputs, outputs)).named("bias");
    }

    @Override public Tensor forward(Tensor x) { return x.linear(weight, bias); }

    @Override public Map<String, Tensor> namedParameters() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        named.put("weight", weight);
        named.put("bias", bias);
        return named;
    }

    public int inputs() { return weight.shape()[1]; }

    public int outputs() { return weight.shape()[0]; }

    @Override public String toString() { return "Linear " + inputs() + " → " + outputs(); }
}
