package grad.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** One neuron: {@code activation(w·x + b)}. */
public final class Neuron {
    private final Value[] w;
    private final Value b;
    private final Activation activation;

    /** A neuron with the given weights, one per input, and bias. */
    public Neuron(double[] w, double b, Activation activation) {
        if (w.length == 0) throw new IllegalArgumentException("Neuron needs at least one input");
        this.w = new Value[w.length];
        for (int i = 0; i < w.length; i++) this.w[i] = Value.of(number("weight " + i, w[i])).named("w" + i);
        this.b = Value.of(number("bias", b)).named("b");
        this.activation = activation;
    }

    /** A neuron with weights drawn uniformly from [−1, 1) and bias 0, as in micrograd. */
    public Neuron(RandomGenerator rng, int inputs, Activation activation) {
        this(rng.doubles(Math.max(0, inputs)).map(u -> 2 * u - 1).toArray(), 0, activation);
    }

    private static double number(String what, double x) {
        if (Double.isNaN(x)) throw new IllegalArgumentException("Neuron: " + what + " is NaN");
        return x;
    }

    /** The neuron's output for one input per weight. */
    public Value forward(Value... x) {
        if (x.length != w.length) throw new IllegalArgumentException("Neuron expects " + w.length + " inputs, got " + x.length);
        return activation.apply(Value.dot(w, x, b));
    }

    /** The weights in the order of the inputs, then the bias. */
    public List<Value> parameters() {
        List<Value> parameters = new ArrayList<>(Arrays.asList(w));
        parameters.add(b);
        return parameters;
    }

    public int inputs() { return w.length; }

    public Activation activation() { return activation; }

    @Override public String toString() { return "Neuron(" + w.length + " inputs, " + activation + ")"; }
}
