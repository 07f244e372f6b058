package grad.scalar;

/** What a neuron does to its weighted sum. */
public enum Activation {
    LINEAR { @Override public Value apply(Value sum) { return sum; } },
    RELU { @Override public Value apply(Value sum) { return sum.relu(); } },
    TANH { @Override public Value apply(Value sum) { return sum.tanh(); } };

    public abstract Value apply(Value sum);
}
