package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoonsTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 7, 100, 101})
    void withoutNoiseFollowsScikitLearnsFormula(int n) {
        Points moons = Moons.points(n, 0, new Random(1));
        int outer = 0;
        int inner = 0;
        for (int i = 0; i < n; i++) {
            double[] expected;
            if (moons.y()[i] == 0) {
                double t = linspace(n / 2, outer++);
                expected = new double[] {Math.cos(t), Math.sin(t)};
            } else {
                double t = linspace(n - n / 2, inner++);
                expected = new double[] {1 - Math.cos(t), 1 - Math.sin(t) - 0.5};
            }
            assertArrayEquals(expected, moons.x()[i], 1e-15, "point " + i);
        }
        assertEquals(n / 2, outer);
        assertEquals(n - n / 2, inner);
    }

    private static double linspace(int n, int i) { return n == 1 ? 0 : i * Math.PI / (n - 1); }

    @Test void tipsOfTheMoonsAreWhereTheyBelong() {
        double[][] x = Moons.points(6, 0, new Random(1)).x();
        double[][] expected = {{1, 0}, {0, 0.5}, {0, 1}, {1, -0.5}, {-1, 0}, {2, 0.5}};
        for (int i = 0; i < x.length; i++) assertArrayEquals(expected[i], x[i], 1e-15);
    }

    @Test void pointsAlternateBetweenTheMoons() { assertArrayEquals(new int[] {0, 1, 0, 1, 0, 1}, Moons.points(6, 0, new Random(1)).y()); }

    @Test void sameSeedGivesTheSamePoints() {
        Points one = Moons.points(50, 0.1, new Random(7));
        assertArrayEquals(one.x(), Moons.points(50, 0.1, new Random(7)).x());
        assertTrue(one.x()[0][0] != Moons.points(50, 0.1, new Random(8)).x()[0][0]);
    }

    @Test void noiseIsTheStandardDeviation() {
        int n = 20_000;
        double[][] clean = Moons.points(n, 0, new Random(1)).x();
        double[][] noisy = Moons.points(n, 0.1, new Random(1)).x();
        double squares = 0;
        for (int i = 0; i < n; i++) for (int j = 0; j < 2; j++) squares += Math.pow(noisy[i][j] - clean[i][j], 2);
        assertEquals(0.1, Math.sqrt(squares / (2 * n)), 0.002);
    }

    @Test void signsAreMinusOneAndOne() {
        Points moons = Moons.points(4, 0, new Random(1));
        assertArrayEquals(new double[] {-1, 1, -1, 1}, moons.sign());
        assertEquals(4, moons.size());
        assertEquals("Points(4)", moons.toString());
    }

    @Test void badArgumentsAreRefused() {
        assertRefused("Moons needs at least 2 points, got 1", 1, 0);
        assertRefused("Moons: noise must be finite and 0 or more, got -0.1", 10, -0.1);
        assertRefused("Moons: noise must be finite and 0 or more, got NaN", 10, Double.NaN);
        assertRefused("Moons: noise must be finite and 0 or more, got Infinity", 10, Double.POSITIVE_INFINITY);
    }

    private static void assertRefused(String message, int n, double noise) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Moons.points(n, noise, new Random(1)));
        assertEquals(message, e.getMessage());
    }
}
