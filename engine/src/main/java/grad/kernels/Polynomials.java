package grad.kernels;

/**
 * exp, log and tanh of one float, and the dropout hash, as {@link PlainKernels} computes them. The Vector API kernels repeat every step in
 * the same order, so both give the same bits. Coefficients of exp, log and tanh: Cephes (S. Moshier, expf.c, logf.c, tanhf.c), evaluated
 * with {@link Fma}.
 */
final class Polynomials {
    static final float LOG2_E = 1.44269504f;
    static final float LN2_HIGH = 0.693359375f;
    static final float LN2_LOW = -2.12194440e-4f;

    /** Adding 1.5 · 2²³ leaves a float's nearest integer in its lowest bits: a rounding that needs no conversion instruction. */
    static final float ROUND = 12582912f;
    static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

    static final float EXP_MAX = 89f;             // exp overflows at 88.72
    static final float EXP_MIN = -104f;           // and is below half the smallest denormal at −103.97
    static final float E5 = 1.9875691500e-4f;
    static final float E4 = 1.3981999507e-3f;
    static final float E3 = 8.3334519073e-3f;
    static final float E2 = 4.1665795894e-2f;
    static final float E1 = 1.6666665459e-1f;
    static final float E0 = 5.0000001201e-1f;

    static final float SQRT_HALF = 0.707106781f;
    static final int SQRT_HALF_BITS = Float.floatToRawIntBits(SQRT_HALF);
    static final float DENORMAL_SCALE = 8388608f; // 2²³
    static final float L8 = 7.0376836292e-2f;
    static final float L7 = -1.1514610310e-1f;
    static final float L6 = 1.1676998740e-1f;
    static final float L5 = -1.2420140846e-1f;
    static final float L4 = 1.4249322787e-1f;
    static final float L3 = -1.6668057665e-1f;
    static final float L2 = 2.0000714765e-1f;
    static final float L1 = -2.4999993993e-1f;
    static final float L0 = 3.3333331174e-1f;

    static final float TANH_SMALL = 0.625f;
    static final float TANH_ONE = 9.02f;          // beyond, tanh rounds to 1
    static final float T4 = -5.70498872745e-3f;
    static final float T3 = 2.06390887954e-2f;
    static final float T2 = -5.37397155531e-2f;
    static final float T1 = 1.33314422036e-1f;
    static final float T0 = -3.33332819422e-1f;

    private Polynomials() { }

    /** exp x = 2ⁿ · exp r with n = round(x / ln 2) and |r| ≤ ln 2 / 2. */
    static float exp(float x) {
        x = x > EXP_MAX ? EXP_MAX : x;
        x = x < EXP_MIN ? EXP_MIN : x;
        float shifted = Fma.fma(x, LOG2_E, ROUND);
        int n = Float.floatToRawIntBits(shifted) - ROUND_BITS;
        float whole = shifted - ROUND;
        float r = Fma.fma(-whole, LN2_HIGH, x);
        r = Fma.fma(-whole, LN2_LOW, r);
        float p = Fma.fma(E5, r, E4);
        p = Fma.fma(p, r, E3);
        p = Fma.fma(p, r, E2);
        p = Fma.fma(p, r, E1);
        p = Fma.fma(p, r, E0);
        p = Fma.fma(p, r * r, r) + 1f;
        int half = n >> 1;                        // two factors: 2ⁿ alone cannot reach the denormals, nor 2¹²⁸
        return p * powerOfTwo(half) * powerOfTwo(n - half);
    }

    private static float powerOfTwo(int n) { return Float.intBitsToFloat((n + 127) << 23); }

    /** log x = e · ln 2 + log(1 + f) with x = 2ᵉ · (1 + f) and 1 + f in [√½, √2). */
    static float log(float x) {
        boolean denormal = x < Float.MIN_NORMAL;
        float scaled = denormal ? x * DENORMAL_SCALE : x;
        int bits = Float.floatToRawIntBits(scaled) - SQRT_HALF_BITS;
        int e = (bits >> 23) - (denormal ? 23 : 0);
        float f = Float.intBitsToFloat((bits & 0x007fffff) + SQRT_HALF_BITS) - 1f;
        float whole = Float.intBitsToFloat(e + ROUND_BITS) - ROUND;
        float p = Fma.fma(L8, f, L7);
        p = Fma.fma(p, f, L6);
        p = Fma.fma(p, f, L5);
        p = Fma.fma(p, f, L4);
        p = Fma.fma(p, f, L3);
        p = Fma.fma(p, f, L2);
        p = Fma.fma(p, f, L1);
        p = Fma.fma(p, f, L0);
        float square = f * f;
        float y = p * f * square;
        y = Fma.fma(whole, LN2_LOW, y);
        y = Fma.fma(-0.5f, square, y);
        y = Fma.fma(whole, LN2_HIGH, f + y);
        y = x == Float.POSITIVE_INFINITY ? x : y;
        y = x == 0 ? Float.NEGATIVE_INFINITY : y;
        return x >= 0 ? y : Float.NaN;            // NaN is not ≥ 0 either
    }

    /** tanh x, with the sign of x: an odd polynomial of |x| near 0, 1 − 2 / (exp 2|x| + 1) elsewhere. */
    static float tanh(float x) {
        float size = Math.abs(x);
        float square = x * x;
        float p = Fma.fma(T4, square, T3);
        p = Fma.fma(p, square, T2);
        p = Fma.fma(p, square, T1);
        p = Fma.fma(p, square, T0);
        float small = Fma.fma(p * square, size, size);
        float capped = size > TANH_ONE ? TANH_ONE : size;
        float large = 1f - 2f / (exp(capped + capped) + 1f);
        return Math.copySign(size < TANH_SMALL ? small : large, x);
    }

    /**
     * Whether dropout drops element i: a hash of seed and index, so that the mask does not depend on who computes it. The mixing is
     * "lowbias32" (C. Wellons, Hash Function Prospector, 2018).
     *
     * @param threshold the rate times 2³¹
     */
    static boolean dropped(int seed, int i, int threshold) {
        int h = i ^ seed;
        h = (h ^ (h >>> 16)) * 0x7feb352d;
        h = (h ^ (h >>> 15)) * 0x846ca68b;
        h = h ^ (h >>> 16);
        return (h >>> 1) < threshold;
    }

    /** x, or 0 where it is smaller. */
    static float flush(float x, float smallest) { return Math.abs(x) < smallest ? 0f : x; }
}
