package grad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.Rng;
import grad.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private static float[] mask(double rate, long seed, int... shape) {
        return new Dropout(rate).forward(Tensor.ones(shape), new Rng(seed)).data();
    }

    @Test void evaluationIsTheIdentity() {
        Tensor x = Tensor.ones(5, 7);
        assertSame(x, new Dropout(0.5).forward(x));
    }

    @Test void aRateOfZeroIsTheIdentityAndDrawsNothing() {
        Tensor x = Tensor.ones(5, 7);
        Rng rng = new Rng(1);
        assertSame(x, new Dropout(0).forward(x, rng));
        assertEquals(new Rng(1).nextLong(), rng.nextLong());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5, 0.9})
    void dropsAtItsRateAndKeepsTheExpectedSum(double rate) {
        int n = 1_000_003;
        float[] y = mask(rate, 5, n);
        int dropped = 0;
        double sum = 0;
        for (float v : y) {
            if (v == 0) dropped++;
            else assertEquals((float) (1 / (1 - rate)), v);
            sum += v;
        }
        double deviation = Math.sqrt(rate * (1 - rate) / n);
        assertEquals(rate, (double) dropped / n, Math.min(1e-3, 3 * deviation));
        assertEquals(1, sum / n, 3 * deviation / (1 - rate));
    }

    @Test void everyPlaceIsDroppedNowAndThen() {
        int[] dropped = new int[67];
        Rng rng = new Rng(9);
        Dropout layer = new Dropout(0.5);
        for (int draw = 0; draw < 400; draw++) {
            float[] y = layer.forward(Tensor.ones(67), rng).data();
            for (int i = 0; i < 67; i++) if (y[i] == 0) dropped[i]++;
        }
        for (int count : dropped) assertTrue(count > 150 && count < 250, Arrays.toString(dropped));
    }

    @Test void theMaskDependsOnSeedAndPlaceAlone() {
        float[] mask = mask(0.3, 4, 24, 33);
        assertArrayEquals(mask, mask(0.3, 4, 33, 24));
        assertArrayEquals(mask, mask(0.3, 4, 792));
        assertArrayEquals(Arrays.copyOf(mask, 101), mask(0.3, 4, 101));
        assertFalse(Arrays.equals(mask, mask(0.3, 5, 24, 33)));
    }

    @Test void theGradientGoesWhereTheNumbersWent() {
        Tensor x = Tensor.parameter(Tensor.arange(100).add(1));
        Tensor y = new Dropout(0.2).forward(x, new Rng(3));
        float[] numbers = y.data();
        Tensor weights = Tensor.arange(100).sub(50.5);
        y.mul(weights).sum().backward();
        for (int i = 0; i < 100; i++) assertEquals(numbers[i] == 0 ? 0 : 1.25f * (i - 50.5f), x.grad().get(i));
    }

    @Test void layersOfANetworkDropDifferently() {
        Tensor x = Tensor.ones(10, 10);
        Dropout layer = new Dropout(0.5);
        float[] once = layer.forward(x, new Rng(1)).data();
        float[] twice = new Sequential(layer, layer).forward(x, new Rng(1)).data();
        int kept = 0;
        for (int i = 0; i < 100; i++) {
            if (twice[i] != 0) assertEquals(2, once[i]);
            if (twice[i] != 0) kept++;
        }
        assertTrue(kept > 10 && kept < 40, kept + " of 100 kept twice");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aRateIsBelowOne(double rate) {
        String message = "Dropout: the rate must be at least 0 and below 1, got " + rate;
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> new Dropout(rate)).getMessage());
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> MLP.of(Init.PYTORCH, Activation.RELU, rate, new Rng(1), 2, 2, 2)).getMessage());
    }
}
