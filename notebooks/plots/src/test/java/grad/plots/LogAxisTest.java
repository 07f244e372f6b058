package grad.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogAxisTest {
    private static String[] numbers(double from, double to, int most) {
        double[] ticks = new LogAxis(Math.log10(from), Math.log10(to)).ticks(most);
        return Arrays.stream(ticks).mapToObj(Numbers::powerOfTen).toArray(String[]::new);
    }

    @Test
    void itsNumbersAreRound() {
        assertArrayEquals(new String[] {"0.1", "0.2", "0.5", "1", "2"}, numbers(0.08, 2.3, 9));
        assertArrayEquals(new String[] {"1", "10", "100"}, numbers(1, 300, 5), "powers alone where there are many");
        assertArrayEquals(new String[] {"10⁻⁶", "0.001", "1"}, numbers(1e-8, 1, 4));
        assertArrayEquals(new String[] {"1", "1.05", "1.1", "1.15", "1.2"}, numbers(1, 1.21, 6),
                "other steps where 1, 2 and 5 are too few");
    }

    /** 1, 2 or 5 times a power of ten, or all in equal steps; never so many that they touch, nor so few that nothing can be read off. */
    @Test
    void anyRangeHasRoundNumbers() {
        Random random = new Random(1);
        for (int k = 0; k < 1000; k++) {
            double low = 20 * random.nextDouble() - 12, high = low + Math.pow(10, 3 * random.nextDouble() - 2);
            double[] ticks = new LogAxis(low, high).ticks(9);
            assertTrue(ticks.length >= 2 && ticks.length <= 9, low + " … " + high + ": " + Arrays.toString(ticks));
            double[] values = Arrays.stream(ticks).map(e -> Math.pow(10, e)).toArray();
            boolean round = Arrays.stream(ticks).map(e -> Math.pow(10, e - Math.floor(e + 1e-9)))
                    .allMatch(digit -> Math.abs((digit - 1) * (digit - 2) * (digit - 5)) < 1e-6);
            boolean equal = round || values[values.length - 1] - values[0] - (values.length - 1) * (values[1] - values[0]) < 1e-9 * values[0];
            assertTrue(equal, low + " … " + high + ": " + Arrays.toString(values));
        }
    }

    @Test
    void aChartOfOneValueIsDrawn() {
        assertEquals(640, new Lines("", "", "").line("l", new double[] {3, 3, 3}).logY().figure().image().getWidth() / 2);
    }
}
