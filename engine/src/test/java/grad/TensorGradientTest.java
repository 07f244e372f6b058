package grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every operation of {@link OperationCase}, forward and backward under a weighting of its result, three ways: against the scalar engine,
 * against central differences in doubles, and against PyTorch's doubles.
 */
class TensorGradientTest {
    private static final double TOLERANCE = 1e-5;

    // ---- against the scalar engine and central differences

    @Test void operationsOfOneOperandAgreeAtEverySizeAroundTheVectors() {
        for (int n = 1; n <= 67; n++) for (OperationCase operation : OperationCase.ONE) prove(operation, n, new int[] {n});
    }

    @Test void operationsOfTwoOperandsAgreeAtEverySizeAroundTheVectors() {
        for (int n = 1; n <= 67; n++) {
            for (OperationCase operation : OperationCase.TWO) {
                prove(operation, n, new int[] {n}, new int[] {n});
                prove(operation, n, new int[] {n}, new int[] {});
                prove(operation, n, new int[] {1}, new int[] {2, n});
            }
        }
    }

    @Test void elementwiseOperationsAgreeAroundTheBlockTheyWorkIn() {
        for (int n : new int[] {1023, 1024, 1025, 2049}) {
            for (OperationCase operation : OperationCase.ONE) prove(operation, n, new int[] {n});
            for (OperationCase operation : OperationCase.TWO) {
                prove(operation, n, new int[] {n}, new int[] {n});
                prove(operation, n, new int[] {n}, new int[] {1});
                prove(operation, n, new int[] {}, new int[] {n});
                prove(operation, n, new int[] {2, n}, new int[] {n});
                prove(operation, n, new int[] {2, n}, new int[] {2, 1});
                prove(operation, n, new int[] {n, 1}, new int[] {1, 2});
            }
        }
    }

    @Test void randomShapesOfAnyRankBroadcastBothWays() {
        for (int seed = 0; seed < 100; seed++) {
            Random rng = new Random(seed);
            int[] shape = shape(rng, rng.nextInt(5), 5);
            int[] partner = partner(rng, shape);
            int[] narrower = partner(rng, shape);
            for (OperationCase operation : OperationCase.TWO) {
                prove(operation, seed, shape, partner);
                prove(operation, seed, partner, shape);
                prove(operation, seed, partner, narrower);
            }
            OperationCase expand = new OperationCase("expand", x -> x[0].expand(shape), x -> x[0].expand(shape));
            prove(expand, seed, partner);
        }
    }

    @Test void operationsAlongEveryAxisAgreeForRandomShapes() {
        for (int seed = 0; seed < 40; seed++) {
            Random rng = new Random(seed);
            int[] shape = shape(rng, 1 + rng.nextInt(4), 7);
            for (OperationCase operation : OperationCase.ONE) prove(operation, seed, shape);
            for (int axis = 0; axis < shape.length; axis++) {
                for (OperationCase operation : OperationCase.along(axis)) prove(operation, seed, shape);
            }
        }
    }

    @Test void operationsAlongAnAxisAgreeAtEverySizeAroundTheVectors() {
        for (int n = 1; n <= 67; n++) {
            for (OperationCase operation : OperationCase.along(0)) prove(operation, n, new int[] {n, 3});
            for (OperationCase operation : OperationCase.along(1)) prove(operation, n, new int[] {2, n});
        }
    }

    @Test void matricesAgreeAtEverySizeAroundTheVectors() {
        for (int n = 1; n <= 67; n++) {
            int[][] shapes = {{n, 3}, {2, n}, {n, n % 9 + 2}};
            for (int[] shape : shapes) for (OperationCase operation : OperationCase.MATRIX) prove(operation, n, shape);
            products(n, n, 5, 3);
            products(n, 2, n, 5);
            products(n, 4, 3, n);
        }
    }

    @Test void stacksOfMatricesAgree() {
        OperationCase.STACKS.forEach((operation, shapes) -> {
            for (int seed = 0; seed < 20; seed++) prove(operation, seed, shapes);
        });
        for (int n : new int[] {1, 7, 16, 33, 67}) {
            prove(OperationCase.MATMUL, n, new int[] {3, n, 5}, new int[] {3, 5, n});
            prove(OperationCase.MATMUL, n, new int[] {2, 2, 3, n}, new int[] {2, n, 3});
        }
        for (int[] empty : new int[][] {{0, 3, 2}, {2, 0, 2}}) prove(OperationCase.MATMUL, 1, empty, new int[] {2, 4});
        prove(OperationCase.MATMUL, 1, new int[] {0, 3, 2}, new int[] {0, 2, 4});
        prove(OperationCase.MATMUL, 1, new int[] {2, 3, 0}, new int[] {2, 0, 4});
    }

