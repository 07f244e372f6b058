package grad.nn;

import grad.Tensor;
import java.util.random.RandomGenerator;

/** Dropout while training, nothing otherwise; see {@link Tensor#dropout}. */
public final class Dropout implements Layer {
    private final double rate;

    /** A layer that drops each number with probability {@code rate}. */
    public Dropout(double rate) {
        if (!(rate >= 0 && rate < 1)) throw new IllegalArgumentException("Dropout: the rate must be at least 0 and below 1, got " + rate);
        this.rate = rate;
    }

    @Override public Tensor forward(Tensor x) { return x; }

    @Override public Tensor forward(Tensor x, RandomGenerator rng) { return rate == 0 ? x : x.dropout(rate, rng); }

    @Override public String toString() { return "Dropout " + rate; }
}
