package grad.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.data.Moons;
import grad.data.Points;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MLPTest {
    @Test void neuronIsItsActivationOfTheWeightedSum() {
        Value[] x = Value.leaves(2, 3);
        double[] w = {0.5, -1};
        assertEquals(-1.75, new Neuron(w, 0.25, Activation.LINEAR).forward(x).data);
        assertEquals(0, new Neuron(w, 0.25, Activation.RELU).forward(x).data);
        assertEquals(StrictMath.tanh(-1.75), new Neuron(w, 0.25, Activation.TANH).forward(x).data);
    }

    @Test void randomNeuronStartsWithSmallWeightsAndNoBias() {
        List<Value> parameters = new Neuron(new Random(1), 1000, Activation.TANH).parameters();
        assertEquals(1001, parameters.size());
        assertEquals(0, parameters.get(1000).data);
        assertTrue(parameters.stream().allMatch(p -> p.data >= -1 && p.data < 1));
        assertTrue(Math.abs(parameters.stream().mapToDouble(p -> p.data).average().orElseThrow()) < 0.05);
    }

    @Test void parametersGoLayerByLayerWeightsBeforeTheBias() {
        MLP net = new MLP(List.of(
                new Layer(List.of(new Neuron(new double[] {1, 2}, 3, Activation.TANH),
                        new Neuron(new double[] {4, 5}, 6, Activation.TANH))),
                new Layer(List.of(new Neuron(new double[] {7, 8}, 9, Activation.LINEAR)))));
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, net.parameters().stream().mapToDouble(p -> p.data).toArray());
        assertEquals("w0", net.parameters().get(0).label());
        assertEquals("b", net.parameters().get(2).label());
    }

    @Test void outputsAreWhatTheFormulaSays() {
        MLP net = new MLP(List.of(
                new Layer(List.of(new Neuron(new double[] {1, 2}, 3, Activation.RELU),
                        new Neuron(new double[] {-4, -5}, 6, Activation.RELU))),
                new Layer(List.of(new Neuron(new double[] {7, 8}, 9, Activation.LINEAR)))));
        assertEquals(7 * (1 * 10 + 2 * 20 + 3) + 8 * 0 + 9, net.forward(10, 20)[0].data);
    }

    @Test void everyParameterHasTheGradientOfFiniteDifferences() {
        MLP net = MLP.tanh(new Random(1), 3, 4, 4, 2);
        Value[] y = net.forward(0.5, -1, 2);
        y[0].mul(1.5).sub(y[1].mul(0.7)).backward();
        for (Value p : net.parameters()) {
            double at = p.data;
            p.data = at + 1e-5;
            double above = weighted(net.forward(0.5, -1, 2));
            p.data = at - 1e-5;
            double below = weighted(net.forward(0.5, -1, 2));
            p.data = at;
            assertEquals((above - below) / 2e-5, p.grad, 1e-9);
        }
    }

    private static double weighted(Value[] y) { return 1.5 * y[0].data - 0.7 * y[1].data; }

    @Test void zeroGradForgetsAllGradients() {
        MLP net = MLP.tanh(new Random(1), 2, 3, 1);
        net.forward(1, 2)[0].backward();
        assertTrue(net.parameters().stream().anyMatch(p -> p.grad != 0));
        net.zeroGrad();
        assertTrue(net.parameters().stream().allMatch(p -> p.grad == 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void learnsFourSamplesInFiftySteps(long seed) {
        double[][] x = {{2, 3, -1}, {3, -1, 0.5}, {0.5, 1, 1}, {1, 1, -1}};
        double[] target = {1, -1, -1, 1};
        MLP net = MLP.tanh(new Random(seed), 3, 4, 4, 1);
        double loss = 0;
        for (int k = 0; k < 50; k++) {
            Value step = Loss.squaredError(scores(net, x), target);
            net.zeroGrad();
            step.backward();
            for (Value p : net.parameters()) p.data -= 0.05 * p.grad;
            loss = step.data;
        }
        assertTrue(loss < 0.03, "loss " + loss);
    }

    private static Value[] scores(MLP net, double[][] x) {
        Value[] score = new Value[x.length];
        for (int i = 0; i < x.length; i++) score[i] = net.forward(x[i])[0];
        return score;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void separatesTheMoons(long seed) {
        Points moons = Moons.points(100, 0.1, new Random(seed));
        MLP net = MLP.relu(new Random(seed), 2, 16, 16, 1);
        trainByReplay(net, moons, 100);
        Value[] score = scores(net, moons.x());
        for (int i = 0; i < score.length; i++) assertEquals(moons.y()[i], score[i].data > 0 ? 1 : 0, "point " + i);
    }

    @Test void trainedWeightsHaveTheSameBitsBuiltAndReplayedOnEveryMachine() throws NoSuchAlgorithmException {
        Points moons = Moons.points(100, 0.1, new Random(1));
        MLP built = MLP.relu(new Random(1), 2, 16, 16, 1);
        MLP replayed = MLP.relu(new Random(1), 2, 16, 16, 1);
        for (int k = 0; k < 100; k++) step(built, moonsLoss(built, moons), k);
        trainByReplay(replayed, moons, 100);
        assertArrayEquals(weights(built), weights(replayed));
        assertEquals("0d19e3f615c8d2774e8f8acbcc8bf105ea394df7fce7b1088bc446edd33f1154", sha256(weights(built)));
    }

    private static Value moonsLoss(MLP net, Points moons) {
        return Loss.maxMargin(scores(net, moons.x()), moons.sign()).add(Loss.l2(net.parameters(), 1e-4));
    }

    private static void step(MLP net, Value loss, int k) {
        net.zeroGrad();
        loss.backward();
        descend(net, k);
    }

    private static void trainByReplay(MLP net, Points moons, int steps) {
        Graph graph = Graph.record(moonsLoss(net, moons));
        for (int k = 0; k < steps; k++) {
            net.zeroGrad();
            graph.forward();
            graph.backward();
            descend(net, k);
        }
    }

    private static void descend(MLP net, int k) {
        double lr = 1 - 0.9 * k / 100;
        for (Value p : net.parameters()) p.data -= lr * p.grad;
    }

    private static double[] weights(MLP net) { return net.parameters().stream().mapToDouble(p -> p.data).toArray(); }

    private static String sha256(double[] numbers) throws NoSuchAlgorithmException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length);
        bytes.asDoubleBuffer().put(numbers);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    }

    @Test void wrongNumberOfInputsIsRefused() {
        Neuron neuron = new Neuron(new Random(1), 3, Activation.TANH);
        assertRefused("Neuron expects 3 inputs, got 2", () -> neuron.forward(Value.leaves(1, 2)));
        assertRefused("Neuron expects 3 inputs, got 2", () -> MLP.tanh(new Random(1), 3, 4, 1).forward(1, 2));
    }

    @Test void emptyNetworksAreRefused() {
        assertRefused("Neuron needs at least one input", () -> new Neuron(new double[0], 0, Activation.TANH));
        assertRefused("Neuron needs at least one input", () -> new Neuron(new Random(1), -1, Activation.TANH));
        assertRefused("Layer needs at least one neuron", () -> new Layer(List.of()));
        assertRefused("Layer needs at least one neuron", () -> MLP.relu(new Random(1), 3, 0, 1));
        assertRefused("MLP needs at least one layer", () -> new MLP(List.of()));
        assertRefused("MLP needs at least one layer", () -> MLP.relu(new Random(1), 3));
    }

    @Test void weightsThatAreNotNumbersAreRefused() {
        assertRefused("Neuron: weight 1 is NaN", () -> new Neuron(new double[] {1, Double.NaN}, 0, Activation.TANH));
        assertRefused("Neuron: bias is NaN", () -> new Neuron(new double[] {1}, Double.NaN, Activation.TANH));
    }

    private static void assertRefused(String message, Runnable bad) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, bad::run).getMessage());
    }

    @Test void readsWellInANotebook() {
        MLP net = MLP.relu(new Random(1), 2, 16, 1);
        assertEquals("MLP(2 → 16 RELU, 16 → 1 LINEAR): 65 parameters", net.toString());
    }
}
