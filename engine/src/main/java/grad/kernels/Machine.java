package grad.kernels;

import java.lang.System.Logger.Level;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** What this machine and this Java offer, and what was set for them. A build for another platform needs another of this class alone. */
final class Machine {
    /** How many threads a large product may use. */
    static final int THREADS = threads();

    /** Whether there is an instruction for {@link #fma}. Nothing in Java says so; its time does. */
    static final boolean FMA = fmaIsQuick();

    private static final int CALLS = 20;
    private static final int ROUNDS = 5;
    private static final int SLOWER = 10;        // without the instruction it is a thousand times slower

    private Machine() { }

    private static int threads() {
        String wanted = System.getProperty("javagrad.threads");
        if (wanted == null) return Runtime.getRuntime().availableProcessors();
        if (!wanted.matches("[1-9]\\d{0,4}")) {
            throw new ExceptionInInitializerError("javagrad.threads is \"" + wanted + "\"; it is a whole number, 1 or more");
        }
        return Integer.parseInt(wanted);
    }

    /** {@code a · b + c}, rounded once. */
    static float fma(float a, float b, float c) { return Math.fma(a, b, c); }

    /** Times it beside a product and a sum in doubles, in short rounds of which the quickest counts. */
    private static boolean fmaIsQuick() {
        long instruction = Long.MAX_VALUE;
        long doubles = Long.MAX_VALUE;
        float x = 1;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) x = fma(x, 0.3f, 0.7f);
            long between = System.nanoTime();
            for (int i = 0; i < CALLS; i++) x = inDoubles(x, 0.3f, 0.7f);
            instruction = Math.min(instruction, between - start);
            doubles = Math.min(doubles, System.nanoTime() - between);
        }
        return instruction < SLOWER * doubles && x > 0;        // x is used, or the compiler would leave all of this out
    }

    private static float inDoubles(float a, float b, float c) { return (float) ((double) a * b + c); }

    /** Runs a task for each of the parts 0, 1, …, on several threads. */
    static void share(int parts, IntConsumer task) { IntStream.range(0, parts).parallel().forEach(task); }

    /** Why the Vector API is not there, or would be slower than plain loops; empty where it pays. */
    static String whyNoVectors() {
        String compiler = System.getProperty("java.vm.info", "");
        if (!FMA) return ", multiplying and adding in doubles, some five times slower: this machine has no fma instruction";
        if (compiler.contains("emulated-client") || compiler.contains("interpreted")) return ": Java runs without its optimising compiler";
        if (!hasVectors()) return "; java --add-modules jdk.incubator.vector makes a matrix product about ten times faster";
        return "";
    }

    static boolean hasVectors() { return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(); }

    /** The kernels that use the Vector API. By name, so that nothing here needs the incubating module to load. */
    static Kernels vectorKernels() {
        try {
            return (Kernels) Class.forName("grad.kernels.VectorKernels").getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the Vector API kernels are missing from the jar", e);
        }
    }

    /** Quietly, unless something makes everything slower. */
    static void log(boolean slower, String message) { System.getLogger("grad").log(slower ? Level.INFO : Level.DEBUG, message); }
}