    @Test void largeProductsAgree() {
        products(1, 33, 300, 17);
        products(2, 65, 66, 67);
    }

    @Test void singleElementsAndRankZeroAgree() {
        for (int[] shape : new int[][] {{}, {1}, {1, 1}, {1, 1, 1, 1}}) {
            for (OperationCase operation : OperationCase.ONE) prove(operation, 1, shape);
            for (OperationCase operation : OperationCase.TWO) prove(operation, 1, shape, new int[] {});
        }
        for (OperationCase operation : OperationCase.along(0)) prove(operation, 1, new int[] {1});
    }

    @Test void tensorsWithoutElementsGoForwardAndBackward() {
        for (int[] shape : new int[][] {{0}, {0, 3}, {2, 0}, {2, 0, 3}}) {
            for (OperationCase operation : OperationCase.ONE) if (!operation.name().matches("max|min|mean|reshape")) prove(operation,
                    1, shape);
            for (OperationCase operation : OperationCase.TWO) {
                prove(operation, 1, shape, shape);
                prove(operation, 1, shape, new int[] {1});
                prove(operation, 1, new int[] {}, shape);
            }
        }
        prove(OperationCase.along(0).get(0), 1, new int[] {0, 3});
        products(1, 0, 3, 2);
        products(1, 3, 0, 2);
        products(1, 3, 2, 0);
        assertTrue(Float.isNaN(Tensor.zeros(0).mean().item()));
    }

    @Test void shapesWithoutElementsMayBeHuge() {
        assertArrayEquals(new int[] {46341, 46341, 0}, Tensor.zeros(46341, 46341, 0).slice(2, 0, 0).shape());
        assertArrayEquals(new int[] {46341, 0, 46341}, Tensor.zeros(46341, 46341, 0).permute(0, 2, 1).shape());
        assertArrayEquals(new int[] {70000, 70000, 0}, Tensor.zeros(70000, 5, 0).take(1, new int[70000]).shape());
    }

    @Test void varianceStandsAMeanThatIsNoFloat() {
        Tensor x = Tensor.of(new float[] {1e8f, 1e8f + 8, 1e8f + 8});
        assertEquals(128 / 9.0, x.variance(0, Dims.DROP).item(), 1e-5);
    }

    private static void products(int seed, int m, int k, int n) {
        prove(OperationCase.MATMUL, seed, new int[] {m, k}, new int[] {k, n});
        prove(OperationCase.LINEAR, seed, new int[] {m, k}, new int[] {n, k}, new int[] {n});
    }

    private static void prove(OperationCase operation, int seed, int[]... shapes) {
        Random rng = new Random(31L * seed + operation.name().hashCode());
        boolean mixed = shapes.length == 1 && !operation.needsPositive() && !operation.name().matches("(sum|mean|variance).*");
        double[][] at = Arrays.stream(shapes).map(shape -> operand(rng, Shape.size(shape), mixed)).toArray(double[][]::new);
        Tensor[] x = parameters(shapes, at);
        Tensor y = operation.tensor().apply(x);
        double[] weights = numbers(y.size(), i -> 0.5 + rng.nextDouble());
        if (y.requiresGrad()) y.backward(tensor(y.shape(), weights));        // a mask lets none through

        ValueArray[] expected = leaves(shapes, at);
        ValueArray result = operation.reference().apply(expected);
        result.weighted(weights).backward();
        String where = operation + " " + Arrays.deepToString(shapes) + " seed " + seed;
        assertArrayEquals(result.shape(), y.shape(), where);
        assertClose(TOLERANCE, result.data(), y.data(), where);
        for (int i = 0; i < x.length; i++) assertClose(TOLERANCE, expected[i].grad(), gradient(x[i]), where + ", gradient of operand " + i);
        assertSlope(operation, shapes, at, weights, x, rng, where);
    }

    /** Floats between 0.2 and 1.8, away from the kinks of relu and abs; of mixed signs where no sum could cancel. */
    private static double[] operand(Random rng, int n, boolean mixed) {
        return numbers(n, i -> (float) (0.2 + 1.6 * rng.nextDouble()) * (mixed && rng.nextBoolean() ? -1 : 1));
    }

