package grad;

import java.util.random.RandomGenerator;

/**
 * SplitMix64: a small random generator whose numbers are the same on every machine and every JDK, for ever.
 *
 * <p>Source: Steele, Lea and Flood 2014, <i>Fast Splittable Pseudorandom Number Generators</i>, figures 14 to 17 (the mixers are those of
 * {@code java.util.SplittableRandom}). Bits, integers below a bound, uniform and normal numbers are all defined here, because the JDK may
 * change how its own defaults draw them. The ranges it inherits ({@code nextInt(from, to)}, {@code nextDouble(from, to)}) are the JDK's:
 * nothing in the engine draws from them.
 *
 * <p>A generator belongs to one thread; give another thread one of its own with {@link #split}.
 */
public final class Rng implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;    // 2⁶⁴ divided by the golden ratio, made odd

    private final long gamma;
    private long state;

    /** The same seed gives the same numbers. */
    public Rng(long seed) { this(seed, GOLDEN_GAMMA); }

    private Rng(long state, long gamma) {
        this.state = state;
        this.gamma = gamma;
    }

    @Override public long nextLong() { return mix(nextState()); }

    /** The upper half of a {@link #nextLong}. */
    @Override public int nextInt() { return (int) (nextLong() >>> 32); }

    /**
     * Uniform in 0 … bound − 1, without bias: Lemire 2019, <i>Fast Random Integer Generation in an Interval</i>, algorithm 5.
     *
     * @throws IllegalArgumentException when the bound is not positive
     */
    @Override public int nextInt(int bound) {
        if (bound < 1) throw new IllegalArgumentException("nextInt: bound must be 1 or more, got " + bound);
        long tooFew = (1L << 32) % bound;        // 2³² draws do not divide evenly: this many are thrown away
        long product;
        do {
            product = (nextLong() >>> 32) * bound;
        } while ((product & 0xFFFFFFFFL) < tooFew);
        return (int) (product >>> 32);
    }

    /** The top bit of a {@link #nextLong}. */
    @Override public boolean nextBoolean() { return nextLong() < 0; }

    /** Uniform in [0, 1): a multiple of 2⁻²⁴. */
    @Override public float nextFloat() { return (nextLong() >>> 40) * 0x1p-24f; }

    /** Uniform in [0, 1): a multiple of 2⁻⁵³. */
    @Override public double nextDouble() { return (nextLong() >>> 11) * 0x1p-53; }

    /** Normal with mean 0 and standard deviation 1: the cosine half of Box and Muller 1958, always two draws, in {@code StrictMath}. */
    @Override public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));        // 1 − u is never 0
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }

    /** A generator whose numbers are independent of all that this one will give; moves this one on by two draws. */
    public Rng split() { return new Rng(nextLong(), oddGamma(nextState())); }

    /** Shuffles {@code a} in place, all orders equally likely: Fisher and Yates in the form of Durstenfeld 1964. */
    private void shuffle(int[] a) {
        for (int i = a.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swap = a[i];
            a[i] = a[j];
            a[j] = swap;
        }
    }

    /** The numbers 0 … n − 1 in random order. */
    public int[] permutation(int n) {
        if (n < 0) throw new IllegalArgumentException("permutation: n must be 0 or more, got " + n);
        int[] a = new int[n];
        for (int i = 0; i < n; i++) a[i] = i;
        shuffle(a);
        return a;
    }

    private long nextState() { return state += gamma; }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long oddGamma(long z) {
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        z = (z ^ (z >>> 33)) | 1;
        boolean tooRegular = Long.bitCount(z ^ (z >>> 1)) < 24;
        return tooRegular ? z ^ 0xAAAAAAAAAAAAAAAAL : z;
    }
}
