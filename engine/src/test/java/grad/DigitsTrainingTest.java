package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grad.data.Batch;
import grad.data.Batches;
import grad.data.Digits;
import grad.data.Images;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import org.junit.jupiter.api.Test;

class DigitsTrainingTest {
    @Test void followsPyTorchStepByStep() {
        Golden golden = new Golden("training.txt");
        double[] expected = golden.numbers("losses");
        Images train = Digits.load().split(0.8).train();
        Sequential network = MLP.relu(new Rng(3), 64, 32, 16, 10);
        Adam adam = new Adam(network.parameters(), 2e-4).weightDecay(1e-4);
        int step = 0;
        for (int epoch = 0; epoch < 3; epoch++) {
            for (Batch batch : Batches.inOrder(train, 32).epoch(epoch)) {
                Tensor loss = Loss.crossEntropy(network.forward(batch.inputs()), batch.y());
                assertEquals(expected[step], loss.item(), 2e-6, "loss of step " + step);
                adam.zeroGrad();
                loss.backward();
                adam.step();
                step++;
            }
        }
        assertEquals(expected.length, step);
        double[] sizes = golden.numbers("weights");
        for (int i = 0; i < sizes.length; i++) {
            assertEquals(1, network.parameters().get(i).abs().sum().item() / sizes[i], 1e-6, "the end of parameter " + i);
        }
    }
}
