package grad.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpTest {
    private static final int POINTS = 25;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    static Stream<Op> computing() { return Arrays.stream(Op.values()).filter(op -> op.arity() > 0); }

    /** {@code op(a, b) · weight}: the weight is the gradient that arrives at the operation. */
    private static <T extends Arithmetic<T>> T weighted(Op op, List<T> x, double weight) {
        T y = op.arity() == 1 ? x.get(0).apply(op) : x.get(0).apply(op, x.get(1));
        return y.mul(weight);
    }

    /** Numbers of size 0.2 to 2, positive where the operation asks for it. */
    private static double[] point(Op op, Random rng) {
        double[] point = new double[op.arity()];
        for (int i = 0; i < point.length; i++) point[i] = (rng.nextBoolean() ? 1 : -1) * (0.2 + 1.8 * rng.nextDouble());
        if (op == Op.LOG || op == Op.POW || op == Op.SQRT || op == Op.RSQRT) point[0] = Math.abs(point[0]);
        return point;
    }

    private static double centralDifference(Op op, double[] at, double weight, int i) {
        double h = 1e-5;
        double[] above = at.clone();
        double[] below = at.clone();
        above[i] += h;
        below[i] -= h;
        return (weighted(op, List.of(Value.leaves(above)), weight).data - weighted(op,
                List.of(Value.leaves(below)), weight).data) / (2 * h);
    }

    private static List<Dual> along(int i, double[] at) {
        Dual[] x = new Dual[at.length];
        for (int j = 0; j < x.length; j++) x[j] = i == j ? Dual.variable(at[j]) : Dual.fixed(at[j]);
        return List.of(x);
    }

    private static void assertClose(double expected, double actual, double tolerance, String what) {
        assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
    }

    @ParameterizedTest
    @MethodSource("computing")
    void reverseForwardReplayAndDifferencesAgree(Op op) {
        Random rng = new Random(op.ordinal());
        for (int k = 0; k < POINTS; k++) {
            double[] at = point(op, rng);
            double weight = 4 * rng.nextDouble() - 2;
            Value[] x = Value.leaves(at);
            weighted(op, List.of(x), weight).backward();

            Value[] recorded = Value.leaves(point(op, rng));
            Graph replay = Graph.record(weighted(op, List.of(recorded), weight));
            for (int i = 0; i < x.length; i++) replay.set(recorded[i], at[i]);
            replay.forward();
            replay.backward();

            for (int i = 0; i < x.length; i++) {
                String where = op + " at " + Arrays.toString(at) + ", operand " + i;
                assertClose(centralDifference(op, at, weight, i), x[i].grad, 1e-8, where + ", differences");
                assertClose(weighted(op, along(i, at), weight).tangent(), x[i].grad, 1e-15, where + ", forward mode");
                assertEquals(x[i].grad, recorded[i].grad, where + ", replay");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Op.class)
    void saysItsFormulasForEveryOperand(Op op) {
        assertEquals(op.arity() == 0, op.symbol().isEmpty());
        assertEquals(op.arity() == 0, op.formula().isEmpty());
        assertEquals(op.arity() == 0, op.formulaDa().isEmpty());
        assertEquals(op.arity() < 2, op.formulaDb().isEmpty());
    }

    @Test void reluPassesWhatIsPositiveAndKeepsNaN() {
        assertEquals(2, Op.RELU.forward(2, 0));
        assertEquals(0, Op.RELU.forward(-2, 0));
        assertEquals(INFINITY, Op.RELU.forward(INFINITY, 0));
        assertEquals(0, Op.RELU.forward(-INFINITY, 0));
        assertTrue(Double.isNaN(Op.RELU.forward(Double.NaN, 0)));
    }

    @Test void reluHasNoSlopeAtItsKink() {
        assertEquals(0, Op.RELU.da(0, 0, 0));
        assertEquals(1, Op.RELU.da(Double.MIN_VALUE, 0, Double.MIN_VALUE));
    }

    @Test void saturatedFunctionsStayFinite() {
        assertEquals(0, Op.SIGMOID.forward(-1000, 0));
        assertEquals(1, Op.SIGMOID.forward(1000, 0));
        assertEquals(-1, Op.TANH.forward(-1000, 0));
        for (Op op : List.of(Op.SIGMOID, Op.TANH)) {
            for (double a : new double[] {-1000, 1000, -INFINITY, INFINITY}) assertEquals(0,
                    op.da(a, 0, op.forward(a, 0)), op + " at " + a);
        }
    }

    @ParameterizedTest
    @MethodSource("computing")
    void keepsNaN(Op op) {
        double expected = op.isMask() ? 0 : Double.NaN;        // NaN is not greater, smaller or equal
        assertEquals(expected, op.forward(Double.NaN, 0.5));
        if (op.arity() == 2) assertEquals(expected, op.forward(0.5, Double.NaN));
    }

    @Test void powerOfZeroHasItsTrueSlope() {
        assertEquals(0, Op.POW.da(0, 0, 1), "x⁰ is flat");
        assertEquals(1, Op.POW.da(0, 1, 0), "x¹");
        assertEquals(0, Op.POW.da(0, 2, 0), "x²");
        assertEquals(INFINITY, Op.POW.da(0, 0.5, 0), "√x is vertical");
        assertEquals(0, Op.POW.db(0, 2, 0), "0ᵇ is 0 around b = 2");
    }

    @Test void numbersNobodyComputedHaveNothingToCompute() {
        for (Op op : List.of(Op.LEAF, Op.CONST)) {
            assertEquals(op + " computes nothing", assertThrows(UnsupportedOperationException.class, () -> op.forward(1, 2)).getMessage());
            assertEquals(op + " computes nothing", assertThrows(UnsupportedOperationException.class, () -> op.da(1, 2, 3)).getMessage());
        }
    }

    @Test void oneOperandHasNoSecondDerivative() {
        Exception e = assertThrows(UnsupportedOperationException.class, () -> Op.TANH.db(1, 2, 3));
        assertEquals("TANH has no second operand", e.getMessage());
    }

    @Test void wrongNumberOfOperandsIsRefused() {
        Value x = Value.of(1);
        Dual d = Dual.variable(1);
        for (Exception e : List.of(
                assertThrows(IllegalArgumentException.class, () -> x.apply(Op.MUL)),
                assertThrows(IllegalArgumentException.class, () -> d.apply(Op.MUL)))) {
            assertEquals("MUL takes 2 operands, got 1", e.getMessage());
        }
        for (Exception e : List.of(
                assertThrows(IllegalArgumentException.class, () -> x.apply(Op.TANH, x)),
                assertThrows(IllegalArgumentException.class, () -> d.apply(Op.TANH, d)))) {
            assertEquals("TANH takes 1 operand, got 2", e.getMessage());
        }
        assertFalse(assertThrows(IllegalArgumentException.class, () -> x.apply(Op.LEAF)).getMessage().isEmpty());
    }
}
