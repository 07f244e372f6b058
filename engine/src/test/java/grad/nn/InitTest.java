package grad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grad.Rng;
import grad.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitTest {
    private static final int INPUTS = 1500;
    private static final int OUTPUTS = 600;

    private static Tensor weight(Init init) { return new Linear(init, new Rng(2), INPUTS, OUTPUTS).namedParameters().get("weight"); }

    private static Tensor bias(Init init) { return new Linear(init, new Rng(2), INPUTS, OUTPUTS).namedParameters().get("bias"); }

    // The bounds: 1/√1500, √(6/1500) and √(6/2100).
    @ParameterizedTest
    @CsvSource({"PYTORCH, 0.0258198890", "KAIMING, 0.0632455532", "GLOROT, 0.0534522484"})
    void weightsFillTheirBounds(Init init, double bound) {
        float[] w = weight(init).data();
        float lowest = w[0];
        float highest = w[0];
        for (float x : w) {
            lowest = Math.min(lowest, x);
            highest = Math.max(highest, x);
        }
        // the largest of 900,000 draws is within one part in a hundred thousand of the bound
        assertEquals(-bound, lowest, 1e-5 * bound);
        assertEquals(bound, highest, 1e-5 * bound);
    }

    // Of a uniform distribution in ±bound: mean 0, variance bound²/3.
    @ParameterizedTest
    @CsvSource({"PYTORCH, 2.2222222e-4", "KAIMING, 1.3333333e-3", "GLOROT, 9.5238095e-4"})
    void weightsHaveTheVarianceOfTheirSource(Init init, double variance) {
        double sum = 0;
        double squares = 0;
        float[] w = weight(init).data();
        for (float x : w) {
            sum += x;
            squares += (double) x * x;
        }
        assertEquals(0, sum / w.length, 3 * Math.sqrt(variance / w.length));        // three standard deviations of a mean
        assertEquals(1, squares / w.length / variance, 1e-3);
    }

    @Test void onlyPyTorchsBiasDoesNotStartAtZero() {
        assertArrayEquals(new float[OUTPUTS], bias(Init.KAIMING).data());
        assertArrayEquals(new float[OUTPUTS], bias(Init.GLOROT).data());
        double largest = 0;
        for (float x : bias(Init.PYTORCH).data()) largest = Math.max(largest, Math.abs(x));
        assertEquals(1 / Math.sqrt(INPUTS), largest, 2e-4);
    }

    @Test void theSameSeedStartsTheSame() {
        assertArrayEquals(weight(Init.PYTORCH).data(), new Linear(new Rng(2), INPUTS, OUTPUTS).namedParameters().get("weight").data());
    }
}
