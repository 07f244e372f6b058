package grad.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.OtherJava;
import grad.Tensor;
import grad.scalar.Op;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plain Java and the Vector API give the same bits, and both are near what doubles give. */
class KernelsTest {
    private static final double EPSILON = 0x1p-24;
    private static final Kernels PLAIN = Chosen.choose("plain");
    private static final Kernels VECTOR = Chosen.choose("vector");

    // ---- products

    @Test void productsHaveTheSameBitsAtEverySizeAroundTheVectors() {
        for (int size = 0; size <= 67; size++) {
            for (int other : new int[] {1, 4, 33}) {
                productsAgree(size, size, other, 5);
                productsAgree(size, other, size, 7);
                productsAgree(size, 9, other, size);
            }
        }
    }

    @Test void productsHaveTheSameBitsForRandomSizes() {
        Random rng = new Random(7);
        for (int seed = 0; seed < 150; seed++) productsAgree(seed, 1 + rng.nextInt(67), 1 + rng.nextInt(67), 1 + rng.nextInt(67));
    }

    @Test void productsHaveTheSameBitsAcrossTheBlocksOfK() {
        for (int k : new int[] {255, 256, 271, 272, 273, 300, 543, 544, 545, 600}) {
            productsAgree(k, 3, 5, k);
            productsAgree(k, 17, 33, k);
        }
        productsAgree(1, 66, 67, 300);
        productsAgree(2, 273, 3, 4);
        productsAgree(3, 3, 273, 4);
        productsAgree(4, 130, 70, 273);
    }

