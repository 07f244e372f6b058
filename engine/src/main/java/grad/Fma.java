package grad;

/**
 * {@code a · b + c}, rounded once: by the machine's instruction where it has one, else in double arithmetic. Both give the same bits;
 * {@link Math#fma(float, float, float)} does so too, but without the instruction it works in decimals and is a thousand times slower.
 */
final class Fma {
    private static final int CALLS = 20;
    private static final int ROUNDS = 5;
    private static final long BELOW_FLOAT = 0x1fffffffL;        // the bits of a double's significand that a float lacks
    private static final long HALF_WAY = 0x10000000L;           // they say so where it lies between two floats

    /** Whether the machine has the instruction. Nothing in Java says so; its time does. */
    static final boolean HARDWARE = instructionIsQuicker();

    private Fma() { }

    static float fma(float a, float b, float c) { return HARDWARE ? Math.fma(a, b, c) : exact(a, b, c); }

    /**
     * The product of two floats is exact in doubles, so only the sum is rounded, and then once more to a float. Twice may be wrong only where
     * the first rounding ends exactly half-way between two floats, or where floats are denormal and have fewer bits.
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

    /** Times both, in short rounds of which the quickest counts. */
    private static boolean instructionIsQuicker() {
        long instruction = Long.MAX_VALUE;
        long doubles = Long.MAX_VALUE;
        float x = 1;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) x = Math.fma(x, 0.3f, 0.7f);
            long between = System.nanoTime();
            for (int i = 0; i < CALLS; i++) x = exact(x, 0.3f, 0.7f);
            instruction = Math.min(instruction, between - start);
            doubles = Math.min(doubles, System.nanoTime() - between);
        }
        return instruction < doubles && x > 0;        // x is used, or the compiler would leave all of this out
    }
}
