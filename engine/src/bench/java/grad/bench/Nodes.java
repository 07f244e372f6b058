package grad.bench;

import grad.scalar.Graph;
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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one node costs in a graph of 100,000: neurons of 16 inputs written with {@code mul} and {@code add}, their ReLUs added up.
 * Objects are built, ordered and gone through backwards; the replay computes the recorded graph forwards and backwards.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Nodes {
    private static final int INPUTS = 16;
    private static final int NODES = 100_000;
    private static final int PER_NEURON = 2 * INPUTS + 2;      // mul and add for each input, relu, and the add of the sum

    private final Value[] x = Value.leaves(new Random(1).doubles(INPUTS, -1, 1).toArray());
    final Value[] w = Value.leaves(new Random(2).doubles(16 * INPUTS, -1, 1).toArray());
    private final Value[] b = Value.leaves(new Random(3).doubles(16, -1, 1).toArray());
    private Graph graph;

    @Setup
    public void record() { graph = Graph.record(build(NODES)); }

    @Benchmark
    @OperationsPerInvocation(NODES)
    public double objects() {
        build(NODES).backward();
        return w[0].grad;
    }

    @Benchmark
    @OperationsPerInvocation(NODES)
    public double replay() {
        graph.forward();
        graph.backward();
        return w[0].grad;
    }

    Value build(int nodes) {
        List<Value> outputs = new ArrayList<>();
        for (int n = 0; n < nodes / PER_NEURON; n++) {
            Value sum = b[n % 16];
            for (int i = 0; i < INPUTS; i++) sum = sum.add(w[n % 16 * INPUTS + i].mul(x[i]));
            outputs.add(sum.relu());
        }
        return Value.sum(outputs);
    }
}
