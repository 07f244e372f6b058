package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grad.scalar.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every misuse of a tensor is refused with one line that says what was wrong. */
class TensorErrorsTest {
    private static final int HUGE = 1 << 30;

    private final Tensor matrix = Tensor.ones(2, 3);
    private final Tensor scalar = Tensor.scalar(1);
    private final Tensor none = Tensor.zeros(0, 3);

    private static void refuses(Class<? extends Exception> type, String message, Executable misuse) {
        assertEquals(message, assertThrows(type, misuse).getMessage());
    }

    private static void argument(String message, Executable misuse) { refuses(IllegalArgumentException.class, message, misuse); }

    private static void state(String message, Executable misuse) { refuses(IllegalStateException.class, message, misuse); }

    private static void index(String message, Executable misuse) { refuses(IndexOutOfBoundsException.class, message, misuse); }

    @Test void making() {
        argument("of: shape [2, 2] holds 4 numbers, got 3", () -> Tensor.of(new float[3], 2, 2));
        argument("wrap: shape [2, 2] holds 4 numbers, got 3", () -> Tensor.wrap(new float[3], 2, 2));
        argument("of: row 1 has 1 numbers, row 0 has 2", () -> Tensor.of(new double[][] {{1, 2}, {3}}));
        argument("shape [2, -3] has a negative size", () -> Tensor.zeros(2, -3));
        argument("shape [-1] has a negative size", () -> Tensor.arange(-1));
        argument("shape [65536, 65536] is too large for one array", () -> Tensor.zeros(65536, 65536));
        for (int[] empty : new int[][] {{65536, 65536, 0}, {0, 65536, 65536}, {65536, 0, 65536}}) assertEquals(0,
                Tensor.zeros(empty).size());
        argument("shape [65536, 0, -1] has a negative size", () -> Tensor.zeros(65536, 0, -1));
        argument("shape [2147483647, 2147483647, 2147483647] is too large for one array", () ->
                Tensor.normal(new Rng(1), 0, 1, 2147483647, 2147483647, 2147483647));
    }

    @Test void looking() {
        argument("get: 1 indices for shape [2, 3]", () -> matrix.get(1));
        index("get: index 3 on axis 1 of shape [2, 3]", () -> matrix.get(1, 3));
        index("get: index -1 on axis 0 of shape [2, 3]", () -> matrix.get(-1, 0));
        state("item: shape [2, 3] holds 6 numbers, not 1", matrix::item);
        argument("argmax: shape [2, 3] has no axis 2", () -> matrix.argmax(2));
        argument("argmax: axis 0 of shape [0] has no elements", none::argmax);
    }

    @Test void gradients() {
        Tensor p = Tensor.parameter(matrix);
        Tensor y = p.mul(2);
        state("backward: shape [2, 3] is not a single number; reduce it, with sum() say, or pass a gradient", y::backward);
        argument("backward: a gradient of shape [3] for [2, 3]", () -> y.backward(Tensor.ones(3)));
        state("backward: []: 1 depends on nothing that requires a gradient", scalar::backward);
        state("backward: mul []: 2 depends on nothing that requires a gradient", () -> scalar.mul(2).backward());
        state("grad: w [2, 3]: 1, 1, 1, 1, 1, 1 has no gradient; call backward() on a result that depends on it",
                () -> p.named("w").grad());
        state("grad: mul [2, 3]: 2, 2, 2, 2, 2, 2 is computed, and only leaves (parameters and inputs) keep their gradient", y::grad);
        state("grad: [2, 3]: 1, 1, 1, 1, 1, 1 has no gradient; ask for it with requiresGrad(true), then call backward() on a result that depends on it", matrix::grad);
        state("requiresGrad: mul []: 2 is computed; only a leaf can be set, detach() makes one", () -> scalar.mul(2).requiresGrad(true));
    }

