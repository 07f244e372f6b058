package grad.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ValueTest {
    @Test void reusedNodeAddsItsGradients() {
        Value x = Value.of(3);
        Value y = x.mul(x);
        y.backward();
        assertEquals(9, y.data);
        assertEquals(6, x.grad);
    }

    @Test void diamondWaitsForBothItsSides() {
        Value x = Value.of(2);
        Value top = x.mul(3);
        Value left = top.mul(top);
        Value right = top.add(1);
        left.mul(right).backward();              // t²(t + 1) at t = 6: 3t² + 2t = 120, times 3
        assertEquals(120, top.grad);
        assertEquals(360, x.grad);
    }

    @Test void longAndShortWayToTheSameNodeAdd() {
        Value x = Value.of(2);
        Value near = x.exp();
        Value far = near.log().mul(5).neg();
        near.add(far).backward();
        assertEquals(Math.exp(2) - 5, x.grad, 1e-14);
    }

    @Test void backwardTwiceAddsUpAtLeavesAndStartsAfreshInside() {
        Value x = Value.of(3);
        Value inner = x.mul(2);
        Value y = inner.mul(inner);
        y.backward();
        y.backward();
        assertEquals(48, x.grad);
        assertEquals(12, inner.grad);
        assertEquals(1, y.grad);
    }

    @Test void resultsThatShareNodesCanEachGoBackward() {
        Value x = Value.of(3);
        Value shared = x.mul(x);
        shared.mul(2).backward();
        shared.mul(5).backward();
        assertEquals(12 + 30, x.grad);
        assertEquals(5, shared.grad);
    }

    @Test void leafIsItsOwnResult() {
        Value x = Value.of(3);
        x.backward();
        x.backward();
        assertEquals(2, x.grad);
    }

    @Test void plainNumbersMayStandOnEitherSide() {
        Value x = Value.of(2);
        Value[] results = {x.add(3), x.sub(3), x.mul(3), x.div(4), x.pow(3), Value.add(3, x),
                Value.sub(3, x), Value.mul(3, x), Value.div(4, x), Value.pow(4, x)};
        assertArrayEquals(new double[] {5, -1, 6, 0.5, 8, 5, 1, 6, 2, 16}, Arrays.stream(results).mapToDouble(v -> v.data).toArray());
        double[] slopes = Arrays.stream(results).mapToDouble(v -> {
            x.grad = 0;
            v.backward();
            return x.grad;
        }).toArray();
        assertArrayEquals(new double[] {1, 1, 3, 0.25, 12, 1, -1, 3, -1, 16 * Math.log(4)}, slopes, 1e-14);
    }

    @Test void constantsGetNoGradient() {
        Value c = Value.of(0).constant(-2);
        Value[] results = {c.add(c), c.mul(Value.of(3)), Value.of(3).div(c), c.exp(),
                c.tanh(), Value.dot(new Value[] {c}, new Value[] {c}, c)};
        for (Value y : results) {
            y.backward();
            assertEquals(0, c.grad, y.op().toString());
        }
    }

    @Test void squareOfNegativeNumberLeavesNoNaN() {
        Value x = Value.of(-3);
        Value y = x.pow(2);
        Graph graph = Graph.record(y);
        y.backward();
        graph.forward();
        graph.backward();
        for (Value v : graph.nodes()) {
            assertTrue(Double.isFinite(v.grad), v.toString());
            assertTrue(Double.isFinite(graph.grad(v)), v.toString());
        }
        assertEquals(-12, x.grad, "twice −6");
    }

    @Test void infiniteSlopeTimesZeroIsNotHidden() {
        for (Function<Value, Value> steep : List.<Function<Value, Value>>of(x -> x.pow(0.5), Value::log, x -> Value.div(1, x))) {
            Value x = Value.of(0);
            Graph graph = Graph.record(steep.apply(x).mul(0));
            graph.backward();
            assertTrue(Double.isNaN(x.grad));
            x.grad = 0;
            steep.apply(x).mul(0).backward();
            assertTrue(Double.isNaN(x.grad));
        }
    }

    /** The off side of a kink passes nothing, as in tensors and in PyTorch: not 0 · ∞. */
    @Test void whatAKinkCutsOffGetsNothingOfAnInfiniteGradient() {
        for (UnaryOperator<Value> f : List.<UnaryOperator<Value>>of(v -> v.relu().sqrt(), v ->
                v.maximum(0).sqrt(), v -> Value.sub(0, v).neg().relu().sqrt())) {
            Value x = Value.of(-1);
            Graph graph = Graph.record(f.apply(x));
            f.apply(x).backward();
            assertEquals(0, x.grad);
            graph.backward();
            assertEquals(0, x.grad);
        }
        assertEquals(0, new Dual(0, 1).sqrt().sub(1).relu().tangent());
        for (double x : new double[] {Double.NaN, 2}) {
            Value a = Value.of(x);
            Value b = Value.of(x == 2 ? Double.NaN : 2);
            a.maximum(b).backward();
            assertEquals(List.of(1.0, 1.0), List.of(a.grad, b.grad), "of NaN and 2 nobody knows which is larger");
        }
    }

    @Test void backwardIsLinear() {
        for (int seed = 0; seed < 50; seed++) {
            RandomFormula f = new RandomFormula(seed, 4, 20);
            RandomFormula g = new RandomFormula(-seed - 1, 4, 20);
            Value[] x = Value.leaves(f.point());
            double[] both = gradients(f.apply(List.of(x)).mul(3).sub(g.apply(List.of(x)).mul(2)), x);
            double[] ofF = gradients(f.apply(List.of(x)), x);
            double[] ofG = gradients(g.apply(List.of(x)), x);
            for (int i = 0; i < x.length; i++) {
                double expected = 3 * ofF[i] - 2 * ofG[i];
                assertEquals(expected, both[i], 1e-12 * (1 + Math.abs(3 * ofF[i]) + Math.abs(2 * ofG[i])), "seed " + seed + ", input " + i);
            }
        }
    }

    private static double[] gradients(Value y, Value[] x) {
        for (Value v : x) v.grad = 0;
        y.backward();
        return Arrays.stream(x).mapToDouble(v -> v.grad).toArray();
    }

    @Test void microgradsNumbersHold() {
        Value a = Value.of(-4);
        Value b = Value.of(2);
        Value g = twoInputs(a, b);
        g.backward();
        assertEquals("24.7041", fourDigits(g.data));
        assertEquals("138.8338", fourDigits(a.grad));
        assertEquals("645.5773", fourDigits(b.grad));
    }

    private static String fourDigits(double x) { return String.format("%.4f", x); }

    @Test void microgradsExpressionsAgreeWithPyTorch() throws IOException {
        Value x = Value.of(-4);
        Value y = oneInput(x);
        y.backward();
        Value a = Value.of(-4);
        Value b = Value.of(2);
        Value g = twoInputs(a, b);
        g.backward();
        Map<String, Double> ours = Map.of("oneInput", y.data, "oneInput.x.grad", x.grad,
                "twoInputs", g.data, "twoInputs.a.grad", a.grad, "twoInputs.b.grad", b.grad);
        Map<String, Double> golden = golden("micrograd.txt");
        assertEquals(golden.keySet(), ours.keySet());
        golden.forEach((name, number) -> assertEquals(number, ours.get(name), 1e-12 * Math.abs(number), name));
    }

    private static Value oneInput(Value x) {
        Value z = Value.mul(2, x).add(2).add(x);
        Value q = z.relu().add(z.mul(x));
        Value h = z.mul(z).relu();
        return h.add(q).add(q.mul(x));
    }

    private static Value twoInputs(Value a, Value b) {
        Value c = a.add(b);
        Value d = a.mul(b).add(b.pow(3));
        c = c.add(c).add(1);
        c = Value.add(1, c).add(c).sub(a);
        d = d.add(d.mul(2)).add(b.add(a).relu());
        d = d.add(Value.mul(3, d)).add(b.sub(a).relu());
        Value f = c.sub(d).pow(2);
        return f.div(2).add(Value.div(10, f));
    }

    /** Lines of a name and a number. */
    private static Map<String, Double> golden(String file) throws IOException {
        Map<String, Double> numbers = new TreeMap<>();
        try (InputStream in = ValueTest.class.getResourceAsStream("/golden/" + file)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                String[] field = line.split(" ");
                numbers.put(field[0], Double.valueOf(field[1]));
            }
        }
        return numbers;
    }

    @Test void deepChainDoesNotOverflow() {
        Value x = Value.of(1);
        Value y = x;
        for (int i = 0; i < 1_000_000; i++) y = y.add(x);
        y.backward();
        assertEquals(1_000_001, y.data);
        assertEquals(1_000_001, x.grad);
    }

    @Test void nodeOfAMillionUsersDoesNotOverflow() {
        Value shared = Value.of(1).mul(2);
        Value sum = shared;
        for (int i = 1; i < 1_000_000; i++) sum = sum.add(shared);
        sum.backward();
        assertEquals(1_000_000, shared.grad);
    }

    @Test void dotIsTheSumOfItsProductsAndTheBias() {
        Random rng = new Random(1);
        Value[] w = Value.leaves(rng.doubles(5, -1, 1).toArray());
        Value[] x = Value.leaves(rng.doubles(5, -1, 1).toArray());
        Value bias = Value.of(0.5);
        Value sum = bias;
        for (int i = 0; i < w.length; i++) sum = sum.add(w[i].mul(x[i]));
        Value dot = Value.dot(w, x, bias);
        assertEquals(sum.data, dot.data);
        Value[] leaves = {w[0], w[4], x[0], x[4], bias};
        assertArrayEquals(gradients(sum.tanh(), leaves), gradients(dot.tanh(), leaves));
    }

    @Test void dotOfAVectorWithItselfDoublesItsGradient() {
        Value[] x = Value.leaves(3, 4);
        Value y = Value.dot(x, x, Value.of(0));
        y.backward();
        assertEquals(25, y.data);
        assertEquals(6, x[0].grad);
        assertEquals(8, x[1].grad);
    }

    @Test void dotKeepsTheOperandsItWasGiven() {
        Value[] state = Value.leaves(3, 4);
        Value first = state[0];
        Value[] w = Value.leaves(2, 1);
        Value y = Value.dot(w, state, Value.of(0));
        state[0] = y;                            // the caller's array moves on, as in a recurrent network
        w[1] = y;
        y.backward();
        assertEquals(2, first.grad);
        assertEquals(4, y.parents().get(1).grad);
    }

    @Test void parentsAreTheOperandsInOrder() {
        Value a = Value.of(1);
        Value b = Value.of(2);
        Value c = Value.of(3);
        assertEquals(List.of(), a.parents());
        assertEquals(List.of(a), a.exp().parents());
        assertEquals(List.of(b, a), b.sub(a).parents());
        assertEquals(List.of(a, b, b, c, a), Value.dot(new Value[] {a, b}, new Value[] {b, c}, a).parents());
        assertEquals(Op.SUB, b.sub(a).op());
    }

    @Test void sumAddsFromLeftToRight() {
        Value y = Value.sum(List.of(Value.of(1), Value.of(1e100), Value.of(-1e100)));
        assertEquals(0, y.data);
        Value only = Value.of(7);
        assertEquals(only, Value.sum(List.of(only)));
    }

    @Test void emptySumIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Value.sum(List.of()));
        assertEquals("sum: no values to add", e.getMessage());
    }

    @Test void dotOfDifferentLengthsIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Value.dot(Value.leaves(1, 2, 3), Value.leaves(1, 2), Value.of(0)));
        assertEquals("dot: 3 weights, but 2 inputs", e.getMessage());
    }

    @Test void nullOperandIsRefused() {
        Exception e = assertThrows(NullPointerException.class, () -> Value.of(1).mul((Value) null));
        assertEquals("MUL: the second operand is null", e.getMessage());
    }

    @Test void readsWellInANotebook() {
        Value d = Value.of(2).add(Value.of(3)).mul(4).named("d");
        d.backward();
        assertEquals("d = Value(20, grad 1)", d.toString());
        assertEquals("d", d.label());
        assertEquals("Value(0.333333, grad 0)", Value.of(1.0 / 3).toString());
        assertEquals("Value(-1234.57, grad 0)", Value.of(-1234.567).toString());
        assertEquals("Value(10, grad 0)", Value.of(9.9999999).toString());
        assertEquals("Value(1.5E-10, grad 0)", Value.of(1.5e-10).toString());
        assertEquals("Value(1E+7, grad 0)", Value.of(1e7).toString());
        assertEquals("Value(0, grad 0)", Value.of(-0.0).toString());
        assertEquals("Value(NaN, grad 0)", Value.of(Double.NaN).toString());
        assertEquals("Value(-Infinity, grad 0)", Value.of(Double.NEGATIVE_INFINITY).toString());
    }
}
