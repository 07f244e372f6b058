package grad.nn;

import grad.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Layers one after the other. Parameters are named after their layer's place, as in PyTorch: {@code 0.weight, 0.bias, 2.weight …}. */
public final class Sequential implements Layer {
    private final List<Layer> layers;

    public Sequential(Layer... layers) {
        if (layers.length == 0) throw new IllegalArgumentException("Sequential needs at least one layer");
        for (int i = 0; i < layers.length; i++) {
            if (layers[i] == null) throw new NullPointerException("Sequential: layer " + i + " is null");
        }
        this.layers = List.of(layers);
    }

    @Override public Tensor forward(Tensor x) {
        for (Layer layer : layers) x = layer.forward(x);
        return x;
    }

    @Override public Tensor forward(Tensor x, RandomGenerator rng) {
        for (Layer layer : layers) x = layer.forward(x, rng);
        return x;
    }

    @Override public Map<String, Tensor> namedParameters() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            String place = i + ".";
            layers.get(i).namedParameters().forEach((name, p) -> named.put(place + name, p));
        }
        return named;
    }

    public List<Layer> layers() { return layers; }

    /** The network as a table for a batch of one input of the given shape: layer, shape out, parameters, and their total. */
    public String table(int... input) {
        int[] batch = new int[input.length + 1];
        batch[0] = 1;
        System.arraycopy(input, 0, batch, 1, input.length);
        Tensor x = Tensor.zeros(batch);
        StringBuilder table = new StringBuilder(row("layer", "shape out", "parameters"));
        for (Layer layer : layers) {
            x = layer.forward(x);
            int[] shape = x.shape();
            String out = "[n" + Arrays.stream(shape).skip(1).mapToObj(n -> ", " + n).reduce("", String::concat) + "]";
            table.append(row(name(layer), out, Integer.toString(count(layer))));
        }
        return table.append(row("total", "", Integer.toString(count(this)))).toString().stripTrailing();
    }

    private static String name(Layer layer) {
        if (layer instanceof Sequential) return "Sequential";
        return layer.getClass().isSynthetic() || layer.getClass().isHidden() ? "function" : layer.toString();
    }

    private static int count(Layer layer) { return layer.parameters().stream().mapToInt(Tensor::size).sum(); }

    private static String row(String layer, String shape, String parameters) {
        return String.format(Locale.ROOT, "%-18s %-12s %10s%n", layer, shape, parameters);
    }

    /** {@link #table} where the first layer says how many inputs it takes and the others fit, else the layers' names. */
    @Override public String toString() {
        try {
            if (layers.get(0) instanceof Linear first) return table(first.inputs());
        } catch (IllegalArgumentException e) {
            // forward() will say what does not fit
        }
        return "Sequential" + layers;
    }
}