    @Test void elementwise() {
        argument("add: shapes [2, 3] and [2] do not fit: sizes 3 and 2 differ, and neither is 1", () -> matrix.add(Tensor.ones(2)));
        argument("max: shapes [2, 3] and [4, 3] do not fit: sizes 2 and 4 differ, and neither is 1",
                () -> matrix.maximum(Tensor.ones(4, 3)));
        argument("add: shapes [0, 3] and [2, 3] do not fit: sizes 0 and 2 differ, and neither is 1", () -> none.add(matrix));
        refuses(NullPointerException.class, "pow: the second operand is null", () -> matrix.pow(null));
        refuses(NullPointerException.class, "sub: the second operand is null", () -> matrix.apply(Op.SUB, null));
        argument("MUL takes 2 operands, got 1", () -> matrix.apply(Op.MUL));
        argument("RELU takes 1 operand, got 2", () -> matrix.apply(Op.RELU, matrix));
        argument("LEAF computes nothing", () -> matrix.apply(Op.LEAF));
        argument("where: shapes [3, 3] and [2, 3] do not fit: sizes 3 and 2 differ, and neither is 1",
                () -> Tensor.where(Tensor.ones(3, 3), matrix, scalar));
        argument("where: shapes [2, 3] and [2] do not fit: sizes 3 and 2 differ, and neither is 1",
                () -> Tensor.where(matrix, matrix, Tensor.ones(2)));
        argument("expand: [2, 3] does not stretch to [3]", () -> matrix.expand(3));
        argument("expand: shapes [2, 3] and [4, 3] do not fit: sizes 2 and 4 differ, and neither is 1", () -> matrix.expand(4, 3));
        argument("clamp: no number lies between 2.0 and 1.0", () -> matrix.clamp(2, 1));
        argument("clamp: no number lies between NaN and 1.0", () -> matrix.clamp(Double.NaN, 1));
        argument("dropout: the rate must be at least 0 and below 1, got 1.0", () -> matrix.dropout(1, new Rng(1)));
        argument("dropout: the rate must be at least 0 and below 1, got -0.1", () -> matrix.dropout(-0.1, new Rng(1)));
        argument("dropout: the rate must be at least 0 and below 1, got NaN", () -> matrix.dropout(Double.NaN, new Rng(1)));
    }

    @Test void matrices() {
        argument("matmul: [32, 784] x [100, 10]: inner sizes 784 and 100 differ", () ->
                Tensor.zeros(32, 784).matmul(Tensor.zeros(100, 10)));
        argument("matmul: [2, 3] x []: both must be matrices; reshape adds an axis", () -> matrix.matmul(scalar));
        argument("matmul: [2, 3, 4] x [2, 3, 4]: inner sizes 4 and 3 differ", () -> Tensor.ones(2, 3, 4).matmul(Tensor.ones(2, 3, 4)));
        argument("matmul: shapes [2] and [3] do not fit: sizes 2 and 3 differ, and neither is 1",
                () -> Tensor.ones(2, 3, 4).matmul(Tensor.ones(3, 4, 4)));
        argument("linear: [2, 3] x [2, 3, 3]: the weights must be a matrix", () -> matrix.linear(Tensor.ones(2, 3, 3), Tensor.ones(3)));
        argument("linear: [2, 3] x [4, 5]: the layer expects 5 inputs, got 3", () -> matrix.linear(Tensor.ones(4, 5), Tensor.ones(4)));
        argument("linear: [3] x [4, 3]: both must be matrices; reshape adds an axis", () ->
                Tensor.ones(3).linear(Tensor.ones(4, 3), Tensor.ones(4)));
        argument("linear: a bias of shape [3] for 4 outputs", () -> matrix.linear(Tensor.ones(4, 3), Tensor.ones(3)));
        argument("linear: a bias of shape [4, 1] for 4 outputs", () -> matrix.linear(Tensor.ones(4, 3), Tensor.ones(4, 1)));
        state("t: shape [] is not a matrix; see permute()", scalar::t);
    }

    @Test void rearranging() {
        argument("reshape: [2, 3] has 6 numbers, which do not fit [4, -1]", () -> matrix.reshape(4, -1));
        argument("reshape: [2, 3] has 6 numbers, which do not fit [5]", () -> matrix.reshape(5));
        argument("reshape: only one size can be worked out, but [-1, -1] leaves more open", () -> matrix.reshape(-1, -1));
        argument("shape [-2, 3] has a negative size", () -> matrix.reshape(-2, 3));
        argument("reshape: beside a size of 0 the −1 in [0, -1] could be anything; write the number", () -> none.reshape(0, -1));
        index("take: index -1 on axis 1 of shape [2, 3]", () -> matrix.take(-1, 0, -1));
        index("slice: 1 to 4 on axis 1 of shape [2, 3]", () -> matrix.slice(1, 1, 4));
        index("slice: 2 to 1 on axis 1 of shape [2, 3]", () -> matrix.slice(-1, 2, 1));
        argument("permute: [0, 0] does not name each axis of shape [2, 3] once", () -> matrix.permute(0, 0));
        argument("permute: [0] does not name each axis of shape [2, 3] once", () -> matrix.permute(0));
        argument("permute: shape [2, 3] has no axis 2", () -> matrix.permute(1, 2));
        index("rows: index 2 on axis 0 of shape [2, 3]", () -> matrix.rows(0, 2));
        state("rows: a single number has no rows", () -> scalar.rows(0));
        index("select: index 3 on axis 1 of shape [2, 3]", () -> matrix.select(1, 3));
        argument("select: shape [2, 3] has no axis -3", () -> matrix.select(-3, 0));
        argument("pick: 3 columns for shape [2, 3]; it takes one for each row of a matrix", () -> matrix.pick(0, 1, 2));
        argument("pick: 0 columns for shape []; it takes one for each row of a matrix", scalar::pick);
        index("pick: index 3 on axis 1 of shape [2, 3]", () -> matrix.pick(0, 3));
        argument("concat: no tensors", () -> Tensor.concat(0));
        argument("concat: shape [] has no axis 0", () -> Tensor.concat(0, scalar, scalar));
        argument("concat: shape [2, 2] of part 2 does not continue [2, 3] along axis 0",
                () -> Tensor.concat(0, matrix, none, Tensor.ones(2, 2)));
        argument("concat: shape [3] of part 1 does not continue [2, 3] along axis 1", () -> Tensor.concat(1, matrix, Tensor.ones(3)));
    }

