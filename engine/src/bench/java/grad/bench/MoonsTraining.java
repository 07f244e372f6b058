package grad.bench;

import grad.data.Moons;
import grad.data.Points;
import grad.scalar.Graph;
import grad.scalar.Loss;
import grad.scalar.MLP;
import grad.scalar.Value;
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

/** A 2-16-16-1 ReLU network learns 100 moon points in 100 steps: max-margin loss and L2, the whole training. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MoonsTraining {
    private static final int STEPS = 100;

    private final Points moons = Moons.points(100, 0.1, new Random(1));

    @Benchmark
    public double objects() {
        MLP net = MLP.relu(new Random(1), 2, 16, 16, 1);
        double last = 0;
        for (int k = 0; k < STEPS; k++) {
            Value loss = loss(net);
            net.zeroGrad();
            loss.backward();
            descend(net, k);
            last = loss.data;
        }
        return last;
    }

    @Benchmark
    public double replay() {
        MLP net = MLP.relu(new Random(1), 2, 16, 16, 1);
        Graph graph = Graph.record(loss(net));
        double last = 0;
        for (int k = 0; k < STEPS; k++) {
            last = graph.forward();
            net.zeroGrad();
            graph.backward();
            descend(net, k);
        }
        return last;
    }

    private Value loss(MLP net) {
        Value[] score = new Value[moons.size()];
        for (int i = 0; i < score.length; i++) score[i] = net.forward(moons.x()[i])[0];
        return Loss.maxMargin(score, moons.sign()).add(Loss.l2(net.parameters(), 1e-4));
    }

    private static void descend(MLP net, int k) {
        double lr = 1 - 0.9 * k / STEPS;
        for (Value p : net.parameters()) p.data -= lr * p.grad;
    }
}
