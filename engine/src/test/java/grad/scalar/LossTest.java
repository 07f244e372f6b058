package grad.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final double[] TARGET = {1, -1, 1, -1};

    @Test void squaredErrorIsTheSumOfSquares() {
        Value[] y = Value.leaves(2, -1, 0, 3);
        Value loss = Loss.squaredError(y, TARGET);
        loss.backward();
        assertEquals(1 + 0 + 1 + 16, loss.data);
        assertEquals(8, y[3].grad);
    }

    @Test void rmseIsTheRootOfTheMean() {
        Value[] y = Value.leaves(2, 0, 2, 0);
        Value loss = Loss.rmse(y, TARGET);
        loss.backward();
        assertEquals(1, loss.data);
        assertEquals(0.25, y[0].grad);
    }

    @Test void rmseHasNoGradientAtAPerfectPrediction() {
        Value[] y = Value.leaves(TARGET);
        Value loss = Loss.rmse(y, TARGET);
        loss.backward();
        assertEquals(0, loss.data);
        assertEquals(Double.POSITIVE_INFINITY, loss.parents().get(0).grad);
        assertTrue(Double.isNaN(y[0].grad));
    }

    @Test void maxMarginStopsPullingBeyondTheMargin() {
        Value[] score = Value.leaves(2, -0.5, -1, 0.25);
        Value loss = Loss.maxMargin(score, TARGET);
        loss.backward();
        assertEquals((0 + 0.5 + 2 + 1.25) / 4, loss.data);
        assertEquals(0, score[0].grad);
        assertEquals(0.25, score[1].grad);
        assertEquals(-0.25, score[2].grad);
        assertEquals(0.25, score[3].grad);
    }

    @Test void l2PullsEveryParameterTowardsZero() {
        Value[] p = Value.leaves(1, -2, 3);
        Value penalty = Loss.l2(List.of(p), 0.5);
        penalty.backward();
        assertEquals(7, penalty.data);
        assertEquals(-2, p[1].grad);
    }

    @Test void gradientsAgreeWithFiniteDifferences() {
        double[] y = {0.3, -0.2, 1.7, 0.9};
        Check.gradient(v -> Loss.squaredError(v, TARGET), y);
        Check.gradient(v -> Loss.rmse(v, TARGET), y);
        Check.gradient(v -> Loss.maxMargin(v, TARGET), y);
        Check.gradient(v -> Loss.l2(List.of(v), 0.1), y);
    }

    @Test void differentLengthsAreRefused() {
        Value[] y = Value.leaves(1, 2, 3);
        assertRefused("squaredError: 3 predictions, but 4 targets", () -> Loss.squaredError(y, TARGET));
        assertRefused("rmse: 3 predictions, but 4 targets", () -> Loss.rmse(y, TARGET));
        assertRefused("maxMargin: 3 predictions, but 4 targets", () -> Loss.maxMargin(y, TARGET));
    }

    @Test void lossOfNothingIsRefused() {
        assertRefused("squaredError: no predictions", () -> Loss.squaredError(new Value[0], new double[0]));
        assertRefused("rmse: no predictions", () -> Loss.rmse(new Value[0], new double[0]));
        assertRefused("maxMargin: no predictions", () -> Loss.maxMargin(new Value[0], new double[0]));
        assertRefused("sum: no values to add", () -> Loss.l2(List.of(), 1));
    }

    @Test void targetsThatAreNoSignsAreRefused() {
        assertRefused("maxMargin: target 1 is 0.0, not −1 or 1", () -> Loss.maxMargin(Value.leaves(1, 2), new double[] {1, 0}));
        assertRefused("maxMargin: target 0 is NaN, not −1 or 1", () -> Loss.maxMargin(Value.leaves(1), new double[] {Double.NaN}));
    }

    private static void assertRefused(String message, Runnable bad) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, bad::run).getMessage());
    }
}
