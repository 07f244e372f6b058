package grad.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DualTest {
    private static <T extends Arithmetic<T>> T f(T x, T y) { return x.mul(x).mul(3).add(x.mul(y)).add(y.mul(y).mul(5)); }

    @Test void onePassPerInputGivesTheGradient() {
        assertEquals(new Dual(63, 15), f(Dual.variable(2), Dual.fixed(3)));
        assertEquals(new Dual(63, 32), f(Dual.fixed(2), Dual.variable(3)));
    }

    @Test void forwardModeAgreesWithReverseModeOnRandomFormulas() {
        for (int seed = 0; seed < 300; seed++) {
            RandomFormula formula = new RandomFormula(seed, 4, 30);
            double[] at = formula.point();
            Value[] x = Value.leaves(at);
            Value y = formula.apply(List.of(x));
            y.backward();
            for (int i = 0; i < x.length; i++) {
                List<Dual> along = new ArrayList<>();
                for (int j = 0; j < x.length; j++) along.add(i == j ? Dual.variable(at[j]) : Dual.fixed(at[j]));
                Dual dual = formula.apply(along);
                assertTrue(Double.isFinite(dual.tangent()), "seed " + seed);
                assertEquals(y.data, dual.data(), "seed " + seed);
                assertEquals(x[i].grad, dual.tangent(), 1e-10 * Math.max(1, Math.abs(x[i].grad)), "seed " + seed + ", input " + i);
            }
        }
    }

    @Test void fixedOperandsAddNothingWhereTheyHaveNoDerivative() {
        assertEquals(new Dual(9, -6), Dual.variable(-3).pow(2));
        assertEquals(new Dual(5, 1), Dual.variable(5).add(Dual.fixed(0).pow(0.5)));
        assertEquals(new Dual(0, 0), Dual.fixed(0).mul(Dual.fixed(2)));
    }

    @Test void nullOperandIsRefused() {
        Exception e = assertThrows(NullPointerException.class, () -> Dual.fixed(1).div((Dual) null));
        assertEquals("DIV: the second operand is null", e.getMessage());
    }

    @Test void readsWellInANotebook() { assertEquals("Dual(63, tangent 15)", f(Dual.variable(2), Dual.fixed(3)).toString()); }
}
