package grad.bench;

import grad.scalar.Graph;
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
 * What one node costs in a graph of 100,000. Objects are built, ordered and gone through backwards; the replay computes the recorded graph
 * forwards and backwards.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class Nodes {
    private static final int NODES = 100_000;

    private final Neurons neurons = new Neurons(random(1, 256), random(2, 16), random(3, 16));
    private Graph graph;

    private static double[] random(long seed, int n) { return new Random(seed).doubles(n, -1, 1).toArray(); }

    @Setup
    public void record() { graph = Graph.record(neurons.build(NODES)); }

    @Benchmark
    @OperationsPerInvocation(NODES)
    public double objects() {
        neurons.build(NODES).backward();
        return neurons.gradient();
    }

    @Benchmark
    @OperationsPerInvocation(NODES)
    public double replay() {
        graph.forward();
        graph.backward();
        return neurons.gradient();
    }
}
