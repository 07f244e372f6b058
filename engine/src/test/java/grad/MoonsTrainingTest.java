package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.data.Moons;
import grad.data.Points;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.SGD;
import grad.scalar.Neuron;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same network, once of numbers and once of tensors, learns the same. */
class MoonsTrainingTest {
    private static final int[] SIZES = {2, 16, 16, 1};
    private static final double RATE = 0.1;
    private static final double L2 = 1e-3;

    private final Points moons = Moons.points(100, 0.1, new Rng(1));
    private final Tensor x = Tensor.of(moons.x());
    private final Sequential tensors = MLP.relu(new Rng(2), SIZES);
    private final grad.scalar.MLP scalars = grad.scalar.MLP.relu(new Rng(2), SIZES);
    /** For each number of the tensors' parameters, in order, the value that stands for it. */
    private final List<Value> counterparts = counterparts();

    /** Tensors list all weights of a layer before its biases, scalars neuron after neuron. */
    private List<Value> counterparts() {
        List<Value> values = new ArrayList<>();
        for (var layer : scalars.layers()) {
            for (Neuron n : layer.neurons()) values.addAll(n.parameters().subList(0, n.parameters().size() - 1));
            for (Neuron n : layer.neurons()) values.add(n.parameters().get(n.parameters().size() - 1));
        }
        return values;
    }

    private float[] flat(List<Tensor> parameters) {
        return Tensor.concat(0, parameters.stream().map(p -> p.reshape(-1)).toArray(Tensor[]::new)).data();
    }

    private Tensor tensorLoss() {
        Tensor loss = Loss.maxMargin(tensors.forward(x), Tensor.of(floats(moons.sign()), 100, 1));
        for (Tensor p : tensors.parameters()) loss = loss.add(p.pow(2).sum().mul(L2));
        return loss;
    }

    private Value scalarLoss() {
        Value[] scores = new Value[moons.size()];
        for (int i = 0; i < scores.length; i++) scores[i] = scalars.forward(x.get(i, 0), x.get(i, 1))[0];
        return grad.scalar.Loss.maxMargin(scores, moons.sign()).add(grad.scalar.Loss.l2(scalars.parameters(), L2));
    }

    private static float[] floats(double[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) y[i] = (float) x[i];
        return y;
    }

    @Test void scalarsAndTensorsAgreeOnEveryLossAndGradient() {
        float[] start = flat(tensors.parameters());
        for (int i = 0; i < start.length; i++) counterparts.get(i).data = start[i];
        SGD sgd = new SGD(tensors.parameters(), RATE);
        double first = 0;
        double last = 0;
        for (int step = 0; step < 100; step++) {
            Tensor loss = tensorLoss();
            Value reference = scalarLoss();
            assertEquals(reference.data, loss.item(), 1e-6, "loss of step " + step);
            last = reference.data;
            if (step == 0) first = last;
            sgd.zeroGrad();
            loss.backward();
            scalars.zeroGrad();
            reference.backward();
            float[] gradients = flat(tensors.parameters().stream().map(Tensor::grad).toList());
            for (int i = 0; i < gradients.length; i++) {
                assertEquals(counterparts.get(i).grad, gradients[i], 1e-6, "gradient " + i + " in step " + step);
                counterparts.get(i).data -= RATE * counterparts.get(i).grad;
            }
            sgd.step();
        }
        assertTrue(last < first / 3, "learned from " + first + " to " + last);
    }
}
