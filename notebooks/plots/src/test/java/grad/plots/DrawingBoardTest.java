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
import grad.data.Mnist;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's arithmetic is the engine's to 1e-5, in the numbers that enter the first layer. */
class DrawingBoardTest {
    private static final int STEPS = 100;

    private static final Reader DIGITS = new Reader("8×8", Digits.load().split(0.8).train(), Digits.load().split(0.8).test(), 16, 1, 15,
            MLP.of(Init.PYTORCH, Activation.RELU, 0.2, new Rng(42), 64, 32, 16, 10));
    private static final Reader MNIST = new Reader("28×28", Mnist.standIn().train(), Mnist.standIn().test(), 255, 255, 3,
            MLP.of(Init.PYTORCH, Activation.RELU, 0, new Rng(42), 784, 32, 10));

    @TempDir
    Path folder;

    /** A network as a notebook trains it, and the images it is asked about: the first ten of the test. */
    private record Reader(String name, Images train, Images test, int high, int divisor, int epochs, Sequential network) {
        Reader {
            test = test.take(10);
        }

        void learn() {
            Rng dropout = new Rng(43);
            Adam adam = new Adam(network.parameters(), 2e-3);
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (Batch batch : Batches.shuffled(train, 32, 44).epoch(epoch)) {
                    adam.zeroGrad();
                    Tensor x = batch.inputs();
                    Loss.crossEntropy(network.forward(x.div(divisor), dropout), batch.y()).backward();
                    adam.step();
                }
            }
            network.freeze();
        }

        Tensor scores(Tensor pixels) {
            return network.forward(pixels.div(divisor));
        }

        DrawingBoard board() {
            DrawingBoard board = new DrawingBoard("Draw a digit", test.width(), test.height(), 0, high).dividedBy(divisor)
                    .framing(DrawingBoard.Framing.FILLED);
            List<Tensor> parameters = network.parameters();
            for (int i = 0; i < parameters.size(); i += 2) board.layer(parameters.get(i).data(), parameters.get(i + 1).data());
            for (int i = 0; i < test.size(); i++) board.example(test.image(i), "a " + test.labels()[i]);
            return board;
        }

        /** The loop of notebooks 6 and 7, with steps and closeness for 16 greys. */
        Tensor changed(Tensor start, int target, double closeness) {
            double grey = high / 16.0;
            Tensor image = Tensor.parameter(start);
            Adam adam = new Adam(List.of(image), 0.1 * grey);
            for (int step = 0; step < STEPS; step++) {
                adam.zeroGrad();
                Tensor wish = Loss.crossEntropy(scores(image.clamp(0, high)), target);
                wish.add(Loss.mse(image, start).mul(closeness / (grey * grey))).backward();
                adam.step();
            }
            return image.detach().clamp(0, high);
        }

        String change(double closeness) {
            double grey = high / 16.0;
            return "film(network, pixels, target, {steps: %d, rate: %s, closeness: %s, low: 0, high: %d}).pop()"
                    .formatted(STEPS, 0.1 * grey, closeness / (grey * grey), high);
        }

        double[] ofEachImage(Answer numbers) {
            return IntStream.range(0, test.size()).boxed()
                    .flatMapToDouble(i -> DoubleStream.of(doubles(numbers.of(Tensor.of(test.image(i), 1, test.features()),
                            target(i))))).toArray();
        }

        /** One above the label. */
        int target(int i) {
            return (test.labels()[i] + 1) % 10;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Answer {
        Tensor of(Tensor pixels, int target);
    }

    @BeforeAll
    static void train() {
        DIGITS.learn();
        MNIST.learn();
    }

    static Stream<Arguments> readersEverywhere() {
        return Stream.of(DIGITS, MNIST).flatMap(reader -> Stream.of(JavaScript.values()).map(where -> Arguments.of(reader, where)));
    }

    /** Runs {@code expression} for every test image, which it knows as {@code pixels} with its {@code target}. */
    private double[] forEachImage(Reader reader, JavaScript where, String expression) throws Exception {
        int[] targets = IntStream.range(0, reader.test.size()).map(reader::target).toArray();
        return where.run(folder, Resource.text("network.js") + Resource.text("sketch.js")
                + "const data = " + reader.board().data() + ";\nconst network = new Network(data);\nconst targets = "
                        + Arrays.toString(targets) + ";\n"
                + "const result = () => data.examples.flatMap((example, i) => { const pixels = floats(example.pixels), target = targets[i]; return ["
                + "..." + expression + "]; });");
    }

    private static double[] doubles(Tensor tensor) {
        float[] numbers = tensor.data();
        return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    }

    @ParameterizedTest
    @MethodSource("readersEverywhere")
    void probabilitiesAreTheEngines(Reader reader, JavaScript where) throws Exception {
        double[] expected = reader.ofEachImage((pixels, target) -> reader.scores(pixels).softmax(1));
        assertArrayEquals(expected, forEachImage(reader, where, "network.probabilities(pixels)"), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("readersEverywhere")
    void gradientAtThePixelsIsTheEngines(Reader reader, JavaScript where) throws Exception {
        double[] expected = reader.ofEachImage((pixels, target) -> {
            Tensor asked = Tensor.parameter(pixels);
            Loss.crossEntropy(reader.scores(asked), target).backward();
            return asked.grad();
        });
        assertTrue(DoubleStream.of(expected).map(Math::abs).max().getAsDouble() > 0.1 / reader.divisor);
        assertArrayEquals(expected, forEachImage(reader, where, "network.gradient(pixels, target)"), 1e-5 / reader.divisor);
    }

    @ParameterizedTest
    @MethodSource("readersEverywhere")
    void dreamIsTheEnginesAfterAHundredSteps(Reader reader, JavaScript where) throws Exception {
        double[] expected = reader.ofEachImage((pixels, target) -> reader.changed(pixels, target, 0));
        assertArrayEquals(expected, forEachImage(reader, where, reader.change(0)), 1e-5 * reader.divisor);
    }

    @ParameterizedTest
    @MethodSource("readersEverywhere")
    void adversaryIsTheEnginesAfterAHundredSteps(Reader reader, JavaScript where) throws Exception {
        double[] expected = reader.ofEachImage((pixels, target) -> reader.changed(pixels, target, 2));
        assertArrayEquals(expected, forEachImage(reader, where, reader.change(2)), 1e-5 * reader.divisor);
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
        String page = DIGITS.board().page();
        assertTrue(page.startsWith("<!DOCTYPE html>") && page.contains("<h1>Draw a digit</h1>"));
        assertFalse(page.matches("(?s).*(src|href)=\"(?!data:).*") || page.contains("http"), "the page is whole in itself");
        assertFalse(page.contains("${title}") || page.contains("${board}"));
    }
}
