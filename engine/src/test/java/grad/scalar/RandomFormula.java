package grad.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A formula drawn from a seed: every operation, nodes used several times, numbers of size about 1. */
record RandomFormula(long seed, int inputs, int steps) {
    private static final List<Op> COMPUTING = Arrays.stream(Op.values()).filter(op -> op.arity() > 0).toList();

    /** One number per input, drawn from the same seed. */
    double[] point() { return new Random(~seed).doubles(inputs, -2, 2).toArray(); }

    /** The formula for any kind of number. */
    <T extends Arithmetic<T>> T apply(List<T> x) {
        Random rng = new Random(seed);
        List<T> nodes = new ArrayList<>(x);
        for (int k = 0; k < steps; k++) {
            T a = nodes.get(rng.nextInt(nodes.size()));
            T b = rng.nextInt(5) == 0 ? a.constant(rng.nextDouble()) : nodes.get(rng.nextInt(nodes.size()));
            T y = step(COMPUTING.get(rng.nextInt(COMPUTING.size())), a, b);
            nodes.add(rng.nextInt(3) == 0 ? y : y.tanh());
        }
        T sum = nodes.get(0);
        for (T node : nodes) sum = sum.add(node.mul(2 * rng.nextDouble() - 1));
        return sum;
    }

    private static <T extends Arithmetic<T>> T step(Op op, T a, T b) {
        return switch (op) {
            case LOG, POW, SQRT, RSQRT -> op.arity() == 1 ? positive(a).apply(op) : positive(a).apply(op, b);
            case DIV -> a.div(positive(b));
            default -> op.arity() == 1 ? a.apply(op) : a.apply(op, b);
        };
    }

    private static <T extends Arithmetic<T>> T positive(T x) { return x.mul(x).add(0.5); }
}
