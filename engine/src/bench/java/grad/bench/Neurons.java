package grad.bench;

import grad.scalar.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A graph as large as is asked for: 16 neurons of 16 inputs, written with {@code mul} and {@code add}, used again and again, and their
 * ReLUs added up.
 */
final class Neurons {
    private static final int INPUTS = 16;
    private static final int PER_NEURON = 2 * INPUTS + 2;      // mul and add for each input, relu, and the add of the sum

    private final Value[] w;
    private final Value[] x;
    private final Value[] b;

    Neurons(double[] w, double[] x, double[] b) {
        this.w = Value.leaves(w);
        this.x = Value.leaves(x);
        this.b = Value.leaves(b);
    }

    /** The result of a new graph of about so many nodes. */
    Value build(int nodes) {
        List<Value> outputs = new ArrayList<>();
        for (int n = 0; n < Math.max(1, nodes / PER_NEURON); n++) {
            Value sum = b[n % b.length];
            for (int i = 0; i < INPUTS; i++) sum = sum.add(w[n % b.length * INPUTS + i].mul(x[i]));
            outputs.add(sum.relu());
        }
        return Value.sum(outputs);
    }

    void zeroGrad() { for (Value v : w) v.grad = 0; }

    /** The sum of the absolute gradients of all weights. */
    double gradient() { return Arrays.stream(w).mapToDouble(v -> Math.abs(v.grad)).sum(); }
}
