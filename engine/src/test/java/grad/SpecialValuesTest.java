package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * NaN, infinities, zeros of both signs, denormals and the largest floats: they are what PyTorch makes of them, but for what is listed here.
 */
class SpecialValuesTest {
    private static final List<String> ONE = List.of("NEG", "EXP", "LOG", "SQRT", "ABS", "TANH", "RELU",
            "SIGMOID", "RSQRT", "SIN", "COS", "clamp", "POW(3)", "maximum(0.75)");
    private static final List<String> TWO = List.of("ADD", "SUB", "MUL", "DIV", "POW", "MAX", "MIN");

    /** A case in which the two may differ, given both operands. */
    private interface Case {
        boolean holds(String name, String what, float a, float b);
    }

    private static final Map<String, Case> DIFFERENCES = new LinkedHashMap<>();

    static {
        DIFFERENCES.put("pow of ±1 to NaN or ±∞: NaN as in Java, 1 in C", (name, what, a, b) ->
                name.equals("POW") && Math.abs(a) == 1 && !Float.isFinite(b));
        DIFFERENCES.put("∂a of aᵇ at a denormal a: aᵇ⁻¹ overflows in floats, not in doubles",
                (name, what, a, b) -> name.equals("POW") && what.startsWith("a.grad") && Math.abs(a) < Float.MIN_NORMAL);
        DIFFERENCES.put("gradient of |NaN|: NaN, PyTorch says 0", (name, what, a, b) ->
                name.equals("ABS") && what.startsWith("a.grad") && Float.isNaN(a));
        DIFFERENCES.put("an infinite gradient times the slope 0 of a⁰ or 0ᵇ: NaN, PyTorch says 0", (name, what, a, b) ->
                name.equals("POW") && (what.equals("a.grad.of.infinity") && b == 0
                        || what.equals("b.grad.of.infinity") && a == 0 && b >= 0));
        DIFFERENCES.put("max and min of 0 and −0: 0 and −0 as in Java, the second in C", (name, what, a, b) ->
                name.matches("MAX|MIN") && what.equals("y") && a == 0 && b == 0);
    }

    private final Golden golden = new Golden("special.txt");
    private final Tensor numbers = golden.tensor("numbers");
    private final Set<String> met = new TreeSet<>();

    @Test void edgesArePyTorchsButForTheListedDifferences() {
        int n = numbers.size();
        for (String name : ONE) compare(name, Tensor.parameter(numbers));
        for (String name : TWO) {
            compare(name, Tensor.parameter(numbers.reshape(n, 1).expand(n, n).reshape(n * n)),
                    Tensor.parameter(numbers.expand(n, n).reshape(n * n)));
        }
        assertEquals(new TreeSet<>(DIFFERENCES.keySet()), met, "each difference is still one");
    }

    private void compare(String name, Tensor... x) {
        compare(name, "y", OperationCase.byName().get(name).tensor().apply(x).data(), x);
        compareGradients(name, "grad", 1, x);
        compareGradients(name, "grad.of.infinity", Double.POSITIVE_INFINITY, x);
    }

    private void compareGradients(String name, String what, double upstream, Tensor... x) {
        for (Tensor operand : x) operand.zeroGrad();
        Tensor y = OperationCase.byName().get(name).tensor().apply(x);
        y.backward(Tensor.full(upstream, y.shape()));
        for (int i = 0; i < x.length; i++) compare(name, "ab".charAt(i) + "." + what, x[i].grad().data(), x);
    }

    private void compare(String name, String what, float[] actual, Tensor... x) {
        double[] expected = golden.numbers(name + "." + what);
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < actual.length; i++) {
            if (same((float) expected[i], actual[i], what.equals("y"))) continue;
            float a = x[0].data()[i];
            float b = x.length == 2 ? x[1].data()[i] : 1;
            String told = name + " of " + a + ", " + b + ": " + what + " is " + actual[i] + ", PyTorch says " + (float) expected[i];
            List<String> listed = DIFFERENCES.keySet().stream().filter(d -> DIFFERENCES.get(d).holds(name, what, a, b)).toList();
            assertTrue(!listed.isEmpty(), told);
            met.add(listed.get(0));
        }
    }

    /** A gradient's zero has no sign: it is added to 0. */
    private static boolean same(float expected, float actual, boolean signed) {
        if (Float.isNaN(expected) || Float.isInfinite(expected)) return Float.compare(expected, actual) == 0;
        if (expected == 0) return actual == 0 && (!signed || Float.compare(expected, actual) == 0);
        return Math.abs(expected - actual) <= Math.max(1e-6f * Math.abs(expected), Float.MIN_VALUE);
    }
}
