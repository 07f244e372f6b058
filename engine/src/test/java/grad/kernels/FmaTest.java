package grad.kernels;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Multiplying and adding in doubles gives what the machine's instruction gives, above all where rounding twice would be wrong. */
class FmaTest {
    private static final float[] SPECIAL = {0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE,
            Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL),
        Float.MAX_VALUE, -Float.MAX_VALUE, 0x1p103f, 0x1.fffffep102f, 0x1p-75f,
                Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};

    /** What is hard in one way or another: a, b and c. */
    private static final List<Function<SplittableRandom, float[]>> HARD = List.of(
            rng -> new float[] {anyBits(rng), anyBits(rng), anyBits(rng)},
            rng -> new float[] {near(rng, 0), near(rng, 0), near(rng, 0)},
            FmaTest::cancelling,
            rng -> halfAnUlpFrom(near(rng, 60), rng),
            rng -> halfAnUlpFrom(rng.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE, rng),
            rng -> halfAnUlpFrom(denormal(rng), rng),
            FmaTest::productHalfWay,
            rng -> new float[] {SPECIAL[rng.nextInt(SPECIAL.length)], SPECIAL[rng.nextInt(SPECIAL.length)],
                    SPECIAL[rng.nextInt(SPECIAL.length)]});

    private static float anyBits(SplittableRandom rng) { return Float.intBitsToFloat(rng.nextInt()); }

    /** A number of either sign, with an exponent at most so far from 0. */
    private static float near(SplittableRandom rng, int exponents) {
        return Math.scalb((float) (rng.nextBoolean() ? 1 + rng.nextDouble() : -1 - rng.nextDouble()),
                rng.nextInt(2 * exponents + 3) - exponents - 1);
    }

    private static float denormal(SplittableRandom rng) {
        return Float.intBitsToFloat(rng.nextInt(1 << 24) | (rng.nextBoolean() ? Integer.MIN_VALUE : 0));
    }

    private static float[] cancelling(SplittableRandom rng) {
        float a = near(rng, 20);
        float b = near(rng, 20);
        return new float[] {a, b, -a * b};
    }

    /** The product is half of what separates c from the next float, or a little more or less; now and then it is a quarter. */
    private static float[] halfAnUlpFrom(float c, SplittableRandom rng) {
        float a = 1 + (rng.nextInt(5) - 2) * 0x1p-23f;
        int power = rng.nextInt(30);
        double product = Math.ulp(c) / (rng.nextInt(3) == 0 ? 4.0 : 2.0) * (rng.nextBoolean() ? 1 : -1);
        double b = product * (1 << power);
        return b == (float) b ? new float[] {a / (1 << power), (float) b, c} : new float[] {a * 0x1p-75f, (float) (product * 0x1p75), c};
    }

    /** The product itself, of 25 bits, lies half-way between two floats, and c is too small to be seen in a double but for its sign. */
    private static float[] productHalfWay(SplittableRandom rng) {
        int a = 2 * rng.nextInt(1 << 11, 1 << 12) + 1;
        int b = 2 * rng.nextInt(1 << 11) + 1;
        int power = rng.nextInt(-140, 60);
        float c = rng.nextInt(4) == 0 ? 0 : Math.scalb(near(rng, 10), Math.max(-130, power - 50 - rng.nextInt(40)));
        return new float[] {Math.scalb((float) a, power), b, c};
    }

    @Test void agreesWithTheInstructionOnTenMillionHardTriples() { compare(10_000_000); }

    @Tag("soak") @Test void agreesWithTheInstructionOnABillionHardTriples() { compare(1_000_000_000); }

    private static void compare(int triples) {
        int tasks = 64;
        IntStream.range(0, tasks).parallel().forEach(task -> {
            SplittableRandom rng = new SplittableRandom(task);
            for (int i = 0; i < triples / tasks; i++) compare(HARD.get(i % HARD.size()).apply(rng));
        });
    }

    private static void compare(float[] x) {
        float expected = Math.fma(x[0], x[1], x[2]);
        float actual = Fma.exact(x[0], x[1], x[2]);
        boolean same = Float.floatToIntBits(expected) == Float.floatToIntBits(actual);        // one NaN is as good as another
        if (!same) fail(Float.toHexString(x[0]) + " · " + Float.toHexString(x[1]) + " + " + Float.toHexString(x[2]) + " is "
                + Float.toHexString(expected) + ", not " + Float.toHexString(actual));
    }
}
