package grad.plots;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;

/** Numbers as they stand in pictures: short, with a real minus sign, the same in every locale. */
final class Numbers {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {}

    /** Four decimals, fewer where they say it all: 0.8814, −0.01, 2.0; with an exponent where four would say nothing: 3.1e−7. */
    static String decimal(double x) {
        double size = Math.abs(x);
        if (!Double.isFinite(x) || x == 0) return x == 0 ? "0.0" : brief(x, 1);
        if (size >= 1e5 || size < 5e-5) return brief(x, 2);
        String fixed = String.format(Locale.ROOT, "%.4f", x);
        boolean exact = Math.abs(Double.parseDouble(fixed) - x) < 1e-12;
        return minus(exact ? fixed.replaceFirst("0{1,3}$", "") : fixed);
    }

    /** The given number of significant digits, without trailing zeros: 20, 0.031, 3.1e−7. */
    static String brief(double x, int digits) {
        if (!Double.isFinite(x)) return minus(Double.toString(x)).replace("Infinity", "∞");
        if (x == 0) return "0";
        BigDecimal rounded = new BigDecimal(x).round(new MathContext(digits)).stripTrailingZeros();
        if (Math.abs(x) >= 1e-4 && Math.abs(x) < 1e7) return minus(rounded.toPlainString());
        int exponent = rounded.precision() - rounded.scale() - 1;
        return minus(rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent);
    }

    /** A round number on an axis: 0.05, −2, 5,000. */
    static String tick(double x) {
        return Math.abs(x) >= 1000 && Math.abs(x) < 1e7 ? minus(String.format(Locale.ROOT, "%,.0f", x)) : brief(x, 6);
    }

    /** 10ˣ for an axis of exponents: 0.01, 100, 10⁻⁸, and 2·10⁻⁸ between decades. */
    static String powerOfTen(double exponent) {
        double power = Math.rint(exponent);
        if (Math.abs(exponent) < 4) return brief(Math.pow(10, exponent), 4);
        if (Math.abs(exponent - power) < 1e-6) return "10" + superscript((int) power);
        return brief(Math.pow(10, exponent - Math.floor(exponent)), 4) + "·10" + superscript((int) Math.floor(exponent));
    }

    /** How many decimals all of a row of numbers get: four digits of the greatest, two of the least, and no zero at the end of each. */
    static int decimals(double[] values) {
        double[] sizes = Arrays.stream(values).map(Math::abs).filter(size -> size > 0).sorted().toArray();
        if (sizes.length == 0) return 0;
        int most = Math.max(0, Math.max(4 - digits(sizes[sizes.length - 1]), 2 - digits(sizes[0])));
        return Math.max(0, Arrays.stream(values).mapToInt(value -> rounded(value, most).stripTrailingZeros().scale()).max().getAsInt());
    }

    static BigDecimal rounded(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** How many digits stand before the point; 0 for 0.5, -1 for 0.05. */
    private static int digits(double size) {
        return (int) Math.floor(Math.log10(size)) + 1;
    }

    /** {@code 1 value}, {@code 2 values}. */
    static String count(long n, String one) {
        return n + " " + one + (n == 1 ? "" : "s");
    }

    private static String superscript(int n) {
        StringBuilder text = new StringBuilder(n < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(n)).toCharArray()) text.append(SUPERSCRIPTS.charAt(digit - '0'));
        return text.toString();
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }
}
