package grad.nn;

import grad.Tensor;
import java.util.random.RandomGenerator;

/** How the weights of a layer start. The bias starts at 0, except for {@link #PYTORCH}. */
public enum Init {
    /** Uniform in ±1/√inputs, weights and bias alike: what PyTorch's {@code Linear} does unless told otherwise. */
    PYTORCH {
        @Override double bound(int inputs, int outputs) { return 1 / Math.sqrt(inputs); }
    },

    /** Uniform in ±√(6 / inputs), for ReLU (He et al. 2015, equation 10, as a uniform distribution). */
    KAIMING {
        @Override double bound(int inputs, int outputs) { return Math.sqrt(6.0 / inputs); }
    },

    /** Uniform in ±√(6 / (inputs + outputs)), for tanh (Glorot and Bengio 2010, equation 16). */
    GLOROT {
        @Override double bound(int inputs, int outputs) { return Math.sqrt(6.0 / (inputs + outputs)); }
    };

    abstract double bound(int inputs, int outputs);

    Tensor weight(RandomGenerator rng, int inputs, int outputs) {
        double bound = bound(inputs, outputs);
        return Tensor.uniform(rng, -bound, bound, outputs, inputs);
    }

    Tensor bias(RandomGenerator rng, int inputs, int outputs) {
        if (this != PYTORCH) return Tensor.zeros(outputs);
        double bound = bound(inputs, outputs);
        return Tensor.uniform(rng, -bound, bound, outputs);
    }
}
