package grad.bench;

import grad.scalar.Graph;
import grad.scalar.Loss;
import grad.scalar.MLP;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** nanograd's network for 8×8 digits, 64-32-16-10 with ReLU, on 20 images for 100 steps: RMSE, learning rate 0.1, the whole training. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DigitsTraining {
    private static final int STEPS = 100;
    private static final double LR = 0.1;

    private final double[][] image = new double[20][];      // what is on them does not matter for the time
    private final double[][] target = new double[20][10];

    public DigitsTraining() {
        Random rng = new Random(1);
        for (int i = 0; i < image.length; i++) {
            image[i] = rng.doubles(64).toArray();
            target[i][i % 10] = 1;
        }
    }

    @Benchmark
    public double objects() {
        MLP net = MLP.relu(new Random(1), 64, 32, 16, 10);
        double last = 0;
        for (int k = 0; k < STEPS; k++) {
            Value loss = loss(net);
            net.zeroGrad();
            loss.backward();
            for (Value p : net.parameters()) p.data -= LR * p.grad;
            last = loss.data;
        }
        return last;
    }

    @Benchmark
    public double replay() {
        MLP net = MLP.relu(new Random(1), 64, 32, 16, 10);
        Graph graph = Graph.record(loss(net));
        double last = 0;
        for (int k = 0; k < STEPS; k++) {
            last = graph.forward();
            net.zeroGrad();
            graph.backward();
            for (Value p : net.parameters()) p.data -= LR * p.grad;
        }
        return last;
    }

    private Value loss(MLP net) {
        List<Value> losses = new ArrayList<>();
        for (int i = 0; i < image.length; i++) losses.add(Loss.rmse(net.forward(image[i]), target[i]));
        return Value.sum(losses);
    }
}
