package grad.bench;

import grad.scalar.Graph;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one node costs in a graph of {@link Nodes} that is a hundred times as large and far larger than any cache. Needs 4 GB. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class TenMillionNodes {
    private static final int NODES = 10_000_000;

    /** The recorded graph. */
    @State(Scope.Thread)
    public static class Recorded {
        private Graph graph;

        @Setup(Level.Trial)
        public void record() { graph = Graph.record(new Nodes().build(NODES)); }
    }

    @Benchmark
    @OperationsPerInvocation(NODES)
    public double objects() {
        Nodes nodes = new Nodes();
        nodes.build(NODES).backward();
        return nodes.w[0].grad;
    }

    @Benchmark
    @OperationsPerInvocation(NODES)
    public double replay(Recorded recorded) {
        double result = recorded.graph.forward();
        recorded.graph.backward();
        return result;
    }
}
