import grad.*;
import grad.data.*;
import grad.nn.*;
import grad.optim.*;

public class QuickStart {
    public static void main(String[] args) {
        var digits = Digits.load().split(0.8);
        var network = MLP.relu(new Rng(3), 64, 32, 16, 10);
        var adam = new Adam(network.parameters(), 0.001);
        for (int epoch = 0; epoch < 200; epoch++) {
            for (Batch batch : Batches.shuffled(digits.train(), 32, 1).epoch(epoch)) {
                adam.zeroGrad();
                Loss.crossEntropy(network.forward(batch.inputs()), batch.y()).backward();
                adam.step();
            }
        }
        Tensor scores = network.forward(Tensor.of(digits.test().pixels(), 360, 64));
        System.out.println("reads " + 100 * Accuracy.of(scores, digits.test().labels()) + " % of 360 digits it has never seen");
    }
}
