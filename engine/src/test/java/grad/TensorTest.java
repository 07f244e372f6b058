package grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Making tensors, looking at them, and numbers at the edges. */
class TensorTest {
    @Test void ofCopiesItsNumbersInRowMajorOrder() {
        float[] data = {1, 2, 3, 4, 5, 6};
        int[] shape = {2, 3};
        Tensor x = Tensor.of(data, shape);
        data[0] = 9;
        shape[0] = 9;
        assertEquals(1, x.get(0, 0));
        assertEquals(6, x.get(1, 2));
        assertArrayEquals(new int[] {2, 3}, x.shape());
        assertArrayEquals(new int[] {6}, Tensor.of(x.data()).shape());
        assertEquals(2, x.rank());
        assertEquals(6, x.size());
        x.shape()[0] = 7;
        assertEquals(2, x.shape()[0]);
    }

    @Test void factoriesFillTheirShape() {
        assertArrayEquals(new float[] {0, 0}, Tensor.zeros(2).data());
        assertArrayEquals(new float[] {1, 1}, Tensor.ones(1, 2).data());
        assertArrayEquals(new float[] {2.5f, 2.5f}, Tensor.full(2.5, 2).data());
        assertArrayEquals(new float[] {0, 1, 2}, Tensor.arange(3).data());
        assertArrayEquals(new float[] {1, 2, 3, 4}, Tensor.of(new double[][] {{1, 2}, {3, 4}}).data());
        assertArrayEquals(new int[] {0, 0}, Tensor.of(new double[0][]).shape());
        assertEquals(3.5f, Tensor.scalar(3.5).item());
        assertEquals(0, Tensor.scalar(1).rank());
        assertEquals(1, Tensor.zeros().size());
    }

    @Test void randomNumbersFollowFromTheSeedAndTheirParameters() {
        float[] uniform = Tensor.uniform(new Rng(3), -2, 5, 100, 100).data();
        assertArrayEquals(uniform, Tensor.uniform(new Rng(3), -2, 5, 100, 100).data());
        double mean = 0;
        for (float u : uniform) {
            assertTrue(u >= -2 && u <= 5);
            mean += u / 1e4;
        }
        assertEquals(1.5, mean, 5 * 7 / Math.sqrt(12 * 1e4));        // five standard errors
        double deviation = 0;
        for (float z : Tensor.normal(new Rng(3), 3, 0.5, 100, 100).data()) deviation += (z - 3) * (z - 3) / 1e4;
        assertEquals(0.25, deviation, 5 * 0.25 * Math.sqrt(2 / 1e4));
    }

    @Test void parameterIsACopyThatWantsAGradient() {
        Tensor initial = Tensor.ones(2);
        Tensor p = Tensor.parameter(initial);
        assertTrue(p.requiresGrad() && !initial.requiresGrad() && !p.hasGrad());
        assertNotSame(initial.data(), p.data());
        assertNull(p.name());
        assertEquals("w", p.named("w").name());
    }

    @Test void prints() {
        assertEquals("[]: 2.5", Tensor.scalar(2.5).toString());
        assertEquals("w [2, 2]: 0, 1, 2, 3", Tensor.parameter(Tensor.arange(4).reshape(2, 2)).named("w").toString());
        assertEquals("relu [2]: 0, 0.25", Tensor.of(new float[] {-1, 0.25f}).relu().toString());
        assertEquals("[20]: 0, 1, 2, 3, 4, … 19", Tensor.arange(20).toString());
        assertEquals("[8]: 0, 1, 2, 3, 4, 5, 6, 7", Tensor.arange(8).toString());
        assertEquals("[0, 3]:", Tensor.zeros(0, 3).toString());
        assertEquals("[6]: NaN, Infinity, -Infinity, 1.235e+08, 1.000e-10, 100", Tensor.of(new float[] {
            Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 123456789, 1e-10f, 100}).toString());
    }

    @Test void argmaxIsTheFirstOfTheLargest() {
        Tensor x = Tensor.of(new float[] {1, 5, 5, 7, 2, 7}, 2, 3);
        assertEquals(3, x.argmax());
        assertArrayEquals(new int[] {1, 0}, x.argmax(1));
        assertArrayEquals(new int[] {1, 0, 1}, x.argmax(0));
        assertArrayEquals(new int[] {1, 0}, x.argmax(-1));
        assertArrayEquals(new int[0], Tensor.zeros(0, 3).argmax(1));
    }

    @Test void numbersThatAreNoneCountAsLargestAsInPyTorch() {
        Tensor x = Tensor.of(new float[] {1, Float.NaN, Float.POSITIVE_INFINITY, Float.NaN});
        assertEquals(1, x.argmax());
        assertTrue(Float.isNaN(x.max().item()));
        assertTrue(Float.isNaN(x.maximum(3).get(1)));
    }

    @Test void axesCountFromTheEndToo() {
        Tensor x = Tensor.arange(24).reshape(2, 3, 4);
        assertArrayEquals(x.sum(2).data(), x.sum(-1).data());
        assertArrayEquals(x.select(0, 1).data(), x.select(-3, 1).data());
        assertArrayEquals(new int[] {2, 3, 8}, Tensor.concat(-1, x, x).shape());
        assertArrayEquals(new int[] {4, 6}, x.reshape(4, -1).shape());
        assertArrayEquals(new int[] {0, 3}, Tensor.zeros(0).reshape(-1, 3).shape());
    }

    @Test void softmaxOfHugeScoresIsExact() {
        Tensor x = Tensor.of(new float[] {1e4f, 1e4f - 1, -1e4f, 0}, 1, 4);
        double e = 1 / (1 + Math.exp(-1));
        assertArrayEquals(new float[] {(float) e, (float) (1 - e), 0, 0}, x.softmax(1).data(), 1e-6f);
        assertEquals(1e4 + Math.log(1 + Math.exp(-1)), x.logSumExp(1, Dims.DROP).item(), 1e-3);
        assertEquals(Float.POSITIVE_INFINITY, Tensor.of(new float[] {Float.POSITIVE_INFINITY, 0}).logSumExp(0, Dims.DROP).item());
        assertEquals(Float.NEGATIVE_INFINITY, Tensor.full(Double.NEGATIVE_INFINITY, 2).logSumExp(0, Dims.DROP).item());
    }

    @Test void crossEntropyStaysFiniteWhenACertainAnswerIsWrongAndExactWhenItIsRight() {
        Tensor x = Tensor.parameter(Tensor.of(new float[] {1e4f, -1e4f, 0, 1e4f, 1e4f - 1, -3}, 2, 3));
        assertEquals((2e4 + Math.log(1 + Math.exp(-1))) / 2, x.crossEntropy(new int[] {1, 0}, 0).item(), 1e-2);
        assertEquals(Math.log(1 + Math.exp(-1)), x.rows(1).crossEntropy(new int[] {0}, 0).item(), 1e-6);
        Tensor smooth = x.crossEntropy(new int[] {1, 0}, 0.3);
        assertTrue(Float.isFinite(smooth.item()));
        smooth.backward();
        for (float g : x.grad().data()) assertTrue(Math.abs(g) <= 0.5);
    }

    @Test void sumOfTenMillionOnesIsExact() {
        Tensor ones = Tensor.ones(10_000_000);
        assertEquals(1e7f, ones.sum().item());
        assertEquals(1, ones.mean().item());
    }

    @Test void kernelsInUseAreNamed() {
        assertTrue(Tensor.kernels().matches("plain|vector \\((4|8|16) lanes\\)"), Tensor.kernels());
    }
}
