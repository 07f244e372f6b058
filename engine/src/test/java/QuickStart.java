import grad.*;
import grad.data.*;
import grad.nn.*;
import grad.optim.*;
import java.util.stream.IntStream;

public class QuickStart {
    public static void main(String[] args) {
        var digits = Digits.load().split(0.8);
        var network = MLP.relu(new Rng(3), 64, 32, 16, 10);
        var adam = new Adam(network.parameters(), 0.001);
        for (int epoch = 0; epoch < 200; epoch++) {
            for (Batch batch : Batches.shuffled(digits.train(), 32, 1).epoch(epoch)) {
                adam.zeroGrad();
                Loss.crossEntropy(network.forward(Tensor.of(batch.x(), batch.size(), 64)), batch.y()).backward();
                adam.step();
            }
        }
        int[] guess = network.forward(Tensor.of(digits.test().pixels(), 360, 64)).argmax(1);
        long right = IntStream.range(0, 360).filter(i -> guess[i] == digits.test().labels()[i]).count();
        System.out.println(right + " of 360 digits it has never seen: " + 100.0 * right / 360 + " %");
    }
}
