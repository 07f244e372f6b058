package grad.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.scalar.Op;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** exp, log and tanh against doubles, in units in the last place of the correctly rounded float. */
class PolynomialsTest {
    private static final long FLOATS = 1L << 32;
    private static final int BLOCK = 1 << 14;
    private static final Kernels PLAIN = Chosen.choose("plain");
    private static final Kernels VECTOR = Chosen.choose("vector");

    /** One function for n floats. */
    private interface Kernel {
        void run(Kernels kernels, float[] x, float[] y);
    }

    /** One of the three, and what it should give. */
    private enum Function {
        EXP((kernels, x, y) -> kernels.forward(Op.EXP, x, 0, x, 0, y, 0, x.length), Math::exp),
        LOG((kernels, x, y) -> kernels.forward(Op.LOG, x, 0, x, 0, y, 0, x.length), Math::log),
        TANH((kernels, x, y) -> kernels.forward(Op.TANH, x, 0, x, 0, y, 0, x.length), Math::tanh);

        private final Kernel kernel;
        private final DoubleUnaryOperator exact;

        Function(Kernel kernel, DoubleUnaryOperator exact) {
            this.kernel = kernel;
            this.exact = exact;
        }

        /** The largest error in a block, above the bits of the number it was found at. */
        long worst(LongUnaryOperator bits) {
            float[] x = new float[BLOCK];
            float[] plain = new float[BLOCK];
            float[] vector = new float[BLOCK];
            for (int i = 0; i < BLOCK; i++) x[i] = Float.intBitsToFloat((int) bits.applyAsLong(i));
            kernel.run(PLAIN, x, plain);
            kernel.run(VECTOR, x, vector);
            long worst = 0;
            for (int i = 0; i < BLOCK; i++) {
                if (Float.floatToIntBits(plain[i]) != Float.floatToIntBits(vector[i])) {
                    throw new AssertionError(this + " " + x[i] + ": plain " + plain[i] + ", vector " + vector[i]);
                }
                long error = ulps((float) exact.applyAsDouble(x[i]), plain[i]);
                worst = Math.max(worst, error << 32 | Float.floatToRawIntBits(x[i]) & 0xffffffffL);
            }
            return worst;
        }

        String tell(long worst) { return this + ": " + (worst >> 32) + " ulp at " + Float.intBitsToFloat((int) worst); }
    }

    /**
     * How many floats lie between the two, counting through zero; NaN is far from everything but NaN, and so is a zero of the wrong sign.
     */
    private static long ulps(float expected, float actual) {
        if (Float.isNaN(expected) || Float.isNaN(actual)) return Float.isNaN(expected) && Float.isNaN(actual) ? 0 : Integer.MAX_VALUE;
        if (expected == 0 && actual == 0 && Float.floatToIntBits(expected) != Float.floatToIntBits(actual)) return Integer.MAX_VALUE;
        return Math.abs(place(expected) - place(actual));
    }

    private static long place(float x) {
        int bits = Float.floatToIntBits(x);
        return bits < 0 ? Integer.MIN_VALUE - (long) bits : bits;
    }

    @Test void expLogAndTanhAreWithinOneUlpOnASample() {
        long stride = 4093;        // prime, so that the low bits vary
        for (Function f : Function.values()) {
            long worst = LongStream.range(0, FLOATS / stride / BLOCK).map(block ->
                    f.worst(i -> (block * BLOCK + i) * stride)).max().orElseThrow();
            assertTrue(worst >> 32 <= 1, f.tell(worst));
        }
    }

    @Test void errorsOfTheSampleCheckAreNoticed() {
        assertEquals(3, ulps(1, 1 + 3 * Math.ulp(1f)));
        assertEquals(2, ulps(-Float.MIN_VALUE, Float.MIN_VALUE));
        assertEquals(1, ulps(Float.MAX_VALUE, Float.POSITIVE_INFINITY));
        assertEquals(Integer.MAX_VALUE, ulps(0, -0f));
        assertEquals(Integer.MAX_VALUE, ulps(Float.NaN, 1));
    }

    /** Some minutes for each: all 2³² floats through both kinds of kernels. */
    @Tag("soak")
    @Test void expLogAndTanhAreWithinOneUlpOnEveryFloat() {
        for (Function f : Function.values()) {
            long worst = LongStream.range(0, FLOATS / BLOCK).parallel().map(block -> f.worst(i -> block * BLOCK + i)).max().orElseThrow();
            System.out.println(f.tell(worst));
            assertTrue(worst >> 32 <= 1, f.tell(worst));
        }
    }
}
