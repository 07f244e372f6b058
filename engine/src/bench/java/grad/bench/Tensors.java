package grad.bench;

import grad.Rng;
import grad.Tensor;
import grad.data.Batch;
import grad.data.Batches;
import grad.data.Images;
import grad.nn.Accuracy;
import grad.nn.Activation;
import grad.nn.Init;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import grad.optim.SGD;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The workloads made of tensors, W1 and W3 to W6, written as a notebook writes them. */
final class Tensors {
    private static final int STEPS = 100;
    private static final int DREAMS_AT_ONCE = 250;      // their numbers fit a core's cache

    private final Inputs inputs;

    Tensors(Inputs inputs) { this.inputs = inputs; }

    /** W1: 100 points of two moons, 2-16-16-1, max-margin loss and L2, 100 steps with a falling rate. */
    Workload moons() {
        Map<String, Tensor> moons = inputs.load("moons");
        Map<String, Tensor> start = inputs.load("moons-weights");
        Tensor x = moons.get("x");
        Tensor sign = moons.get("y").mul(2).sub(1).reshape(100, 1);
        return () -> {
            Sequential net = network(start, 2, 16, 16, 1);
            SGD sgd = new SGD(net.parameters(), 1);
            double last = 0;
            for (int k = 0; k < STEPS; k++) {
                sgd.zeroGrad();
                Tensor loss = Loss.maxMargin(net.forward(x), sign);
                for (Tensor p : net.parameters()) loss = loss.add(p.mul(p).sum().mul(1e-4));
                loss.backward();
                sgd.learningRate(1 - 0.9 * k / STEPS);
                sgd.step();
                last = loss.item();
            }
            return outcome("loss", last);
        };
    }

    /** W3: 20 digits, 64-32-16-10, the sum of their root mean squared errors, 100 steps. */
    Workload rmse() {
        Images digits = inputs.images("digits", "train.", 8).take(20).scaled(16);
        Map<String, Tensor> start = inputs.load("digits-weights");
        Tensor x = Tensor.of(digits.pixels(), 20, 64);
        Tensor target = Tensor.of(digits.oneHot(), 20, 10);
        return () -> {
            Sequential net = network(start, 64, 32, 16, 10);
            SGD sgd = new SGD(net.parameters(), 0.02);
            double last = 0;
            for (int k = 0; k < STEPS; k++) {
                sgd.zeroGrad();
                Tensor difference = net.forward(x).sub(target);
                Tensor loss = difference.mul(difference).mean(1).sqrt().sum();
                loss.backward();
                sgd.step();
                last = loss.item();
            }
            return outcome("loss", last);
        };
    }

    /** W4: the digits network with dropout and Adam, 200 epochs of 45 steps. */
    Workload train() {
        Images train = inputs.images("digits", "train.", 8);
        Images test = inputs.images("digits", "test.", 8);
        Map<String, Tensor> start = inputs.load("dropout-weights");
        return () -> {
            Sequential net = MLP.of(Init.PYTORCH, Activation.RELU, 0.2, new Rng(42), 64, 32, 16, 10);
            net.load(start);
            Adam adam = new Adam(net.parameters(), 2e-4).weightDecay(1e-4);
            Rng dropout = new Rng(43);
            Batches batches = Batches.shuffled(train, Inputs.BATCH, Inputs.ORDER);
            for (int epoch = 0; epoch < Inputs.EPOCHS; epoch++) {
                for (Batch batch : batches.epoch(epoch)) {
                    adam.zeroGrad();
                    Tensor x = batch.inputs();
                    Loss.crossEntropy(net.forward(x, dropout), batch.y()).backward();
                    adam.step();
                }
            }
            return () -> Map.of("accuracy", Accuracy.of(net.forward(pixels(test)), test.labels()),
                    "loss", (double) Loss.crossEntropy(net.forward(pixels(train)), train.labels()).item());
        };
    }

