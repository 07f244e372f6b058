package grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RngTest {
    @Test void givesThePublishedNumbersOfSplitMix64() {
        Rng rng = new Rng(1234567);
        String[] published = {"6457827717110365317", "3203168211198807973", "9817491932198370423",
                "4593380528125082431", "16408922859458223821"};
        for (String expected : published) assertEquals(expected, Long.toUnsignedString(rng.nextLong()));
    }

    @Test void splitsLikeTheGeneratorOfTheSamePaperInTheJdk() {
        Rng ours = new Rng(-7);
        SplittableRandom theirs = new SplittableRandom(-7);
        for (int generation = 0; generation < 200; generation++) {
            for (int i = 0; i < 10; i++) assertEquals(theirs.nextLong(), ours.nextLong());
            Rng parent = ours;
            SplittableRandom theirParent = theirs;
            ours = parent.split();
            theirs = theirParent.split();
            assertEquals(theirParent.nextLong(), parent.nextLong());
        }
    }

    @Test void drawsTheSameNumbersForEver() {
        assertEquals(-1109970394, new Rng(42).nextInt());
        assertEquals(0.74156487f, new Rng(42).nextFloat());
        assertEquals(0.7415648787718233, new Rng(42).nextDouble());
        Rng normal = new Rng(42);
        assertArrayEquals(new double[] {0.8822489062222688, -0.4508498757188601, 0.1883526341159315},
                new double[] {normal.nextGaussian(), normal.nextGaussian(), normal.nextGaussian()});
        assertArrayEquals(new int[] {8, 3, 6, 5, 4, 0, 9, 2, 1, 7}, new Rng(42).permutation(10));
        Rng bounded = new Rng(42);
        assertArrayEquals(new int[] {1194373838, 448718528, 554357951, 61251873},
                IntStream.range(0, 4).map(i -> bounded.nextInt(3 << 29)).toArray());
    }

    @Test void uniformNumbersFillTheUnitInterval() {
        Rng rng = new Rng(1);
        int n = 1_000_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double u = i % 2 == 0 ? rng.nextDouble() : rng.nextFloat();
            assertTrue(u >= 0 && u < 1);
            sum += u;
            squares += u * u;
        }
        // five standard errors of each estimate
        assertEquals(1 / 2., sum / n, 5 * Math.sqrt(1 / 12. / n));
        assertEquals(1 / 3., squares / n, 5 * Math.sqrt(4 / 45. / n));
    }

    @Test void normalNumbersHaveTheMomentsOfTheNormal() {
        Rng rng = new Rng(2);
        int n = 1_000_000;
        double[] moments = new double[5];
        int withinOne = 0;
        for (int i = 0; i < n; i++) {
            double z = rng.nextGaussian();
            for (int k = 1; k <= 4; k++) moments[k] += StrictMath.pow(z, k) / n;
            if (Math.abs(z) < 1) withinOne++;
        }
        // five standard errors of each estimate
        assertEquals(0, moments[1], 5 * Math.sqrt(1. / n));
        assertEquals(1, moments[2], 5 * Math.sqrt(2. / n));
        assertEquals(0, moments[3], 5 * Math.sqrt(15. / n));
        assertEquals(3, moments[4], 5 * Math.sqrt(96. / n));
        assertEquals(0.682689, withinOne / (double) n, 5 * 0.4654 / Math.sqrt(n));
    }

    @Test void everyIntegerBelowTheBoundIsEquallyLikely() {
        // without rejection a bound of 3·2²⁹ would draw every third number twice as often
        int[] thirds = new int[3];
        Rng rng = new Rng(3);
        int n = 300_000;
        for (int i = 0; i < n; i++) thirds[rng.nextInt(3 << 29) % 3]++;
        for (int count : thirds) assertEquals(n / 3., count, 5 * Math.sqrt(n * 2 / 9.));

        int[] die = new int[6];
        for (int i = 0; i < n; i++) die[rng.nextInt(6)]++;
        for (int count : die) assertEquals(n / 6., count, 5 * Math.sqrt(n * 5 / 36.));
        assertEquals(0, rng.nextInt(1));
    }

    @Test void splitStreamsShareNoNumbers() {
        Rng parent = new Rng(4);
        Rng child = parent.split();
        Rng sibling = parent.split();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) seen.addAll(Set.of(parent.nextLong(), child.nextLong(), sibling.nextLong()));
        assertEquals(30_000, seen.size());
    }

    @Test void everyOrderOfAPermutationIsEquallyLikely() {
        int[] counts = new int[27];
        Rng rng = new Rng(5);
        int n = 60_000;
        for (int i = 0; i < n; i++) {
            int[] p = rng.permutation(3);
            counts[p[0] * 9 + p[1] * 3 + p[2]]++;
        }
        int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertEquals(6, seen.length);
        for (int count : seen) assertEquals(n / 6., count, 5 * Math.sqrt(n * 5 / 36.));
    }

    @Test void refusesABoundBelowOne() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Rng(0).nextInt(0));
        assertEquals("nextInt: bound must be 1 or more, got 0", refused.getMessage());
    }

    @Test void refusesANegativePermutation() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Rng(0).permutation(-1));
        assertEquals("permutation: n must be 0 or more, got -1", refused.getMessage());
    }
}