    /** Along a random direction, the weighted result must rise as its gradient says: two evaluations in doubles, however many operands. */
    private static void assertSlope(OperationCase operation, int[][] shapes, double[][] at,
            double[] weights, Tensor[] x, Random rng, String where) {
        double h = 1e-6;
        double slope = 0;
        double scale = 0;
        double[][] above = new double[at.length][];
        double[][] below = new double[at.length][];
        for (int i = 0; i < at.length; i++) {
            double[] direction = numbers(at[i].length, k -> rng.nextDouble() - 0.3);
            float[] grad = gradient(x[i]);
            double[] here = at[i];
            above[i] = numbers(here.length, k -> here[k] + h * direction[k]);
            below[i] = numbers(here.length, k -> here[k] - h * direction[k]);
            for (int k = 0; k < grad.length; k++) {
                slope += grad[k] * direction[k];
                scale += Math.abs(grad[k] * direction[k]);
            }
        }
        double rise = operation.reference().apply(leaves(shapes, above)).weighted(weights).data
                - operation.reference().apply(leaves(shapes, below)).weighted(weights).data;
        assertEquals(rise / (2 * h), slope, TOLERANCE * Math.max(scale, 1e-3), where + ", central difference");
    }

    // ---- against PyTorch

    @Test void everyOperationAgreesWithPyTorch() {
        Golden golden = new Golden("operations.txt");
        for (OperationCase operation : OperationCase.byName().values()) {
            int count = golden.integers(operation + ".operands")[0];
            String[] letters = Arrays.copyOf(new String[] {"a", "b", "c"}, count);
            int[][] shapes = Arrays.stream(letters).map(letter ->
                    golden.integers(operation + "." + letter + ".shape")).toArray(int[][]::new);
            double[][] at = IntStream.range(0, count).mapToObj(j ->
                    goldenOperand(j, Shape.size(shapes[j]), operation)).toArray(double[][]::new);
            Tensor[] x = parameters(shapes, at);
            for (int times = 1; times <= 2; times++) {        // the second time adds to the gradients of the first
                Tensor y = operation.tensor().apply(x);
                if (y.requiresGrad()) y.backward(tensor(y.shape(), numbers(y.size(), i -> 0.5 + (29 * i + 7) % 64 / 64.0)));
                assertClose(TOLERANCE, golden.numbers(operation + ".y"), y.data(), operation.name());
                for (int j = 0; j < count; j++) {
                    double factor = times;
                    double[] expected = Arrays.stream(golden.numbers(operation + "." + letters[j] + ".grad")).map(g ->
                            factor * g).toArray();
                    assertClose(TOLERANCE, expected, gradient(x[j]), operation + ", gradient of " + letters[j] + " after " + times);
                }
            }
        }
    }

    private static double[] goldenOperand(int j, int size, OperationCase operation) {
        double[] x = numbers(size, i -> ((37 * i + 17 * j + 11) % 101 - 50.5) / 32);
        return operation.needsPositive() ? numbers(size, i -> Math.abs(x[i]) + 0.25) : x;
    }

    // ---- what they share

    /** Relative to each number, or where it is small, because numbers of size 1 cancelled, to a tenth of the largest or to 0.02. */
    static void assertClose(double tolerance, double[] expected, float[] actual, String where) {
        assertEquals(expected.length, actual.length, where);
        double cancelled = Math.max(0.02, 0.1 * Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.length; i++) {
            double allowed = tolerance * Math.max(Math.abs(expected[i]), cancelled);
            assertEquals(expected[i], actual[i], allowed, where + ", element " + i);
        }
    }

    /** Zeros for an operand that the result does not depend on. */
    private static float[] gradient(Tensor x) { return x.hasGrad() ? x.grad().data() : new float[x.size()]; }

    static Tensor tensor(int[] shape, double[] data) {
        return Tensor.zeros(shape).update(x -> { for (int i = 0; i < x.length; i++) x[i] = (float) data[i]; });
    }

    private static Tensor[] parameters(int[][] shapes, double[][] at) {
        return IntStream.range(0, shapes.length).mapToObj(i -> Tensor.parameter(tensor(shapes[i], at[i]))).toArray(Tensor[]::new);
    }

    private static ValueArray[] leaves(int[][] shapes, double[][] at) {
        return IntStream.range(0, shapes.length).mapToObj(i -> ValueArray.leaves(shapes[i], at[i])).toArray(ValueArray[]::new);
    }

    private static double[] numbers(int n, IntToDoubleFunction f) { return IntStream.range(0, n).mapToDouble(f).toArray(); }

    private static int[] shape(Random rng, int rank, int longest) {
        return IntStream.range(0, rank).map(i -> 1 + rng.nextInt(longest)).toArray();
    }

    /** A shape that broadcasts to the given one: leading axes dropped, others set to 1. */
    private static int[] partner(Random rng, int[] shape) {
        int dropped = rng.nextInt(shape.length + 1);
        return Arrays.stream(shape, dropped, shape.length).map(n -> rng.nextBoolean() ? n : 1).toArray();
    }

}
