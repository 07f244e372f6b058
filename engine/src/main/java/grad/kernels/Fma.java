package grad.kernels;

/**
 * {@code a · b + c}, rounded once: by the machine's instruction where it has one, else in double arithmetic. Both give the same bits;
 * {@link Math#fma(float, float, float)} does so too, but without the instruction it works in decimals and is a thousand times slower.
 */
final class Fma {
    private static final long BELOW_FLOAT = 0x1fffffffL;        // the bits of a double's significand that a float lacks
    private static final long HALF_WAY = 0x10000000L;           // they say so where it lies between two floats

    private Fma() { }

    static float fma(float a, float b, float c) { return Machine.FMA ? Machine.fma(a, b, c) : exact(a, b, c); }

    /**
     * The product of two floats is exact in doubles, so only the sum is rounded, and then once more to a float. Twice may be wrong only
     * where the first rounding ends exactly half-way between two floats, or where floats are denormal and have fewer bits.
     */
    static float exact(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        boolean doubtful = (Double.doubleToRawLongBits(sum) & BELOW_FLOAT) == HALF_WAY || Math.abs(sum) < Float.MIN_NORMAL;
        return (float) (doubtful ? toOdd(product, c, sum) : sum);
    }

    /**
     * The sum rounded to odd: of the two doubles around the exact one that with an odd last bit. It can be rounded once more without harm
     * (Boldo and Melquiond 2008, Emulation of a FMA and Correctly Rounded Sums). What the sum lacks is found as in Knuth's two-sum.
     */
    private static double toOdd(double a, double b, double sum) {
        double fromB = sum - a;
        double lacking = (a - (sum - fromB)) + (b - fromB);
        long bits = Double.doubleToRawLongBits(sum);
        boolean even = (bits & 1) == 0;
        if (even && lacking > 0) return Math.nextUp(sum);
        if (even && lacking < 0) return Math.nextDown(sum);
        return sum;
    }
}