    @Test void reductions() {
        argument("sum: shape [2, 3] has no axis 2", () -> matrix.sum(2));
        argument("mean: shape [] has no axis 0", () -> scalar.mean(0));
        argument("max: shape [2, 3] has no axis -3", () -> matrix.max(-3));
        argument("max: axis 0 of shape [0] has no elements", none::max);
        argument("max: axis 0 of shape [0, 3] has no elements", () -> none.max(0));
        argument("softmax: axis -2 of shape [0, 3] has no elements", () -> none.softmax(-2));
        argument("softmax: shape [2, 3] has no axis 5", () -> matrix.softmax(5));
        argument("logSumExp: shape [2, 3] has no axis 5", () -> matrix.logSumExp(5, Dims.KEEP));
    }

    @Test void crossEntropy() {
        Tensor scores = Tensor.zeros(4, 10);
        argument("crossEntropy: label 12 at row 3, classes 0..9", () -> scores.crossEntropy(new int[] {0, 9, 1, 12}, 0));
        argument("crossEntropy: label -1 at row 0, classes 0..9", () -> scores.crossEntropy(new int[] {-1, 9, 1, 1}, 0));
        argument("crossEntropy: 2 labels for 4 rows", () -> scores.crossEntropy(new int[2], 0));
        argument("crossEntropy: smoothing must be between 0 and 1, got 1.5", () -> scores.crossEntropy(new int[4], 1.5));
        argument("crossEntropy: smoothing must be between 0 and 1, got NaN", () -> scores.crossEntropy(new int[4], Double.NaN));
        argument("crossEntropy: shape [0, 10] is not a batch of scores [n, classes]",
                () -> Tensor.zeros(0, 10).crossEntropy(new int[0], 0));
        argument("crossEntropy: shape [2, 0] is not a batch of scores [n, classes]", () -> Tensor.zeros(2, 0).crossEntropy(new int[2], 0));
        argument("crossEntropy: shape [] is not a batch of scores [n, classes]", () -> scalar.crossEntropy(new int[1], 0));
    }

    /** Each of these would need gigabytes; the arrays that are there are small. */
    @Test void resultsTooLargeAreRefusedBeforeTheyAreMade() {
        argument("shape [65536, 65536] is too large for one array", () -> Tensor.zeros(65536, 1).add(Tensor.zeros(1, 65536)));
        argument("shape [65536, 65536] is too large for one array", () -> Tensor.zeros(65536, 1).matmul(Tensor.zeros(1, 65536)));
        argument("shape [65536, 65536] is too large for one array", () ->
                Tensor.zeros(65536, 1).linear(Tensor.zeros(65536, 1), Tensor.zeros(65536)));
        argument("shape [65536, 65536] is too large for one array", () -> Tensor.zeros(1, 65536).rows(new int[65536]));
        argument("shape [1073741824, 1073741824] is too large for one array", () -> scalar.expand(HUGE, HUGE));
        argument("shape [1073741824, 1073741824] is too large for one array", () -> matrix.reshape(HUGE, HUGE));
        argument("shape [50000, 50000] is too large for one array", () -> Tensor.zeros(50000, 0, 50000).sum(1));
        argument("shape [65537, 1, 65536] is too large for one array", () -> Tensor.zeros(65537, 0, 65536).mean(1, Dims.KEEP));
        argument("concat: 2147483648 along axis 1 are too many for one array", () ->
                Tensor.concat(1, Tensor.zeros(0, HUGE), Tensor.zeros(0, HUGE)));
        argument("shape [1073741824, 2] is too large for one array", () -> Tensor.of(new float[1], HUGE, 2));
    }
}
