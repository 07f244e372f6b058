package grad;

import grad.kernels.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * An operation of your own: its numbers, computed however you like, and its gradient by hand. For x³:
 *
 * <pre>{@code
 * Tensor y = Operation.of("cube", x.detach().pow(3), g -> List.of(g.mul(x.detach().pow(2).mul(3))), x);
 * }</pre>
 *
 * {@link Check#gradient(Function, Tensor...)} compares such a gradient with finite differences. The engine's own operations are in
 * {@link grad.scalar.Op}, element by element, and in {@link Tensor}.
 */
public final class Operation {
    private Operation() { }

    /**
     * A tensor with these numbers and this gradient.
     *
     * @param result the numbers, copied; how they were computed is forgotten
     * @param backward from ∂loss/∂result, of the result's shape, to ∂loss/∂parent for each of the parents, of the parent's shape
     * @param parents the tensors that the numbers depend on
     * @throws IllegalStateException in {@link Tensor#backward()}, when there is not one gradient for each parent, or one has another shape
     */
    public static Tensor of(String name, Tensor result, Function<Tensor, List<Tensor>> backward, Tensor... parents) {
        if (name.isBlank()) throw new IllegalArgumentException("Operation: it needs a name");
        if (parents.length == 0) {
            throw new IllegalArgumentException("Operation " + name + ": it needs the tensors that it was computed from");
        }
        Tensor[] from = parents.clone();
        int[] shape = result.shape;
        return new Tensor(name, shape, result.data.clone(), g -> {
            List<Tensor> gradients = backward.apply(new Tensor(g.clone(), shape));
            check(name, gradients, from);
            for (int i = 0; i < from.length; i++) add(gradients.get(i), from[i]);
        }, Tensor.nodes(from));
    }

    private static void check(String name, List<Tensor> gradients, Tensor[] parents) {
        int found = gradients == null ? 0 : gradients.size();
        if (found != parents.length || gradients.stream().anyMatch(Objects::isNull)) {
            throw new IllegalStateException("backward of " + name + ": there must be one gradient for each of the " + parents.length
                    + " tensors it was computed from, got " + (found == parents.length ? gradients : found));
        }
        for (int i = 0; i < parents.length; i++) {
            if (!Arrays.equals(gradients.get(i).shape, parents[i].shape)) {
                throw new IllegalStateException("backward of " + name + ": a gradient of shape " + Arrays.toString(gradients.get(i).shape)
                        + " for " + parents[i] + "; both shapes must be the same");
            }
        }
    }

    private static void add(Tensor gradient, Tensor parent) {
        if (parent.requiresGrad()) Kernels.addTo(parent.gradient(), 0, gradient.data, 0, gradient.data.length);
    }
}
