package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

/**
 * Sums of millions of numbers, and gradients that add up as many, are at least as exact as PyTorch's; {@code sums.py} has measured those.
 */
class LongSumsTest {
    private static final Golden PYTORCH = new Golden("sums.txt");

    @ParameterizedTest @CsvSource({"1000000, constant", "1000000, spread", "20000000, constant", "20000000, spread"})
    void areAtLeastAsExactAsPyTorchs(int elements, String kind) {
        int rows = elements / 2;
        float[] numbers = numbers(kind, elements);
        double[] columns = new double[2];
        for (int i = 0; i < elements; i++) columns[i % 2] += numbers[i];
        double[] all = {columns[0] + columns[1]};
        Tensor x = Tensor.wrap(numbers, rows, 2);
        String name = elements + "." + kind + ".";

        assertExact(name + "sum", all, x.sum());
        assertExact(name + "mean", divided(all, elements), x.mean());
        assertExact(name + "sum0", columns, x.sum(0));
        assertExact(name + "mean0", divided(columns, rows), x.mean(0));
        assertExact(name + "sum1", columns, x.t().sum(1));
        assertExact(name + "broadcast", columns, gradient(w -> w.add(x.detach()), x, 2));
        assertExact(name + "scalar", all, gradient(w -> w.add(x.detach()), x));
        assertExact(name + "bias", columns, gradient(w -> x.detach().linear(Tensor.zeros(2, 2), w), x, 2));
        assertExact(name + "rows", everyThirdRow(numbers), gradient(w -> w.rows(threeInTurn(rows)), x, 3, 2));
        double[] squares = products(numbers);
        assertExact(name + "weights", squares, gradient(w -> x.detach().linear(w, Tensor.zeros(2)), x, 2, 2));
        assertExact(name + "product", squares, x.t().matmul(x));
    }

    /** See sums.py. */
    private static float[] numbers(String kind, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) x[i] = kind.equals("constant") ? 0.1f : (i * 2654435761L % (1L << 32) >> 8) / 0x1p24f;
        return x;
    }

    private static Tensor gradient(UnaryOperator<Tensor> f, Tensor upstream, int... shape) {
        Tensor w = Tensor.parameter(Tensor.zeros(shape));
        f.apply(w).backward(upstream);
        return w.grad();
    }

    private static int[] threeInTurn(int rows) {
        int[] index = new int[rows];
        for (int i = 0; i < rows; i++) index[i] = i % 3;
        return index;
    }

    private static double[] everyThirdRow(float[] x) {
        double[] sums = new double[6];
        for (int i = 0; i < x.length; i++) sums[i / 2 % 3 * 2 + i % 2] += x[i];
        return sums;
    }

    private static double[] products(float[] x) {
        double[] sums = new double[4];
        for (int i = 0; i < x.length; i += 2) {
            for (int j = 0; j < 4; j++) sums[j] += (double) x[i + j / 2] * x[i + j % 2];
        }
        return sums;
    }

    private static double[] divided(double[] x, int n) { return Arrays.stream(x).map(sum -> sum / n).toArray(); }

    private static void assertExact(String name, double[] exact, Tensor actual) {
        double error = 0;
        for (int i = 0; i < exact.length; i++) error = Math.max(error, Math.abs((actual.data()[i] - exact[i]) / exact[i]));
        double theirs = PYTORCH.numbers(name)[0];
        assertTrue(error <= Math.max(theirs, 0x1p-24), name + ": off by " + error + ", PyTorch by " + theirs);
    }

    @Test void aSumPastTheLargestWholeNumberOfFloatsGoesOn() {
        int n = 20_000_000;
        assertEquals(2e7f, Tensor.ones(n, 1).sum(0).item());
        assertEquals(1f, Tensor.ones(n, 2).mean(0).get(1));
        assertEquals(Math.log(n), Tensor.zeros(1, n).crossEntropy(new int[] {7}, 0).item(), 1e-6);
    }
}
