package grad.nn;

import grad.Tensor;

/** Each example as one row: [n, …] becomes [n, d], where d is the product of the other sizes. */
public final class Flatten implements Layer {
    @Override public Tensor forward(Tensor x) {
        if (x.rank() == 0) throw new IllegalArgumentException("Flatten: a single number is no batch of examples");
        return x.reshape(x.shape()[0], x.shape()[0] == 0 ? 0 : x.size() / x.shape()[0]);
    }

    @Override public String toString() { return "Flatten"; }
}
