package grad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import grad.Golden;
import grad.Tensor;
import grad.kernels.AdamStep;
import grad.kernels.Chosen;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
    private static final Golden GOLDEN = new Golden("optim.txt");
    private static final double RATE = 0.1;
    // step and parameter, as in optim.py
    private static final Set<List<Integer>> MISSING = Set.of(List.of(2, 1), List.of(3, 1), List.of(4, 0));

    private static List<Tensor> start() {
        return List.of(Tensor.parameter(GOLDEN.tensor("start.0")), Tensor.parameter(GOLDEN.tensor("start.1")));
    }

    private static void setGradients(List<Tensor> parameters, int step) {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).zeroGrad();
            parameters.get(i).backward(GOLDEN.tensor("gradient." + step + "." + i));
        }
    }

    private static float[] numbers(List<Tensor> tensors) { return Tensor.concat(0, tensors.toArray(Tensor[]::new)).data(); }

    private static float[] gradients(List<Tensor> parameters) { return numbers(parameters.stream().map(Tensor::grad).toList()); }

    static Stream<Arguments> optimizers() {
        return Stream.of(
                optimizer("sgd", p -> new SGD(p, RATE)),
                optimizer("sgd-decay", p -> new SGD(p, RATE).weightDecay(0.1)),
                optimizer("momentum", p -> new SGD(p, RATE).momentum(0.9)),
                optimizer("nesterov", p -> new SGD(p, RATE).momentum(0.9).nesterov()),
                optimizer("nesterov-decay", p -> new SGD(p, RATE).momentum(0.8).nesterov().weightDecay(0.1)),
                optimizer("adam", p -> new Adam(p, RATE)),
                optimizer("adam-betas", p -> new Adam(p, RATE).betas(0.8, 0.95).epsilon(1e-2)),
                optimizer("adam-decay", p -> new Adam(p, RATE).weightDecay(0.1)),
                optimizer("adamw", p -> new Adam(p, RATE).decoupledWeightDecay(0.1)));
    }

    private static Arguments optimizer(String name, Function<List<Tensor>, Optimizer> make) { return arguments(name, make); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void fiveStepsAreThoseOfPyTorch(String name, Function<List<Tensor>, Optimizer> make) {
        List<Tensor> p = start();
        Optimizer optimizer = make.apply(p);
        for (int step = 1; step <= 5; step++) {
            setGradients(p, step);
            optimizer.step();
            Golden.assertClose(GOLDEN.numbers(name + "." + step), numbers(p), 3e-7, 0, name + " after step " + step);
        }
    }

    static Stream<Arguments> optimizersOfSomeGradients() {
        return Stream.of(
                optimizer("sgd-missing", p -> new SGD(p, RATE).weightDecay(0.1)),
                optimizer("momentum-missing", p -> new SGD(p, RATE).momentum(0.9)),
                optimizer("adam-missing", p -> new Adam(p, RATE)),
                optimizer("adamw-missing", p -> new Adam(p, RATE).decoupledWeightDecay(0.1)));
    }

    /** After zeroGrad() a parameter that the loss does not depend on has no gradient, and nothing moves it, not even its momentum. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizersOfSomeGradients")
    void whatGetsNoNewGradientRestsAsInPyTorch(String name, Function<List<Tensor>, Optimizer> make) {
        List<Tensor> p = start();
        Optimizer optimizer = make.apply(p);
        for (int step = 1; step <= 5; step++) {
            optimizer.zeroGrad();
            for (int i = 0; i < p.size(); i++) {
                if (!MISSING.contains(List.of(step, i))) p.get(i).backward(GOLDEN.tensor("gradient." + step + "." + i));
            }
            p.forEach(Tensor::grad);        // looking at it is not giving it
            optimizer.step();
            Golden.assertClose(GOLDEN.numbers(name + "." + step), numbers(p), 3e-7, 0, name + " after step " + step);
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-20, 1e-30", "1e-20, 0.0", "1e-20, 1e-12", "1e-20, 1e-08"})
    void adamFollowsAGradientWhoseSquareIsDenormal(String gradient, String epsilon) {
        Tensor p = Tensor.parameter(Tensor.ones(1));
        p.backward(Tensor.full(Double.parseDouble(gradient), 1));
        new Adam(List.of(p), 0.01).epsilon(Double.parseDouble(epsilon)).step();
        Golden.assertClose(GOLDEN.numbers("adam-tiny." + gradient + "." + epsilon), p.data(), 1e-4, 0, "ε " + epsilon);
    }

    @Test void aStepLeavesTheGradientsAsTheyAre() {
        List<Tensor> p = start();
        setGradients(p, 1);
        float[] before = gradients(p);
        new SGD(p, RATE).momentum(0.9).weightDecay(0.1).step();
        new Adam(p, RATE).weightDecay(0.1).step();
        assertArrayEquals(before, gradients(p));
    }

    @Test void zeroGradClearsAllGradients() {
        List<Tensor> p = start();
        setGradients(p, 1);
        new SGD(p, RATE).zeroGrad();
        assertArrayEquals(new float[21], gradients(p));
    }

    static Stream<Function<List<Tensor>, Optimizer>> kinds() {
        return Stream.of(p -> new SGD(p, RATE).weightDecay(0.1), p -> new SGD(p, RATE).momentum(0.9),
                p -> new Adam(p, RATE).weightDecay(0.1), p -> new Adam(p, RATE).decoupledWeightDecay(0.1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aParameterWithoutGradientStays(Function<List<Tensor>, Optimizer> make) {
        Tensor used = Tensor.parameter(Tensor.ones(3));
        Tensor unused = Tensor.parameter(Tensor.ones(3));
        Optimizer optimizer = make.apply(List.of(unused, used));
        used.sum().backward();
        optimizer.step();
        assertArrayEquals(new float[] {1, 1, 1}, unused.data());
        assertEquals(0.9, used.get(0), 0.02);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFrozenParameterStaysThoughItHasAnOldGradient(Function<List<Tensor>, Optimizer> make) {
        Tensor p = Tensor.parameter(Tensor.ones(3));
        p.sum().backward();
        p.requiresGrad(false);
        Optimizer optimizer = make.apply(List.of(p));
        optimizer.step();
        assertArrayEquals(new float[] {1, 1, 1}, p.data());
        p.requiresGrad(true);
        optimizer.step();
        assertEquals(0.91, p.get(0), 0.03);
    }

    @Test void aParameterGivenTwiceIsRefused() {
        Tensor p = Tensor.parameter(Tensor.ones(2)).named("w");
        var refused = assertThrows(IllegalArgumentException.class, () -> new SGD(List.of(p, Tensor.ones(1), p), 0.1));
        assertEquals("SGD: w [2]: 1, 1 is there twice and would move twice a step", refused.getMessage());
    }

    @Test void aRateBeyondEveryFloatIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Adam(List.of(Tensor.ones(1)), 1e300));
        assertEquals("Adam: the learning rate must be finite and not negative, got 1.0E300", refused.getMessage());
    }

    @Test void aStepBetweenForwardAndBackwardIsRefused() {
        Tensor p = Tensor.parameter(Tensor.ones(2));
        p.sum().backward();
        Tensor loss = p.mul(p).sum();
        new SGD(List.of(p), RATE).step();
        assertThrows(IllegalStateException.class, loss::backward);
    }

    // ---- denormal numbers

    @Test void adamFlushesDenormalMomentsAndParameters() {
        float[] m = {1e-38f, -1e-38f, 0};
        float[] v = {1e-38f, 1e-38f, 0};
        float[] p = {1, 1, 1e-40f};
        Chosen.KERNELS.adam(p, new float[3], m, v, new AdamStep(0.1f, 0.1f, 0.001f, 1e-8f, 0, 1));
        assertArrayEquals(new float[3], m);
        assertArrayEquals(new float[3], v);
        assertArrayEquals(new float[] {1, 1, 0}, p);
    }

    @Test void momentumFlushesDenormalVelocities() {
        Tensor p = Tensor.parameter(Tensor.zeros(2));
        Optimizer optimizer = new SGD(List.of(p), 1).momentum(0.9);
        p.backward(Tensor.of(new float[] {Float.MIN_NORMAL, 1}));
        optimizer.step();
        p.zeroGrad();
        p.backward(Tensor.zeros(2));
        optimizer.step();
        assertArrayEquals(new float[] {-Float.MIN_NORMAL, -1.9f}, p.data());
    }

    // ---- clipping

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "100"})
    void clippedGradientsAreThoseOfPyTorch(String most) {
        List<Tensor> p = start();
        setGradients(p, 1);
        double norm = new SGD(p, RATE).clipNorm(Double.parseDouble(most));
        assertEquals(GOLDEN.numbers("clip-" + most + ".norm")[0], norm, 1e-12);
        Golden.assertClose(GOLDEN.numbers("clip-" + most + ".gradient"), gradients(p), 2e-7, 0, "gradient");
    }

    @Test void clippingLooksOnlyAtWhatWillMove() {
        Tensor frozen = Tensor.parameter(Tensor.ones(2));
        Tensor unused = Tensor.parameter(Tensor.ones(2));
        Tensor moving = Tensor.parameter(Tensor.ones(1));
        frozen.backward(Tensor.full(100, 2));
        frozen.requiresGrad(false);
        moving.backward(Tensor.full(3, 1));
        assertEquals(3, new SGD(List.of(frozen, unused, moving), RATE).clipNorm(5));
        assertArrayEquals(new float[] {100, 100}, frozen.grad().data());
        assertArrayEquals(new float[] {3}, moving.grad().data());
    }

    // ---- learning rates

    @Test void stepLRIsThatOfPyTorch() {
        Optimizer optimizer = new SGD(start(), 0.3);
        StepLR schedule = new StepLR(optimizer, 3, 0.1);
        assertRates("step-lr", optimizer, schedule::step);
    }

    @Test void cosineWithoutWarmUpIsPyTorchsCosineAnnealingLR() {
        Optimizer optimizer = new SGD(start(), 0.3);
        assertRates("cosine-lr", optimizer, new CosineLR(optimizer, 0, 10)::step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm-up-lr", "warm-up-lambda-lr"})
    void cosineWithWarmUpIsPyTorchsLinearLRAndThenCosineAnnealingLR(String name) {
        Optimizer optimizer = new SGD(start(), 0.3);
        assertRates(name, optimizer, new CosineLR(optimizer, 4, 12)::step);
    }

    private static void assertRates(String name, Optimizer optimizer, Runnable step) {
        double[] expected = GOLDEN.numbers(name);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], optimizer.learningRate(), 1e-15, name + " at " + i);
            step.run();
        }
    }

    @Test void cosineStaysAtZeroAfterItsLastStep() {
        Optimizer optimizer = new SGD(start(), 0.3);
        CosineLR schedule = new CosineLR(optimizer, 0, 2);
        for (int i = 0; i < 5; i++) schedule.step();
        assertEquals(0, optimizer.learningRate());
    }

    @Test void aScheduleIsFollowedByTheSteps() {
        List<Tensor> p = start();
        Optimizer optimizer = new Adam(p, RATE);
        StepLR schedule = new StepLR(optimizer, 2, 0.5);
        for (int step = 1; step <= 5; step++) {
            setGradients(p, step);
            optimizer.step();
            schedule.step();
            Golden.assertClose(GOLDEN.numbers("adam-steps." + step), numbers(p), 3e-7, 0, "step " + step);
        }
    }

    // ---- errors

    static Stream<Arguments> mistakes() {
        List<Tensor> p = start();
        return Stream.of(
                mistake("SGD: no parameters to optimise", () -> new SGD(List.of(), RATE)),
                mistake("Adam: no parameters to optimise", () -> new Adam(List.of(), RATE)),
                mistake("SGD: mul []: 2 is computed and would never move; give it the parameters",
                        () -> new SGD(List.of(Tensor.scalar(1).mul(2)), RATE)),
                mistake("SGD: the learning rate must be finite and not negative, got NaN", () -> new SGD(p, Double.NaN)),
                mistake("Adam: the learning rate must be finite and not negative, got Infinity",
                        () -> new Adam(p, Double.POSITIVE_INFINITY)),
                mistake("Adam: the learning rate must be finite and not negative, got -0.1", () -> new Adam(p, RATE).learningRate(-0.1)),
                mistake("SGD: momentum must be at least 0 and below 1, got 1.0", () -> new SGD(p, RATE).momentum(1)),
                mistake("SGD: momentum must be at least 0 and below 1, got NaN", () -> new SGD(p, RATE).momentum(Double.NaN)),
                mistake("SGD: the weight decay must be finite and not negative, got -1.0", () -> new SGD(p, RATE).weightDecay(-1)),
                mistake("Adam: β₁ must be at least 0 and below 1, got 1.0", () -> new Adam(p, RATE).betas(1, 0.9)),
                mistake("Adam: β₂ must be at least 0 and below 1, got -0.1", () -> new Adam(p, RATE).betas(0.9, -0.1)),
                mistake("Adam: the ε must be finite and not negative, got NaN", () -> new Adam(p, RATE).epsilon(Double.NaN)),
                mistake("Adam: the weight decay must be finite and not negative, got -1.0", () -> new Adam(p, RATE).weightDecay(-1)),
                mistake("Adam: the weight decay must be finite and not negative, got Infinity",
                        () -> new Adam(p, RATE).decoupledWeightDecay(Double.POSITIVE_INFINITY)),
                mistake("SGD: the norm to clip at must be finite and not negative, got NaN", () -> new SGD(p, RATE).clipNorm(Double.NaN)),
                mistake("StepLR: needs at least 1 epoch between steps, got 0", () -> new StepLR(new SGD(p, RATE), 0, 0.1)),
                mistake("StepLR: the factor must be finite and not negative, got -0.1", () -> new StepLR(new SGD(p, RATE), 2, -0.1)),
                mistake("CosineLR: 5 steps of warm-up do not fit 5 in all", () -> new CosineLR(new SGD(p, RATE), 5, 5)),
                mistake("CosineLR: -1 steps of warm-up do not fit 5 in all", () -> new CosineLR(new SGD(p, RATE), -1, 5)));
    }

    private static Arguments mistake(String message, Executable call) { return arguments(message, call); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void tellsWhatIsWrong(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test void nesterovNeedsMomentumFirst() {
        var e = assertThrows(IllegalStateException.class, () -> new SGD(start(), RATE).nesterov());
        assertEquals("SGD: nesterov() needs momentum(…) before it", e.getMessage());
    }

    @Test void keepsTheParametersInOrder() {
        List<Tensor> p = start();
        assertSame(p.get(1), new SGD(p, RATE).parameters().get(1));
    }
}
