package grad.bench;

import grad.Tensor;
import grad.data.Images;
import grad.scalar.Activation;
import grad.scalar.Graph;
import grad.scalar.Layer;
import grad.scalar.Loss;
import grad.scalar.MLP;
import grad.scalar.Neuron;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/** The workloads made of single numbers: W1, W2 and W3. "replay" is the same training on a graph that was recorded once. */
final class Scalars {
    private static final int STEPS = 100;

    private final Inputs inputs;

    Scalars(Inputs inputs) { this.inputs = inputs; }

    /** W1: 100 points of two moons, 2-16-16-1, max-margin loss and L2, 100 steps with a falling rate. */
    Workload moons(boolean replay) {
        Map<String, Tensor> moons = inputs.load("moons");
        double[][] x = rows(moons.get("x"));
        double[] sign = Arrays.stream(doubles(moons.get("y"))).map(y -> 2 * y - 1).toArray();
        return training("moons-weights", replay, k -> 1 - 0.9 * k / STEPS, net -> {
            Value[] score = new Value[x.length];
            for (int i = 0; i < x.length; i++) score[i] = net.forward(x[i])[0];
            return Loss.maxMargin(score, sign).add(Loss.l2(net.parameters(), 1e-4));
        });
    }

    /** W3: 20 digits, 64-32-16-10, the sum of their root mean squared errors, 100 steps. */
    Workload rmse(boolean replay) {
        Images digits = inputs.images("digits", "train.", 8).take(20).scaled(16);
        double[][] x = rows(Tensor.of(digits.pixels(), 20, 64));
        double[][] target = rows(Tensor.of(digits.oneHot(), 20, 10));
        return training("digits-weights", replay, k -> 0.02, net -> {
            List<Value> losses = new ArrayList<>();
            for (int i = 0; i < x.length; i++) losses.add(Loss.rmse(net.forward(x[i]), target[i]));
            return Value.sum(losses);
        });
    }

    private Workload training(String weights, boolean replay, IntToDoubleFunction rate, Function<MLP, Value> loss) {
        Map<String, Tensor> start = inputs.load(weights);
        return replay ? () -> replayed(network(start), rate, loss) : () -> built(network(start), rate, loss);
    }

    private static Workload.Outcome built(MLP net, IntToDoubleFunction rate, Function<MLP, Value> lossOf) {
        double last = 0;
        for (int k = 0; k < STEPS; k++) {
            Value loss = lossOf.apply(net);
            net.zeroGrad();
            loss.backward();
            for (Value p : net.parameters()) p.data -= rate.applyAsDouble(k) * p.grad;
            last = loss.data;
        }
        return outcome("loss", last);
    }

    private static Workload.Outcome replayed(MLP net, IntToDoubleFunction rate, Function<MLP, Value> lossOf) {
        Graph graph = Graph.record(lossOf.apply(net));
        double last = 0;
        for (int k = 0; k < STEPS; k++) {
            last = graph.forward();
            net.zeroGrad();
            graph.backward();
            for (Value p : net.parameters()) p.data -= rate.applyAsDouble(k) * p.grad;
        }
        return outcome("loss", last);
    }

    /** W2: a graph of so many nodes is built, ordered and gone through backwards. */
    Workload nodes(int nodes) {
        Neurons neurons = neurons();
        return () -> {
            neurons.zeroGrad();
            neurons.build(nodes).backward();
            return outcome("gradient", neurons.gradient());
        };
    }

    /** The same graph, recorded before, computed forwards and backwards. */
    Workload replayedNodes(int nodes) {
        Neurons neurons = neurons();
        Graph graph = Graph.record(neurons.build(nodes));
        return () -> {
            neurons.zeroGrad();
            graph.forward();
            graph.backward();
            return outcome("gradient", neurons.gradient());
        };
    }

    private Neurons neurons() {
        Map<String, Tensor> saved = inputs.load("nodes");
        return new Neurons(doubles(saved.get("w")), doubles(saved.get("x")), doubles(saved.get("b")));
    }

    /** Layers of neurons with the weights that a tensor network was saved with. */
    private static MLP network(Map<String, Tensor> saved) {
        List<Layer> layers = new ArrayList<>();
        for (int place = 0; saved.containsKey(place + ".weight"); place += 2) {
            Activation activation = saved.containsKey(place + 2 + ".weight") ? Activation.RELU : Activation.LINEAR;
            double[][] w = rows(saved.get(place + ".weight"));
            double[] b = doubles(saved.get(place + ".bias"));
            List<Neuron> neurons = new ArrayList<>();
            for (int i = 0; i < w.length; i++) neurons.add(new Neuron(w[i], b[i], activation));
            layers.add(new Layer(neurons));
        }
        return new MLP(layers);
    }

    private static Workload.Outcome outcome(String name, double value) { return () -> Map.of(name, value); }

    private static double[][] rows(Tensor matrix) {
        double[] all = doubles(matrix);
        int columns = matrix.shape()[1];
        double[][] rows = new double[matrix.shape()[0]][];
        for (int i = 0; i < rows.length; i++) rows[i] = Arrays.copyOfRange(all, i * columns, (i + 1) * columns);
        return rows;
    }

    private static double[] doubles(Tensor tensor) {
        double[] doubles = new double[tensor.size()];
        for (int i = 0; i < doubles.length; i++) doubles[i] = tensor.data()[i];
        return doubles;
    }
}
