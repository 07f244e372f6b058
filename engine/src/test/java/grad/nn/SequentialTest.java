package grad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import grad.Rng;
import grad.Tensor;
import grad.optim.SGD;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SequentialTest {
    private static Sequential network() { return MLP.relu(new Rng(1), 3, 4, 2); }

    private static float[] numbers(Layer layer) {
        return Tensor.concat(0, layer.parameters().stream().map(p -> p.reshape(p.size())).toArray(Tensor[]::new)).detach().data();
    }

    private static Map<String, Tensor> copy(Layer layer) {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        layer.namedParameters().forEach((name, p) -> copy.put(name, p.detach()));
        return copy;
    }

    @Test void appliesItsLayersInOrder() {
        Sequential twiceThenOneMore = new Sequential(x -> x.mul(2), x -> x.add(1));
        assertArrayEquals(new float[] {7}, twiceThenOneMore.forward(Tensor.full(3, 1)).data());
        assertArrayEquals(new float[] {7}, twiceThenOneMore.forward(Tensor.full(3, 1), new Rng(1)).data());
    }

    @Test void aLinearLayerIsXTimesWTransposedPlusBias() {
        Linear layer = new Linear(new Rng(1), 3, 2);
        layer.load(Map.of("weight", Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}), "bias", Tensor.of(new float[] {10, 20})));
        assertArrayEquals(new float[] {10 + 14, 20 + 32, 9, 16}, layer.forward(Tensor.of(new double[][] {{1, 2, 3}, {-1, 0, 0}})).data());
        assertEquals(3, layer.inputs());
        assertEquals(2, layer.outputs());
    }

    @Test void theLastLayerOfAnMLPIsLinear() {
        assertEquals("[Linear 3 → 4, RELU, Linear 4 → 2]", network().layers().toString());
        assertEquals("[Linear 3 → 4, TANH, Dropout 0.2, Linear 4 → 4, TANH, Dropout 0.2, Linear 4 → 2]",
                MLP.of(Init.GLOROT, Activation.TANH, 0.2, new Rng(1), 3, 4, 4, 2).layers().toString());
    }

    @Test void activationsAreTheFunctionsTheyAreCalled() {
        Tensor x = Tensor.of(new float[] {-2, 0.5f, 3});
        assertArrayEquals(x.relu().data(), Activation.RELU.forward(x).data());
        assertArrayEquals(x.tanh().data(), Activation.TANH.forward(x).data());
        assertArrayEquals(x.sigmoid().data(), Activation.SIGMOID.forward(x).data());
    }

    @Test void trainingReachesTheDropoutAndEvaluationDoesNot() {
        Sequential network = MLP.of(Init.PYTORCH, Activation.RELU, 0.5, new Rng(1), 3, 40, 2);
        Tensor x = Tensor.ones(1, 3);
        assertArrayEquals(network.forward(x).data(), network.forward(x).data());
        assertArrayEquals(network.forward(x, new Rng(2)).data(), network.forward(x, new Rng(2)).data());
        assertNotEquals(network.forward(x).get(0, 0), network.forward(x, new Rng(2)).get(0, 0));
    }

    // ---- parameters

    @Test void parametersAreNamedAfterTheirPlace() {
        assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias"), List.copyOf(network().namedParameters().keySet()));
        Sequential nested = new Sequential(network(), Activation.TANH, new Linear(new Rng(2), 2, 1));
        assertEquals(List.of("0.0.weight", "0.0.bias", "0.2.weight", "0.2.bias", "2.weight", "2.bias"),
                List.copyOf(nested.namedParameters().keySet()));
    }

    @Test void aLayerInTwoPlacesLearnsOnce() {
        Linear shared = new Linear(new Rng(1), 1, 1);
        Sequential network = new Sequential(shared, shared);
        assertEquals(shared.parameters(), network.parameters());
        assertEquals(List.of("0.weight", "0.bias", "1.weight", "1.bias"), List.copyOf(network.namedParameters().keySet()));
        shared.load(Map.of("weight", Tensor.full(3, 1, 1), "bias", Tensor.zeros(1)));
        network.forward(Tensor.ones(1, 1)).sum().backward();
        new SGD(network.parameters(), 0.1).step();
        assertEquals(3 - 0.1f * 6, shared.namedParameters().get("weight").item(), 1e-6);        // ∂w²/∂w = 2w
    }

    @Test void frozenParametersGetNoGradientButLetItThrough() {
        Sequential network = network();
        network.freeze();
        assertFalse(network.forward(Tensor.ones(1, 3)).requiresGrad());
        Tensor x = Tensor.parameter(Tensor.ones(1, 3));
        network.forward(x).sum().backward();
        assertTrue(x.hasGrad());
        for (Tensor p : network.parameters()) assertFalse(p.hasGrad());
        network.unfreeze();
        network.forward(x).sum().backward();
        for (Tensor p : network.parameters()) assertTrue(p.hasGrad());
    }

    @Test void oneLayerCanBeFrozenAlone() {
        Sequential network = network();
        network.layers().get(0).freeze();
        network.forward(Tensor.ones(1, 3)).sum().backward();
        assertEquals(List.of(false, false, true, true), network.parameters().stream().map(Tensor::hasGrad).toList());
    }

    // ---- loading

    @Test void loadTakesOverEveryNumberAsACopy() {
        Sequential teacher = MLP.relu(new Rng(8), 3, 4, 2);
        Sequential pupil = network();
        Map<String, Tensor> saved = copy(teacher);
        pupil.load(saved);
        saved.values().forEach(t -> t.update(data -> data[0] = 99));
        assertArrayEquals(numbers(teacher), numbers(pupil));
    }

    @Test void loadIntoAGraphThatWaitsForBackwardIsNoticed() {
        Sequential network = network();
        Tensor loss = network.forward(Tensor.parameter(Tensor.ones(1, 3))).sum();
        network.load(copy(network));
        assertThrows(IllegalStateException.class, loss::backward);
    }

    static Stream<Arguments> misfits() {
        Map<String, Tensor> missing = copy(network());
        missing.remove("2.bias");
        Map<String, Tensor> unknown = copy(network());
        unknown.put("4.weight", Tensor.ones(1));
        Map<String, Tensor> shape = copy(network());
        shape.put("2.weight", Tensor.ones(4, 2));
        return Stream.of(
                arguments(missing, "load: this network has parameters [0.weight, 0.bias, 2.weight, 2.bias], the saved one [0.weight, 0.bias, 2.weight]"),
                arguments(unknown, "load: this network has parameters [0.weight, 0.bias, 2.weight, 2.bias], the saved one "
                        + "[0.weight, 0.bias, 2.weight, 2.bias, 4.weight]"),
                arguments(shape, "load: 2.weight has shape [2, 4] here, but [4, 2] was saved"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void loadTakesAllOrNothing(Map<String, Tensor> saved, String message) {
        Sequential network = network();
        float[] before = numbers(network);
        saved.get("0.weight").update(data -> data[0] = 99);
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> network.load(saved)).getMessage());
        assertArrayEquals(before, numbers(network));
    }

    // ---- printing

    @Test void printsAsATable() {
        Sequential network = MLP.of(Init.PYTORCH, Activation.RELU, 0.2, new Rng(1), 64, 32, 16, 10);
        assertEquals("""
                layer              shape out    parameters
                Linear 64 → 32     [n, 32]            2080
                RELU               [n, 32]               0
                Dropout 0.2        [n, 32]               0
                Linear 32 → 16     [n, 16]             528
                RELU               [n, 16]               0
                Dropout 0.2        [n, 16]               0
                Linear 16 → 10     [n, 10]             170
                total                                 2778""".lines().toList(), network.toString().lines().toList());
    }

    @Test void functionsNetworksAndSharedLayersHaveARowEach() {
        Linear shared = new Linear(new Rng(1), 4, 4);
        Sequential network = new Sequential(x -> x.reshape(-1, 4), new Sequential(shared, Tensor::relu), shared, x -> x.sum(1));
        assertEquals("""
                layer              shape out    parameters
                function           [n, 4]                0
                Sequential         [n, 4]               20
                Linear 4 → 4       [n, 4]               20
                function           [n]                   0
                total                                   20""".lines().toList(), network.table(2, 2).lines().toList());
    }

    @Test void aNetworkThatDoesNotSayHowManyInputsItTakesPrintsItsLayers() {
        assertEquals("Sequential[RELU, Linear 3 → 4]", new Sequential(Activation.RELU, new Linear(new Rng(1), 3, 4)).toString());
        assertEquals("Sequential[Linear 2 → 3, Linear 4 → 1]",
                new Sequential(new Linear(new Rng(1), 2, 3), new Linear(new Rng(1), 4, 1)).toString());
    }

    // ---- errors

    static Stream<Arguments> mistakes() {
        Rng rng = new Rng(1);
        return Stream.of(
                mistake("Sequential needs at least one layer", () -> new Sequential()),
                mistake("MLP needs at least the sizes of its input and output, got 1", () -> MLP.relu(rng, 5)),
                mistake("Linear needs at least one input and one output, got 0 and 3", () -> new Linear(rng, 0, 3)),
                mistake("Linear needs at least one input and one output, got 3 and -1", () -> MLP.relu(rng, 3, -1, 2)),
                mistake("linear: [1, 5] x [4, 3]: the layer expects 3 inputs, got 5", () -> network().forward(Tensor.ones(1, 5))),
                mistake("linear: [1, 5] x [4, 3]: the layer expects 3 inputs, got 5", () -> network().table(5)),
                mistake("linear: [3] x [4, 3]: both must be matrices; reshape adds an axis", () -> network().forward(Tensor.ones(3))));
    }

    private static Arguments mistake(String message, Executable call) { return arguments(message, call); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void tellsWhatIsWrong(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test void anEmptyBatchGoesThrough() {
        Tensor x = Tensor.parameter(Tensor.zeros(0, 3));
        Tensor y = network().forward(x);
        assertArrayEquals(new int[] {0, 2}, y.shape());
        y.sum().backward();
        assertEquals(0, x.grad().size());
    }
}
