package grad;

import grad.data.Batch;
import grad.data.Batches;
import grad.data.Digits;
import grad.data.Images;
import grad.nn.Activation;
import grad.nn.Init;
import grad.nn.Layer;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import grad.optim.CosineLR;
import grad.optim.Optimizer;
import grad.optim.SGD;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Trains four networks, computes 10,000 random graphs, and prints the SHA-256 of all weights, results and gradients, and the kernels in
 * use: the same on every machine, JDK, vector width and number of threads, or the promise is broken.
 */
final class Repro {
    private static final int GRAPHS = 10_000;

    private Repro() { }

    public static void main(String[] args) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (Layer network : new Layer[] {digits(), wide(), smooth(), tall()}) {
            for (Tensor p : network.parameters()) {
                if (!Float.isFinite(p.sum().item())) throw new IllegalStateException("training went astray: " + p);
                sha256.update(bytes(p.data()));
            }
        }
        for (int seed = 0; seed < GRAPHS; seed++) addGraph(seed, sha256);
        System.out.println(HexFormat.of().formatHex(sha256.digest()) + " " + Tensor.kernels());
    }

    /** All numbers of a random graph, and its gradients. */
    private static void addGraph(long seed, MessageDigest sha256) {
        RandomGraph graph = RandomGraph.ofTensors(seed);
        graph.loss().backward();
        for (RandomGraph.Node node : graph.nodes) sha256.update(bytes(node.tensor().data()));
        for (RandomGraph.Node leaf : graph.leaves) sha256.update(bytes(leaf.tensor().grad().data()));
    }

    private static byte[] bytes(float[] x) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * x.length);
        bytes.asFloatBuffer().put(x);
        return bytes.array();
    }

    /** Cross-entropy, ReLU, dropout and Adam, on batches of 32 digits and a smaller last one. */
    static Layer digits() {
        Rng rng = new Rng(1);
        Images digits = Digits.load().split(0.8).train();
        Sequential network = MLP.of(Init.PYTORCH, Activation.RELU, 0.2, rng, 64, 32, 16, 10);
        Adam adam = new Adam(network.parameters(), 2e-4).weightDecay(1e-4);
        for (int epoch = 0; epoch < 5; epoch++) {
            for (Batch batch : Batches.shuffled(digits, 32, 1).epoch(epoch)) {
                Tensor x = batch.inputs();
                step(Loss.crossEntropy(network.forward(x, rng), batch.y()), adam);
            }
        }
        return network;
    }

    /** Products large enough to be shared out over threads, and longer than a block of one. */
    static Layer wide() {
        Rng rng = new Rng(2);
        Sequential network = MLP.of(Init.KAIMING, Activation.RELU, 0, rng, 784, 128, 10);
        SGD sgd = new SGD(network.parameters(), 0.1).momentum(0.9).nesterov().weightDecay(1e-4);
        int[] labels = rng.ints(512, 0, 10).toArray();
        Tensor x = Tensor.normal(rng, 0, 1, labels.length, 784);
        for (int step = 0; step < 4; step++) step(Loss.crossEntropy(network.forward(x), 0.1, labels), sgd);
        return network;
    }

    /** exp, log, tanh, sigmoid, sums along both axes, broadcasting and the other loss; sizes that no vector divides. */
    static Layer smooth() {
        Rng rng = new Rng(3);
        Sequential network = MLP.of(Init.GLOROT, Activation.TANH, 0.1, rng, 7, 37, 19, 5);
        Adam adam = new Adam(network.parameters(), 0.01).decoupledWeightDecay(0.01);
        CosineLR schedule = new CosineLR(adam, 5, 40);
        Tensor x = Tensor.normal(rng, 0, 1, 61, 7);
        Tensor target = x.rows(x.argmax(0)).sum(1).sigmoid().log().exp().softmax(0);
        for (int step = 0; step < 40; step++) {
            Tensor y = network.forward(x, rng);
            Tensor columns = y.sub(y.mean(1, Dims.KEEP)).sigmoid().logSumExp(0, Dims.DROP);
            step(Loss.rmse(columns.add(1).log(), target.rows(0, 1, 2, 3, 4)), adam);
            schedule.step();
        }
        return network;
    }

    /** Sums and products of more terms than are added up at once, and gradients that add up as many. */
    static Layer tall() {
        Rng rng = new Rng(4);
        Sequential network = MLP.of(Init.PYTORCH, Activation.TANH, 0, rng, 3, 7, 2);
        Adam adam = new Adam(network.parameters(), 0.01);
        int rows = 10_001;
        Tensor x = Tensor.normal(rng, 1, 1, rows, 3);
        int[] places = rng.ints(rows, 0, 7).toArray();
        for (int step = 0; step < 5; step++) {
            Tensor table = network.parameters().get(1);        // the bias of seven neurons, looked up again and again
            Tensor y = network.forward(x).add(table.rows(places).mean()).sub(x.mean(0).sum());
            step(y.mul(table.rows(places).reshape(rows, 1)).t().matmul(y).add(y.pow(2).mean(0)).mean(), adam);
        }
        return network;
    }

    private static void step(Tensor loss, Optimizer optimizer) {
        optimizer.zeroGrad();
        loss.backward();
        optimizer.clipNorm(2);
        optimizer.step();
    }
}
