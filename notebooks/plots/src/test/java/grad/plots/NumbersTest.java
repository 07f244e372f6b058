package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({"2, 2.0", "0, 0.0", "-0.0, 0.0", "-0.5, −0.5", "0.881373587, 0.8814", "-0.0100432, −0.0100", "0.9, 0.9", "1e-9, 1e−9",
        "-3.14159e-7, −3.1e−7", "123456, 120000", "NaN, NaN", "-Infinity, −∞"})
    void decimalsAreFewButNoNumberIsLost(double x, String text) {
        assertEquals(text, Numbers.decimal(x));
    }

    @ParameterizedTest
    @CsvSource({"20, 20", "0.0312345, 0.0312", "1e10, 1e10", "2.5e-5, 2.5e−5", "-1234567, −1230000"})
    void briefRoundsToThreeDigits(double x, String text) {
        assertEquals(text, Numbers.brief(x, 3));
    }

    @Test
    void numbersOfARowHaveAsManyDecimalsAsTheyNeedTogether() {
        assertEquals(0, Numbers.decimals(new double[] {1234.567, 345.678, 12.3456}));
        assertEquals(2, Numbers.decimals(new double[] {12.5, 1.2, 0.987654, 3}));
        assertEquals(1, Numbers.decimals(new double[] {80, 87.6, 98.3}));
        assertEquals(3, Numbers.decimals(new double[] {2500, -0.012}));
        assertEquals(0, Numbers.decimals(new double[] {0, 3}));
    }

    @Test
    void exponentsReadAsPowersOfTen() {
        assertEquals("10⁻⁸", Numbers.powerOfTen(-8));
        assertEquals("0.01", Numbers.powerOfTen(-2));
        assertEquals("0.02", Numbers.powerOfTen(Math.log10(0.02)));
        assertEquals("5·10⁻⁶", Numbers.powerOfTen(Math.log10(5e-6)));
    }
}
