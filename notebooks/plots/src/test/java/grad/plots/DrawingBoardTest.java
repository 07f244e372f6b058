package grad.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.Rng;
import grad.Tensor;
import grad.data.Batch;
import grad.data.Batches;
import grad.data.Digits;
import grad.data.Images;
import grad.nn.Activation;
import grad.nn.Init;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawingBoardTest {
    private static final int STEPS = 100;
    private static final Images TEST = Digits.load().split(0.8).test().take(10);

    private static Sequential network;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        network = MLP.of(Init.PYTORCH, Activation.RELU, 0.2, new Rng(42), 64, 32, 16, 10);
        Rng dropout = new Rng(43);
        Adam adam = new Adam(network.parameters(), 2e-3);
        for (int epoch = 0; epoch < 15; epoch++) {
            for (Batch batch : Batches.shuffled(Digits.load().split(0.8).train(), 32, 44).epoch(epoch)) {
                adam.zeroGrad();
                Loss.crossEntropy(network.forward(batch.inputs(), dropout), batch.y()).backward();
                adam.step();
            }
        }
        network.freeze();
    }

    private static DrawingBoard board() {
        DrawingBoard board = new DrawingBoard("Draw a digit", 8, 8, 0, 16).framing(DrawingBoard.Framing.FILLED);
        List<Tensor> parameters = network.parameters();
        for (int i = 0; i < parameters.size(); i += 2) board.layer(parameters.get(i).data(), parameters.get(i + 1).data());
        for (int i = 0; i < TEST.size(); i++) board.example(TEST.image(i), "a " + TEST.labels()[i]);
        return board;
    }

    /** Runs {@code expression} for every test image, which it knows as {@code pixels} with the {@code target} one above its label. */
    private double[] forEachDigit(JavaScript where, String expression) throws Exception {
        int[] targets = IntStream.of(TEST.labels()).map(label -> (label + 1) % 10).toArray();
        return where.run(folder, Resource.text("network.js") + Resource.text("sketch.js")
                + "const data = " + board().data() + ";\nconst network = new Network(data);\nconst targets = " + Arrays.toString(targets) + ";\n"
                + "const result = () => data.examples.flatMap((example, i) => { const pixels = floats(example.pixels), target = targets[i]; return ["
                + "..." + expression + "]; });");
    }

    private static double[] doubles(Tensor tensor) {
        float[] numbers = tensor.data();
        return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    }

    private static double[] ofEachDigit(DigitFunction numbers) {
        return IntStream.range(0, TEST.size()).boxed()
                .flatMapToDouble(i -> DoubleStream.of(doubles(numbers.of(Tensor.of(TEST.image(i), 1, 64), (TEST.labels()[i] + 1) % 10)))).toArray();
    }

    private interface DigitFunction {
        Tensor of(Tensor pixels, int target);
    }

    /** The loop of notebooks 6 and 7. */
    private static Tensor changed(Tensor start, int target, double closeness) {
        Tensor image = Tensor.parameter(start);
        Adam adam = new Adam(List.of(image), 0.1);
        for (int step = 0; step < STEPS; step++) {
            adam.zeroGrad();
            Tensor wish = Loss.crossEntropy(network.forward(image.clamp(0, 16)), target);
            wish.add(Loss.mse(image, start).mul(closeness)).backward();
            adam.step();
        }
        return image.detach().clamp(0, 16);
    }

    private static String change(double closeness) {
        return "film(network, pixels, target, {steps: %d, rate: 0.1, closeness: %s, low: 0, high: 16}).pop()".formatted(STEPS, closeness);
    }

    @ParameterizedTest
    @EnumSource
    void probabilitiesAreTheEngines(JavaScript where) throws Exception {
        double[] expected = ofEachDigit((pixels, target) -> network.forward(pixels).softmax(1));
        assertArrayEquals(expected, forEachDigit(where, "network.probabilities(pixels)"), 1e-5);
    }

    @ParameterizedTest
    @EnumSource
    void gradientAtThePixelsIsTheEngines(JavaScript where) throws Exception {
        double[] expected = ofEachDigit((pixels, target) -> {
            Tensor asked = Tensor.parameter(pixels);
            Loss.crossEntropy(network.forward(asked), target).backward();
            return asked.grad();
        });
        assertTrue(DoubleStream.of(expected).map(Math::abs).max().getAsDouble() > 0.1);
        assertArrayEquals(expected, forEachDigit(where, "network.gradient(pixels, target)"), 1e-5);
    }

    @ParameterizedTest
    @EnumSource
    void dreamIsTheEnginesAfterAHundredSteps(JavaScript where) throws Exception {
        double[] expected = ofEachDigit((pixels, target) -> changed(pixels, target, 0));
        assertArrayEquals(expected, forEachDigit(where, change(0)), 1e-5);
    }

    @ParameterizedTest
    @EnumSource
    void adversaryIsTheEnginesAfterAHundredSteps(JavaScript where) throws Exception {
        double[] expected = ofEachDigit((pixels, target) -> changed(pixels, target, 2));
        assertArrayEquals(expected, forEachDigit(where, change(2)), 1e-5);
    }

    @Test
    void layersThatDoNotFitAreRefused() {
        DrawingBoard board = new DrawingBoard("", 8, 8, 0, 16).layer(new float[64 * 4], new float[4]);
        var refusal = assertThrows(IllegalArgumentException.class, () -> board.layer(new float[30], new float[10]));
        assertEquals("DrawingBoard: layer 2 takes 4 inputs to 10 outputs, so its weights are 40 numbers, got 30", refusal.getMessage());
    }

    @Test
    void boardWithoutNetworkIsRefused() {
        assertThrows(IllegalArgumentException.class, new DrawingBoard("", 8, 8, 0, 16)::html);
    }

    @Test
    void namesAreCountedAndCannotEndTheScript() {
        DrawingBoard board = new DrawingBoard("", 2, 1, 0, 1).layer(new float[] {1, 2, 3, 4}, new float[2]);
        assertThrows(IllegalArgumentException.class, () -> board.classes("one").html());
        assertFalse(board.classes("</script>", "\"").data().contains("</script>"));
    }

    @Test
    void pageAsksTheNetworkForNothing() {
        String page = board().page();
        assertTrue(page.startsWith("<!DOCTYPE html>") && page.contains("<h1>Draw a digit</h1>"));
        assertFalse(page.matches("(?s).*(src|href)=\"(?!data:).*") || page.contains("http"), "the page is whole in itself");
        assertFalse(page.contains("${title}") || page.contains("${board}"));
    }
}
