package grad.nn;

import grad.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A function from tensor to tensor, with or without parameters. {@code Tensor::relu} is one. */
@FunctionalInterface
public interface Layer {
    /** The layer's output for a batch x of shape [n, …], as it is used once trained. */
    Tensor forward(Tensor x);

    /** The layer's output while training: whatever is random draws from {@code rng}. */
    default Tensor forward(Tensor x, RandomGenerator rng) { return forward(x); }

    /** The parameters by name, in order. */
    default Map<String, Tensor> namedParameters() { return Map.of(); }

    /** The parameters, in order; one that is used in two places is there once. */
    default List<Tensor> parameters() { return namedParameters().values().stream().distinct().toList(); }

    /** A copy of the parameters by name, such as the best ones so far; {@link #load} brings them back. */
    default Map<String, Tensor> snapshot() {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        namedParameters().forEach((name, p) -> copy.put(name, p.detach()));
        return copy;
    }

    /** Keeps the parameters as they are: their gradients are no longer wanted, and cost nothing. */
    default void freeze() { for (Tensor p : parameters()) p.requiresGrad(false); }

    /** Lets the parameters learn again. */
    default void unfreeze() { for (Tensor p : parameters()) p.requiresGrad(true); }

    /**
     * Takes over numbers that were kept with {@link #snapshot}, or saved, as {@code grad.io.Safetensors} loads them. Nothing changes unless
     * everything fits.
     *
     * @throws IllegalArgumentException when a parameter is missing, unknown or of another shape
     */
    default void load(Map<String, Tensor> saved) {
        Map<String, Tensor> own = namedParameters();
        if (!own.keySet().equals(saved.keySet())) {
            throw new IllegalArgumentException("load: this network has parameters " + own.keySet() + ", the saved one " + saved.keySet());
        }
        own.forEach((name, p) -> {
            if (!Arrays.equals(p.shape(), saved.get(name).shape())) {
                throw new IllegalArgumentException("load: " + name + " has shape " + Arrays.toString(p.shape()) + " here, but "
                        + Arrays.toString(saved.get(name).shape()) + " was saved");
            }
        });
        own.forEach((name, p) -> p.update(data -> System.arraycopy(saved.get(name).data(), 0, data, 0, data.length)));
    }
}
