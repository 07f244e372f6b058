package grad.bench;

import grad.Rng;
import grad.Tensor;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Matrix products by shape. The column {@code flops}, per nanosecond, is GF/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class Products {
    @Param({"64x64x64", "128x784x128", "512x784x64", "512x784x128", "1024x1024x1024"})
    public String shape;      // m × k × n

    private Tensor a;
    private Tensor b;
    private Tensor bTransposed;
    private Tensor bias;
    private long flops;

    /** What JMH adds up beside the calls. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Counter {
        public long flops;
    }

    @Setup
    public void fill() {
        int[] size = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
        Rng rng = new Rng(1);
        a = Tensor.uniform(rng, -1, 1, size[0], size[1]);
        b = Tensor.uniform(rng, -1, 1, size[1], size[2]);
        bTransposed = Tensor.uniform(rng, -1, 1, size[2], size[1]);
        bias = Tensor.zeros(size[2]);
        flops = 2L * size[0] * size[1] * size[2];
    }

    @Benchmark
    public Tensor matmul(Counter counter) {
        counter.flops += flops;
        return a.matmul(b);
    }

    /** As a layer multiplies: a · bᵀ plus a bias. */
    @Benchmark
    public Tensor linear(Counter counter) {
        counter.flops += flops;
        return a.linear(bTransposed, bias);
    }
}
