package grad.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import grad.Rng;
import grad.Tensor;
import grad.data.Digits;
import grad.nn.Activation;
import grad.nn.Dropout;
import grad.nn.Init;
import grad.nn.Layer;
import grad.nn.Linear;
import grad.nn.MLP;
import grad.nn.Sequential;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime, written by others, runs what is exported. */
@DisabledOnOs(value = OS.MAC, architectures = "x86_64", disabledReason = "ONNX Runtime has no build for it")
class OnnxTest {
    private static final float TOLERANCE = 1e-6f;

    @TempDir Path folder;

    private Path export(Sequential network) throws IOException {
        Path file = folder.resolve("network.onnx");
        Onnx.save(file, network);
        return file;
    }

    private Tensor run(Sequential network, Tensor x) throws IOException, OrtException {
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        long[] shape = {x.shape()[0], x.shape()[1]};
        try (OrtSession session = runtime.createSession(export(network).toString());
                OnnxTensor input = OnnxTensor.createTensor(runtime, FloatBuffer.wrap(x.data()), shape);
                OrtSession.Result results = session.run(Map.of("input", input))) {
            OnnxTensor output = (OnnxTensor) results.get("output").orElseThrow();
            long[] out = output.getInfo().getShape();
            return Tensor.of(output.getFloatBuffer().array(), (int) out[0], (int) out[1]);
        }
    }

    private void assertAgrees(Sequential network, Tensor x) throws IOException, OrtException {
        Tensor expected = network.forward(x);
        Tensor actual = run(network, x);
        assertArrayEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.data(), actual.data(), TOLERANCE);
    }

    @ParameterizedTest
    @EnumSource
    void everyActivationGivesTheOutputsItGivesHere(Activation activation) throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            Rng rng = new Rng(seed);
            Sequential network = MLP.of(Init.PYTORCH, activation, 0, rng, 1 + rng.nextInt(64), 1
                    + rng.nextInt(32), 1 + rng.nextInt(16), 1 + rng.nextInt(10));
            assertAgrees(network, Tensor.normal(rng, 0, 1, 1 + rng.nextInt(100), ((Linear) network.layers().get(0)).inputs()));
        }
    }

    @Test void theNetworkOfTheStoryGivesTheSameScoresForEveryDigit() throws Exception {
        assertAgrees(MLP.relu(new Rng(3), 64, 32, 16, 10), Tensor.of(Digits.load().scaled(16).pixels(), 1797, 64));
    }

    @Test void dropoutIsLeftOutAndNestedNetworksAreUnfolded() throws Exception {
        Rng rng = new Rng(1);
        Sequential inner = new Sequential(new Linear(rng, 4, 5), Activation.TANH, new Dropout(0.5));
        assertAgrees(new Sequential(Activation.RELU, inner, new Linear(rng, 5, 2), Activation.SIGMOID, new Dropout(0.9)),
                Tensor.normal(rng, 0, 1, 7, 4));
    }

    @Test void aLayerUsedTwiceIsExportedTwice() throws Exception {
        Linear layer = new Linear(new Rng(1), 3, 3);
        assertAgrees(new Sequential(layer, Activation.TANH, layer), Tensor.normal(new Rng(2), 0, 1, 5, 3));
    }

    @Test void theFileSaysItsVersionsNamesAndShapes() throws Exception {
        Path file = export(MLP.relu(new Rng(1), 300, 4, 2));
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            assertEquals("javagrad", session.getMetadata().getProducerName());
            assertArrayEquals(new long[] {-1, 300}, ((TensorInfo) session.getInputInfo().get("input").getInfo()).getShape());
            TensorInfo output = (TensorInfo) session.getOutputInfo().get("output").getInfo();
            assertArrayEquals(new long[] {-1, 2}, output.getShape());
            assertArrayEquals(new String[] {"n", ""}, output.getDimensionNames());
        }
        byte[] bytes = Files.readAllBytes(file);
        assertArrayEquals(new byte[] {1 << 3, 7}, Arrays.copyOf(bytes, 2), "ir_version 7");
        assertArrayEquals(new byte[] {8 << 3 | 2, 4, 1 << 3 | 2, 0, 2 << 3, 13},
                Arrays.copyOfRange(bytes, bytes.length - 6, bytes.length), "operator set 13");
    }

    @Test void refusesALayerItDoesNotKnow() {
        class Doubling implements Layer {
            @Override public Tensor forward(Tensor x) { return x.mul(2); }
        }
        Linear linear = new Linear(new Rng(1), 3, 3);
        String why = ", and only Linear, Activation, Dropout and Sequential can be exported; Tensor::relu is Activation.RELU";
        refused("export: layer 1 is a function" + why, new Sequential(linear, Tensor::relu));
        refused("export: layer 1.0 is Doubling" + why, new Sequential(linear, new Sequential(new Doubling())));
    }

    @Test void refusesLayersThatDoNotFit() {
        refused("export: layer 2 takes 4 inputs, but gets 3",
                new Sequential(new Linear(new Rng(1), 2, 3), Activation.TANH, new Linear(new Rng(1), 4, 2)));
        refused("export: the network has no Linear layer, so nothing says how many inputs it takes", new Sequential(Activation.TANH));
    }

    private void refused(String message, Sequential network) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> export(network)).getMessage());
        assertFalse(Files.exists(folder.resolve("network.onnx")));
    }
}
