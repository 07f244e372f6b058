package grad;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.data.Batch;
import grad.data.Batches;
import grad.data.Images;
import grad.data.Mnist;
import grad.nn.Accuracy;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Needs the four files of MNIST in the folder that {@code JAVAGRAD_DATA} names. */
@Tag("soak") @EnabledIfEnvironmentVariable(named = "JAVAGRAD_DATA", matches = ".+")
class MnistTrainingTest {
    @Test void passes97AndAHalfPercentInTenEpochs() throws IOException {
        Mnist mnist = Mnist.load(Path.of(System.getenv("JAVAGRAD_DATA")));
        Sequential network = MLP.relu(new Rng(1), 784, 128, 10);
        Adam adam = new Adam(network.parameters(), 0.001);
        Batches batches = Batches.shuffled(mnist.train().scaled(255), 64, 1);
        long start = System.nanoTime();
        for (int epoch = 0; epoch < 10; epoch++) {
            for (Batch batch : batches.epoch(epoch)) {
                adam.zeroGrad();
                Loss.crossEntropy(network.forward(batch.inputs()), batch.y()).backward();
                adam.step();
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        Images test = mnist.test().scaled(255);
        double accuracy = Accuracy.of(network.forward(Tensor.of(test.pixels(), test.size(), 784)), test.labels());
        System.out.printf("MNIST 784-128-10, 10 epochs: %.2f %% in %.1f s with %s kernels%n", 100 * accuracy, seconds, Tensor.kernels());
        assertTrue(accuracy > 0.975, "accuracy " + accuracy);
    }
}
