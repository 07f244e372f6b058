package grad.bench;

import grad.Rng;
import grad.Tensor;
import grad.data.Batch;
import grad.data.Batches;
import grad.data.Digits;
import grad.data.Images;
import grad.data.Moons;
import grad.data.Points;
import grad.io.Safetensors;
import grad.nn.Activation;
import grad.nn.Init;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What all programs start from, data and weights alike, in files that Python reads too. Labels and orders are whole numbers stored as
 * floats.
 */
final class Inputs {
    static final int EPOCHS = 200;
    static final int BATCH = 32;
    static final long ORDER = 44;

    private final Path folder;

    Inputs(Path folder) { this.folder = folder; }

    Map<String, Tensor> load(String name) {
        try {
            return Safetensors.load(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Images images(String name, String part, int side) {
        Map<String, Tensor> saved = load(name);
        return new Images(saved.get(part + "x").data(), whole(saved.get(part + "y").data()), side, side, 10);
    }

    /** Writes everything; about 200 MB, nearly all of it the 60,000 images of W5. */
    void write() throws IOException {
        Files.createDirectories(folder);
        moons();
        digits();
        randomImages();
        save("matrices", Map.of("a", uniform(4, 1024 * 1024), "b", uniform(5, 1024 * 1024)));
        save("nodes", Map.of("w", uniform(1, 16, 16), "x", uniform(2, 16), "b", uniform(3, 16)));
    }

    private void moons() throws IOException {
        Points moons = Moons.points(100, 0.1, new Random(1));
        save("moons", Map.of("x", Tensor.of(moons.x()), "y", Tensor.of(floats(moons.y()), 100)));
        weights("moons-weights", MLP.of(Init.PYTORCH, Activation.RELU, 0, new Rng(1), 2, 16, 16, 1));
    }

    private void digits() throws IOException {
        Images.Split digits = Digits.load().split(0.8);
        int n = digits.train().size();
        float[] order = new float[EPOCHS * n];
        for (int epoch = 0; epoch < EPOCHS; epoch++) System.arraycopy(order(n, epoch), 0, order, epoch * n, n);
        save("digits", Map.of(
                "train.x", pixels(digits.train()), "train.y", labels(digits.train()),
                "test.x", pixels(digits.test()), "test.y", labels(digits.test()),
                "order", Tensor.of(order, EPOCHS, n),
                "noise", Tensor.uniform(new Rng(45), 0, 16, 10_000, 64)));
        Sequential network = MLP.relu(new Rng(42), 64, 32, 16, 10);
        weights("digits-weights", network);
        weights("dropout-weights", MLP.of(Init.PYTORCH, Activation.RELU, 0.2, new Rng(42), 64, 32, 16, 10));
        learn(network, digits.train());
        weights("dreamer", network);
    }

    /** The order in which {@link Batches#shuffled} goes through n images. */
    private static float[] order(int n, int epoch) {
        Images numbered = new Images(floats(IntStream.range(0, n).toArray()), new int[n], 1, 1, 1);
        return Batches.shuffled(numbered, n, ORDER).epoch(epoch).iterator().next().x();
    }

    private static void learn(Sequential network, Images images) {
        Adam adam = new Adam(network.parameters(), 0.001);
        for (int epoch = 0; epoch < 50; epoch++) {
            for (Batch batch : Batches.shuffled(images, BATCH, ORDER).epoch(epoch)) {
                adam.zeroGrad();
                Loss.crossEntropy(network.forward(batch.inputs()), batch.y()).backward();
                adam.step();
            }
        }
    }

    private void randomImages() throws IOException {
        Rng rng = new Rng(0);
        Tensor x = Tensor.normal(rng, 0, 1, 60_000, 784);
        save("images", Map.of("x", x, "y", Tensor.of(floats(rng.ints(60_000, 0, 10).toArray()))));
        weights("images-weights-64-64", MLP.relu(new Rng(1), 784, 64, 64, 10));
        weights("images-weights-128", MLP.relu(new Rng(1), 784, 128, 10));
    }

    private void weights(String name, Sequential network) throws IOException { save(name, network.namedParameters()); }

    private void save(String name, Map<String, Tensor> tensors) throws IOException { Safetensors.save(file(name), tensors); }

    private Path file(String name) { return folder.resolve(name + ".safetensors"); }

    private static Tensor uniform(long seed, int... shape) { return Tensor.uniform(new Rng(seed), -1, 1, shape); }

    private static Tensor pixels(Images images) { return Tensor.of(images.pixels(), images.size(), images.features()); }

    private static Tensor labels(Images images) { return Tensor.of(floats(images.labels())); }

    static int[] whole(float[] floats) {
        int[] whole = new int[floats.length];
        for (int i = 0; i < whole.length; i++) whole[i] = (int) floats[i];
        return whole;
    }

    private static float[] floats(int[] whole) {
        float[] floats = new float[whole.length];
        for (int i = 0; i < floats.length; i++) floats[i] = whole[i];
        return floats;
    }
}