    private static void productsAgree(int seed, int m, int n, int k) {
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) productAgrees(seed, transposeA, transposeB, m, n, k);
        }
    }

    private static void productAgrees(int seed, boolean transposeA, boolean transposeB, int m, int n, int k) {
        Random rng = new Random(seed);
        float[] a = normal(rng, m * k);
        float[] b = normal(rng, k * n);
        float[] before = normal(rng, m * n);
        String where = (transposeA ? "T" : "N") + (transposeB ? "T" : "N") + " " + m + " x " + n + " x " + k;
        Factors f = factors(transposeA, transposeB, m, n, k, a, b);
        float[] plain = product(PLAIN, f, 0, m, before);
        assertSameBits(plain, product(VECTOR, f, 0, m, before), where);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) assertNearDoubles(transposeA, transposeB, i, j, m,
                    n, k, a, b, before[i * n + j], plain[i * n + j], where);
        }
        float[] start = normal(rng, n);
        float[] repeated = new float[m * n];
        for (int i = 0; i < m; i++) System.arraycopy(start, 0, repeated, i * n, n);
        float[] started = product(PLAIN, f, 0, m, repeated);
        for (Kernels kernels : List.of(PLAIN, VECTOR)) {
            float[] c = before.clone();
            kernels.product(f, 0, m, 0, k, start, c, 0);
            assertSameBits(started, c, where + ", every row from the same start, " + kernels.name());
        }
        int middle = rng.nextInt(k + 1);
        for (Kernels kernels : List.of(PLAIN, VECTOR)) {
            float[] c = before.clone();
            kernels.product(f, 0, m, 0, middle, null, c, 0);
            kernels.product(f, 0, m, middle, k, null, c, 0);
            assertSameBits(plain, c, where + ", the first " + middle + " terms and then the others, " + kernels.name());
        }
        int from = rng.nextInt(m + 1);
        int to = from + rng.nextInt(m + 1 - from);
        float[] part = before.clone();
        System.arraycopy(plain, from * n, part, from * n, (to - from) * n);
        for (Kernels kernels : List.of(PLAIN, VECTOR)) {
            float[] c = product(kernels, f, from, to, before);
            assertSameBits(part, c, where + ", rows " + from + " to " + to + ", " + kernels.name());
        }
    }

    private static Factors factors(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b) {
        return new Factors(transposeA, transposeB, m, n, k, a, 0, b, 0);
    }

    private static float[] product(Kernels kernels, Factors f, int from, int to, float[] before) {
        float[] c = before.clone();
        kernels.product(f, from, to, 0, f.k(), null, c, 0);
        return c;
    }

    /** Within k roundings of the sum of sizes: the classical bound for a sum in order. */
    private static void assertNearDoubles(boolean transposeA, boolean transposeB, int i, int j, int m, int n, int k,
                                          float[] a, float[] b, float before, float actual, String where) {
        double sum = before;
        double sizes = Math.abs(before);
        for (int p = 0; p < k; p++) {
            double term = (double) a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j];
            sum += term;
            sizes += Math.abs(term);
        }
        assertEquals(sum, actual, (k + 1) * EPSILON * sizes, () -> where + " at " + i + ", " + j);
    }

    @Test void productsCarrySpecialNumbersAlike() {
        for (int seed = 0; seed < 50; seed++) {
            Random rng = new Random(seed);
            Factors f = factors(false, false, 9, 37, 11, special(rng, 9 * 11), special(rng, 11 * 37));
            float[] c = special(rng, 9 * 37);
            assertSameBits(product(PLAIN, f, 0, 9, c), product(VECTOR, f, 0, 9, c), "seed " + seed);
        }
    }

    /** 76.8 million numbers: counted in places of such a matrix, places in a panel pass 2³¹. */
    @Tag("soak") @Test void lastRowsOfALongMatrixHaveTheSameBits() {
        int m = 1_200_000;
        int k = 64;
        int n = 24;
        float[] a = new float[m * k];
        Random rng = new Random(1);
        System.arraycopy(normal(rng, 64 * k), 0, a, (m - 64) * k, 64 * k);
        float[] b = normal(rng, k * n);
        float[] plain = new float[m * n];
        float[] vector = new float[m * n];
        Factors f = factors(false, false, m, n, k, a, b);
        PLAIN.product(f, m - 21, m, 0, k, null, plain, 0);
        VECTOR.product(f, m - 21, m, 0, k, null, vector, 0);
        assertTrue(vector[m * n - 1] != 0);
        assertSameBits(plain, vector, "the last 21 rows");
    }

    @Test void productIsTheSameHoweverManyThreadsShareItsRows() {
        int m = 203;
        int n = 150;
        int k = 300;
        Random rng = new Random(1);
        Factors f = factors(false, true, m, n, k, normal(rng, m * k), normal(rng, k * n));
        float[] before = normal(rng, m * n);
        float[] whole = product(VECTOR, f, 0, m, before);
        for (int parts = 1; parts <= 3; parts++) {
            float[] c = before.clone();
            for (int part = 0; part < parts; part++) VECTOR.product(f, m * part / parts, m * (part + 1) / parts, 0, k, null, c, 0);
            assertSameBits(whole, c, parts + " parts");
        }
        float[] shared = before.clone();
        Product.compute(f, null, shared, 0);
        assertSameBits(whole, shared, "Product");
    }

    @Test void productsOfSeveralThreadsDoNotDisturbEachOther() {
        int jobs = 64;
        List<float[]> expected = new ArrayList<>();
        for (int job = 0; job < jobs; job++) expected.add(job(PLAIN, job));
        for (int round = 0; round < 5; round++) {
            List<float[]> actual = IntStream.range(0, jobs).parallel().mapToObj(job -> job(VECTOR, job)).toList();
            for (int job = 0; job < jobs; job++) assertSameBits(expected.get(job), actual.get(job), "job " + job);
        }
    }

    private static float[] job(Kernels kernels, int job) {
        Random rng = new Random(job);
        int m = 20 + job % 7;
        int n = 50 + job % 11;
        int k = 250 + job;
        return product(kernels, factors(true, true, m, n, k, normal(rng, m * k), normal(rng, k * n)), 0, m, new float[m * n]);
    }

    // ---- elementwise operations

    @Test void operationsHaveTheSameBitsAtEverySizeAndTouchNothingElse() {
        for (Op op : Op.values()) for (int n = 0; n <= 67 && op.arity() > 0; n++) operationAgrees(op, n);
    }

    private static void operationAgrees(Op op, int n) {
        Random rng = new Random(n);
        float[] a = special(rng, n + 7);
        float[] b = special(rng, n + 7);
        float[] y = assertSameResult(op + " of " + n, n, (kernels, out) -> kernels.forward(op, a, 3, b, 2, out, 5, n), 5);
        float[] g = special(rng, n + 9);
        assertSameResult(op + " da of " + n, n, (kernels, out) -> kernels.addDa(op, a, 3, b, 2, y, g, 5, out, 4, n), 4);
        if (op.arity() == 2) assertSameResult(op + " db of " + n, n, (kernels, out) ->
                kernels.addDb(op, a, 3, b, 2, y, g, 5, out, 4, n), 4);
    }

    /** What both kernels write to n places of an array, starting at {@code at}. */
    private static float[] assertSameResult(String where, int n, BiConsumer<Kernels, float[]> run, int at) {
        float[] plain = new float[n + 9];
        float[] vector = new float[n + 9];
        run.accept(PLAIN, plain);
        run.accept(VECTOR, vector);
        assertSameBits(plain, vector, where);
        for (int i = 0; i < plain.length; i++) if (i < at || i >= at + n) assertEquals(0, plain[i], where);
        return plain;
    }

    @Test void clampingHasTheSameBits() {
        for (int n = 0; n <= 67; n++) {
            Random rng = new Random(n);
            float[] x = special(rng, n);
            float[] g = special(rng, n);
            float[] before = special(rng, n);
            for (float low : new float[] {Float.NEGATIVE_INFINITY, -1, -0f, 0.25f}) {
                float high = low + 1.5f;
                List<float[]> results = new ArrayList<>();
                for (Kernels kernels : List.of(PLAIN, VECTOR)) {
                    float[] y = new float[n];
                    kernels.clamp(x, y, low, high);
                    results.add(y);
                    float[] d = before.clone();
                    kernels.addInside(x, g, d, low, high);
                    results.add(d);
                }
                assertSameBits(results.get(0), results.get(2), "clamp of " + n);
                assertSameBits(results.get(1), results.get(3), "addInside of " + n);
            }
        }
    }

    // ---- sums

    @Test void rowsAreAddedUpInOrderInDoubles() {
        for (int n = 0; n <= 67; n++) {
            for (int rows : new int[] {0, 1, 5, 33}) {
                Random rng = new Random(n);
                float[] x = special(rng, 3 + rows * n);
                for (int columns = 0; columns <= n; columns++) {
                    double[] expected = rng.doubles(columns).toArray();
                    double[] plain = expected.clone();
                    double[] vector = expected.clone();
                    for (int j = 0; j < columns; j++) for (int r = 0; r < rows; r++) expected[j] += x[3 + r * n + j];
                    PLAIN.addRows(x, 3, rows, n, columns, plain);
                    VECTOR.addRows(x, 3, rows, n, columns, vector);
                    assertArrayEquals(expected, plain, columns + " columns of " + rows + " rows of " + n);
                    assertArrayEquals(expected, vector, columns + " columns of " + rows + " rows of " + n);
                }
            }
        }
    }

    @Test void sumsHaveTheSameBitsAtEveryLength() {
        for (int n = 0; n <= 200; n++) {
            for (int offset : new int[] {0, 1, 5}) {
                float[] x = normal(new Random(n), n + 9);
                double plain = PLAIN.sum(x, offset, n);
                assertEquals(plain, VECTOR.sum(x, offset, n), "length " + n);
                double sum = 0;
                double sizes = 0;
                for (int i = offset; i < offset + n; i++) {
                    sum += x[i];
                    sizes += Math.abs(x[i]);
                }
                assertEquals(sum, plain, (n / Kernels.LANES + 5) * Math.ulp(sizes), "length " + n);
            }
        }
    }

    /** The contract itself, written out: 16 lanes, halves onto each other. */
    @Test void sumRunsInSixteenLanesWhateverTheWidth() {
        for (int n = 0; n <= 200; n++) {
            float[] x = normal(new Random(n), n);
            double[] lane = new double[16];
            for (int i = 0; i < n; i++) lane[i % 16] += x[i];
            for (int half : new int[] {8, 4, 2, 1}) for (int i = 0; i < half; i++) lane[i] += lane[i + half];
            for (Kernels kernels : List.of(PLAIN, VECTOR)) assertEquals(lane[0], kernels.sum(x, 0, n), kernels.name() + ", length " + n);
        }
    }

    // ---- softmax

    @Test void softmaxHasTheSameBitsForAnyNumberOfRowsAndClasses() {
        for (int rows = 0; rows <= 35; rows++) {
            for (int n = 1; n <= 19; n++) {
                Random rng = new Random(31 * rows + n);
                float[] x = normal(rng, rows * n);
                for (int i = 0; i < x.length; i++) x[i] *= 10;
                softmaxAgrees(x, rows, n);
                softmaxAgrees(special(rng, rows * n), rows, n);
            }
        }
    }

    @Test void softmaxOfAFewRowsTakesNoMemoryOfItsOwn() {
        int n = 1_000_000;
        float[] x = new float[n];
        float[] p = new float[n];
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        VECTOR.softmax(x, p, new float[1], new float[1], 1, n);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < n, allocated + " bytes");
    }

    private static void softmaxAgrees(float[] x, int rows, int n) {
        float[][] plain = softmax(PLAIN, x, rows, n);
        float[][] vector = softmax(VECTOR, x, rows, n);
        for (int i = 0; i < 3; i++) assertSameBits(plain[i], vector[i], rows + " rows of " + n);
    }

    private static float[][] softmax(Kernels kernels, float[] x, int rows, int n) {
        float[][] y = {new float[x.length], new float[rows], new float[rows]};
        kernels.softmax(x, y[0], y[1], y[2], rows, n);
        return y;
    }

    @Test void softmaxIsNearDoublesEvenForHugeScores() {
        int n = 11;
        for (float scale : new float[] {1, 10, 1e4f}) {
            float[] x = normal(new Random(3), 40 * n);
            for (int i = 0; i < x.length; i++) x[i] *= scale;
            float[][] y = softmax(VECTOR, x, 40, n);
            for (int row = 0; row < 40; row++) {
                double max = Double.NEGATIVE_INFINITY;
                for (int j = 0; j < n; j++) max = Math.max(max, x[row * n + j]);
                double sum = 0;
                for (int j = 0; j < n; j++) sum += Math.exp(x[row * n + j] - max);
                assertEquals(max, y[1][row]);
                assertEquals(Math.log(sum), y[2][row], 1e-6);
                for (int j = 0; j < n; j++) {
                    double p = Math.exp(x[row * n + j] - max) / sum;
                    assertEquals(p, y[0][row * n + j], 3e-6 * p + Float.MIN_NORMAL);        // the subtraction rounds scores of 30 by 1e-6
                }
            }
        }
    }

    // ---- dropout and Adam

    @Test void dropoutHasTheSameBitsAndAddsToWhatIsThere() {
        for (int n = 0; n <= 67; n++) {
            Random rng = new Random(n);
            float[] x = normal(rng, n);
            float[] plain = normal(rng, n);
            float[] before = plain.clone();
            float[] vector = plain.clone();
            int seed = rng.nextInt();
            PLAIN.dropout(x, plain, n, seed, 1 << 30, 2);
            VECTOR.dropout(x, vector, n, seed, 1 << 30, 2);
            assertSameBits(plain, vector, "length " + n);
            for (int i = 0; i < n; i++) assertEquals(Polynomials.dropped(seed, i, 1 << 30)
                    ? before[i] : Math.fma(x[i], 2, before[i]), plain[i]);
        }
    }

    @Test void adamHasTheSameBitsAndFollowsItsAlgorithm() {
        for (int n = 0; n <= 67; n++) {
            Random rng = new Random(n);
            AdamStep step = new AdamStep(0.01f, 0.1f, 0.001f, 1e-8f, n % 2 * 0.01f, 1 - n % 3 * 0.001f);
            float[][] plain = {normal(rng, n), normal(rng, n), normal(rng, n), normal(rng, n)};
            for (int i = 0; i < n; i++) plain[3][i] = Math.abs(plain[3][i]);
            double[][] expected = Arrays.stream(plain).map(KernelsTest::doubles).toArray(double[][]::new);
            float[][] vector = Arrays.stream(plain).map(float[]::clone).toArray(float[][]::new);
            for (int t = 0; t < 5; t++) {
                PLAIN.adam(plain[0], plain[1], plain[2], plain[3], step);
                VECTOR.adam(vector[0], vector[1], vector[2], vector[3], step);
                adam(expected, step);
            }
            for (int i = 0; i < 4; i++) {
                assertSameBits(plain[i], vector[i], "length " + n);
                for (int k = 0; k < n; k++) assertEquals(expected[i][k], plain[i][k], 2e-6 * Math.max(1, Math.abs(expected[i][k])));
            }
        }
    }

    private static void adam(double[][] state, AdamStep step) {
        for (int i = 0; i < state[0].length; i++) {
            double g = state[1][i] + step.decay() * state[0][i];
            state[2][i] = (1 - step.mix1()) * state[2][i] + step.mix1() * g;
            state[3][i] = (1 - step.mix2()) * state[3][i] + step.mix2() * g * g;
            state[0][i] = state[0][i] * step.kept() - step.rate() * state[2][i] / (Math.sqrt(state[3][i]) + step.epsilon());
        }
    }

    @Test void adamTurnsDenormalsIntoZero() {
        AdamStep step = new AdamStep(0, 0.1f, 0.001f, 1e-8f, 0, 1);
        for (Kernels kernels : List.of(PLAIN, VECTOR)) {
            for (int n : new int[] {1, 16, 37}) {
                float[][] state = new float[4][n];
                for (float[] x : state) Arrays.fill(x, 1e-39f);
                kernels.adam(state[0], state[1], state[2], state[3], step);
                assertArrayEquals(new float[n], state[0], kernels.name());
                assertArrayEquals(new float[n], state[2], kernels.name());
                assertArrayEquals(new float[n], state[3], kernels.name());
            }
        }
    }

    @Test void adamCarriesSpecialNumbersAlike() {
        AdamStep step = new AdamStep(0.01f, 0.1f, 0.001f, 1e-8f, 0.01f, 1);
        for (int seed = 0; seed < 50; seed++) {
            Random rng = new Random(seed);
            float[][] plain = {special(rng, 37), special(rng, 37), special(rng, 37), special(rng, 37)};
            float[][] vector = Arrays.stream(plain).map(float[]::clone).toArray(float[][]::new);
            PLAIN.adam(plain[0], plain[1], plain[2], plain[3], step);
            VECTOR.adam(vector[0], vector[1], vector[2], vector[3], step);
            for (int i = 0; i < 4; i++) assertSameBits(plain[i], vector[i], "seed " + seed);
        }
    }

    // ---- the choice

    @Test void kernelsAreChosenByName() {
        assertEquals("plain", PLAIN.name());
        assertTrue(VECTOR.name().matches("vector \\((4|8|16) lanes\\)"), VECTOR.name());
        assertEquals(VECTOR.name(), Chosen.choose("auto").name());
        var refused = assertThrows(IllegalStateException.class, () -> Chosen.choose("nonsense"));
        assertEquals("javagrad.kernels is \"nonsense\"; it can be auto, plain or vector", refused.getMessage());
    }

    /** What another JVM is started for. */
    static final class Name {
        public static void main(String[] args) {
            Tensor.ones(2, 2).matmul(Tensor.ones(2, 2));
            System.out.println(Tensor.kernels());
        }
    }

    @Test void propertyForcesTheKernelsOfAWholeProgram() throws Exception {
        assertEquals("plain", java("-Djavagrad.kernels=plain", "--add-modules", "jdk.incubator.vector"));
        assertTrue(java("-Djavagrad.kernels=vector", "--add-modules", "jdk.incubator.vector").startsWith("vector ("));
    }

    @Test void logSaysWhatIsMissingWhereAFlagWouldHelp() throws Exception {
        String plain = java();
        assertTrue(plain.contains("kernels: plain; java --add-modules jdk.incubator.vector makes a matrix product about ten times faster"),
                plain);
        assertTrue(plain.endsWith("plain"), plain);
        assertEquals("plain", java("-Djavagrad.kernels=plain"));
    }

    @Test void badSettingsEndTheStartWithTheirMessageOnTop() throws Exception {
        assertFirstLine("javagrad.kernels=vector needs java --add-modules jdk.incubator.vector", java("-Djavagrad.kernels=vector"));
        assertFirstLine("javagrad.kernels is \"nonsense\"; it can be auto, plain or vector", java("-Djavagrad.kernels=nonsense"));
        for (String lanes : List.of("abc", "5", "32", "")) {
            assertFirstLine("javagrad.lanes is \"" + lanes + "\"; it can be 4, 8 or 16",
                    java("--add-modules", "jdk.incubator.vector", "-Djavagrad.kernels=vector", "-Djavagrad.lanes=" + lanes));
        }
        for (String threads : List.of("abc", "0", "-1", "")) {
            assertFirstLine("javagrad.threads is \"" + threads + "\"; it is a whole number, 1 or more",
                    java("-Djavagrad.kernels=plain", "-Djavagrad.threads=" + threads));
        }
    }

    private static void assertFirstLine(String end, String printed) {
        assertTrue(printed.lines().findFirst().orElse("").endsWith(end), printed);
    }

    private static String java(String... options) throws IOException {
        return OtherJava.printed(OtherJava.start(OtherJava.command(List.of(options), Name.class))).strip();
    }

    // ---- what they share

    private static float[] normal(Random rng, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) x[i] = (float) rng.nextGaussian();
        return x;
    }

    private static final float[] SPECIAL = {Float.NaN, Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY, 0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE,
        1e-39f, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 88.8f, -103.5f, 9.02f};

    /** Ordinary numbers with one special among four. */
    private static float[] special(Random rng, int n) {
        float[] x = normal(rng, n);
        for (int i = 0; i < n; i++) if (rng.nextInt(4) == 0) x[i] = SPECIAL[rng.nextInt(SPECIAL.length)];
        return x;
    }

    private static double[] doubles(float[] x) { return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray(); }

    /** Down to the sign of zero; which NaN it is does not count. */
    private static void assertSameBits(float[] expected, float[] actual, String where) {
        assertEquals(expected.length, actual.length, where);
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                assertEquals(expected[i], actual[i], where + ", element " + i);
            }
        }
    }
}
