package grad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import grad.Golden;
import grad.Tensor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    private static final Golden GOLDEN = new Golden("losses.txt");

    private static Tensor scores() { return Tensor.parameter(GOLDEN.tensor("scores", 19, 5)); }

    private static int[] labels() { return GOLDEN.integers("labels"); }

    private static Tensor y() { return Tensor.parameter(GOLDEN.tensor("y", 7, 3)); }

    private static Tensor target(String name) { return GOLDEN.tensor(name, 7, 3); }

    static Stream<Arguments> losses() {
        return Stream.of(
                loss("cross-entropy", scores(), x -> Loss.crossEntropy(x, labels())),
                loss("cross-entropy-smooth", scores(), x -> Loss.crossEntropy(x, 0.1, labels())),
                loss("cross-entropy-even", scores(), x -> Loss.crossEntropy(x, 1, labels())),
                loss("mse", y(), x -> Loss.mse(x, target("target"))),
                loss("rmse", y(), x -> Loss.rmse(x, target("target"))),
                loss("max-margin", y(), x -> Loss.maxMargin(x, target("sign"))));
    }

    private static Arguments loss(String name, Tensor x, Function<Tensor, Tensor> f) { return arguments(name, x, f); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void lossesAndGradientsAreThoseOfPyTorch(String name, Tensor x, Function<Tensor, Tensor> f) {
        Tensor loss = f.apply(x);
        assertEquals(0, loss.rank());
        Golden.assertClose(GOLDEN.numbers(name + ".loss"), loss.data(), 5e-7, 0, "loss");
        loss.backward();
        // where p is close to its target, the difference keeps the rounding of p: half an ulp of 1, over 19 rows
        Golden.assertClose(GOLDEN.numbers(name + ".gradient"), x.grad().data(), 5e-7, 6e-9, "gradient");
    }

    @Test void theGradientIsMultipliedByTheUpstreamOne() {
        Tensor x = scores();
        Loss.crossEntropy(x, labels()).mul(-4).backward();
        Tensor reference = scores();
        Loss.crossEntropy(reference, labels()).backward();
        assertArrayEquals(reference.grad().mul(-4).data(), x.grad().data(), 1e-7f);
    }

    @Test void aCertainWrongAnswerCostsMuchButNotInfinitelyMuch() {
        Tensor x = Tensor.parameter(Tensor.of(new double[][] {{1e4, -1e4, 0}, {-1e4, 1e4, 0}}));
        Tensor loss = Loss.crossEntropy(x, 1, 1);
        assertEquals(1e4f, loss.item());
        loss.backward();
        assertArrayEquals(new float[] {0.5f, -0.5f, 0, 0, 0, 0}, x.grad().data());
    }

    @Test void equalScoresCostTheLogarithmOfTheClasses() {
        assertEquals((float) Math.log(10), Loss.crossEntropy(Tensor.zeros(3, 10), 0, 5, 9).item(), 1e-7);
    }

    @Test void aTargetThatIsMetCostsNothing() {
        Tensor y = Tensor.parameter(Tensor.ones(3));
        Tensor loss = Loss.mse(y, Tensor.ones(3));
        assertEquals(0, loss.item());
        loss.backward();
        assertArrayEquals(new float[3], y.grad().data());
        assertEquals(0, Loss.maxMargin(Tensor.of(new float[] {1, -2}), Tensor.of(new float[] {1, -1})).item());
    }

    @Test void rmseOfAMetTargetHasNoGradient() {
        Tensor y = Tensor.parameter(Tensor.ones(3));
        Loss.rmse(y, Tensor.ones(3)).backward();
        for (float g : y.grad().data()) assertTrue(Float.isNaN(g));        // 0 · ∞, as in PyTorch
    }

    static Stream<Arguments> mistakes() {
        Tensor column = Tensor.ones(4, 1);
        Tensor line = Tensor.ones(4);
        Tensor empty = Tensor.ones(0);
        Tensor x = Tensor.ones(4, 10);
        return Stream.of(
                mistake("mse: predictions [4, 1], targets [4]", () -> Loss.mse(column, line)),
                mistake("rmse: predictions [4], targets [4, 1]", () -> Loss.rmse(line, column)),
                mistake("maxMargin: predictions [4, 1], targets [4]", () -> Loss.maxMargin(column, line)),
                mistake("maxMargin: target 1 is 0.0, not −1 or 1", () -> Loss.maxMargin(Tensor.ones(2), Tensor.of(new float[] {1, 0}))),
                mistake("mse: no predictions", () -> Loss.mse(empty, empty)),
                mistake("rmse: no predictions", () -> Loss.rmse(empty, empty)),
                mistake("maxMargin: no predictions", () -> Loss.maxMargin(empty, empty)),
                mistake("crossEntropy: label 12 at row 3, classes 0..9", () -> Loss.crossEntropy(x, 0, 1, 2, 12)),
                mistake("crossEntropy: label -1 at row 0, classes 0..9", () -> Loss.crossEntropy(x, -1, 1, 2, 3)),
                mistake("crossEntropy: 2 labels for 4 rows", () -> Loss.crossEntropy(x, 0, 1)),
                mistake("crossEntropy: shape [4] is not a batch of scores [n, classes]", () -> Loss.crossEntropy(line, 0, 1, 2, 3)),
                mistake("crossEntropy: shape [0, 10] is not a batch of scores [n, classes]", () -> Loss.crossEntropy(Tensor.ones(0, 10))));
    }

    private static Arguments mistake(String message, Executable call) { return arguments(message, call); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void tellsWhatIsWrong(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void smoothingIsAPart(double smoothing) {
        var e = assertThrows(IllegalArgumentException.class, () -> Loss.crossEntropy(Tensor.ones(1, 2), smoothing, 0));
        assertEquals("crossEntropy: smoothing must be between 0 and 1, got " + smoothing, e.getMessage());
    }
}