    /** W4: 10,000 images of noise become digits in 100 steps of Adam, in blocks that the cores share. */
    Workload dream() {
        Tensor noise = inputs.load("digits").get("noise");
        Sequential net = network(inputs.load("dreamer"), 64, 32, 16, 10);
        net.freeze();
        int[] targets = IntStream.range(0, 10_000).map(i -> i / 1000).toArray();
        return () -> {
            Tensor[] blocks = IntStream.range(0, targets.length / DREAMS_AT_ONCE).parallel().mapToObj(block -> {
                int[] rows = IntStream.range(block * DREAMS_AT_ONCE, (block + 1) * DREAMS_AT_ONCE).toArray();
                return dream(net, noise.rows(rows), IntStream.of(rows).map(i -> targets[i]).toArray());
            }).toArray(Tensor[]::new);
            Tensor dreams = Tensor.concat(0, blocks);
            return () -> Map.of("accuracy", Accuracy.of(net.forward(dreams), targets),
                    "loss", (double) Loss.crossEntropy(net.forward(dreams), targets).item());
        };
    }

    private static Tensor dream(Sequential net, Tensor start, int[] targets) {
        Tensor images = Tensor.parameter(start);
        Adam adam = new Adam(List.of(images), 0.1);
        for (int k = 0; k < STEPS; k++) {
            adam.zeroGrad();
            Loss.crossEntropy(net.forward(images.clamp(0, 16)), targets).mul(targets.length).backward();
            adam.step();
        }
        return images.detach().clamp(0, 16);
    }

    /** W5: one epoch over 60,000 images of 784 numbers; {@code hidden} is 64-64 or 128. */
    Workload epoch(String hidden, int batchSize) {
        Images images = inputs.images("images", "", 28);
        Map<String, Tensor> start = inputs.load("images-weights-" + hidden);
        int[] sizes = sizes(hidden);
        return () -> {
            Sequential net = network(start, sizes);
            SGD sgd = new SGD(net.parameters(), 0.01);
            Tensor loss = null;
            for (Batch batch : Batches.inOrder(images, batchSize).droppingLast().reusingArrays().epoch(0)) {
                sgd.zeroGrad();
                loss = Loss.crossEntropy(net.forward(batch.inputs()), batch.y());
                loss.backward();
                sgd.step();
            }
            return outcome("loss", loss.item());
        };
    }

    /** W6: products [m, k] · [k, n], so many of them. */
    Workload products(int m, int k, int n, int times) {
        Map<String, Tensor> matrices = inputs.load("matrices");
        Tensor a = Tensor.of(Arrays.copyOf(matrices.get("a").data(), m * k), m, k);
        Tensor b = Tensor.of(Arrays.copyOf(matrices.get("b").data(), k * n), k, n);
        return () -> {
            Tensor product = a.matmul(b);
            for (int i = 1; i < times; i++) product = a.matmul(b);
            Tensor last = product;
            return () -> Map.of("mean square", (double) last.mul(last).mean().item());
        };
    }

    /** For the growth curves: one step of 784-width-10 for a batch of the given size. */
    Workload step(int batchSize, int width) {
        Tensor x = Tensor.normal(new Rng(1), 0, 1, batchSize, 784);
        int[] labels = IntStream.range(0, batchSize).map(i -> i % 10).toArray();
        Sequential net = MLP.relu(new Rng(2), 784, width, 10);
        SGD sgd = new SGD(net.parameters(), 0.01);
        return () -> {
            sgd.zeroGrad();
            Tensor loss = Loss.crossEntropy(net.forward(x), labels);
            loss.backward();
            sgd.step();
            return outcome("loss", loss.item());
        };
    }

    private static Workload.Outcome outcome(String name, double value) { return () -> Map.of(name, value); }

    private static Tensor pixels(Images images) { return Tensor.of(images.pixels(), images.size(), images.features()); }

    private static Sequential network(Map<String, Tensor> start, int... sizes) {
        Sequential net = MLP.relu(new Rng(0), sizes);
        net.load(start);
        return net;
    }

    private static int[] sizes(String hidden) {
        return Arrays.stream(("784-" + hidden + "-10").split("-")).mapToInt(Integer::parseInt).toArray();
    }
}
