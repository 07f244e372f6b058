package REPL;

/**
 * The check that JShell, from Java 20 on, weaves into every loop and method of a cell. JShell would make a class of this name itself,
 * whose check throws again and again while it is set, so that a cell's own {@code finally} and {@code close()} could not run; being
 * here, on the class path, this one is found first. It stops a thread once, as {@code Thread.stop} did.
 */
public final class $Cancel$ {
    private static volatile boolean stopping;
    private static volatile int stops; // so that a thread can tell a new stop from one it has met

    private static final ThreadLocal<Integer> met = ThreadLocal.withInitial(() -> 0);

    private $Cancel$() { }

    /** Makes the checks throw, once in each thread. */
    public static synchronized void stop() {
        stops++;
        stopping = true;
    }

    /** Makes the checks pass again. */
    public static void pass() {
        stopping = false;
    }

    /** Called by a cell's code at the start of each method and before each jump back. */
    @SuppressWarnings("removal")
    public static void stopCheck() {
        if (stopping && met.get() != stops) {
            met.set(stops);
            throw new ThreadDeath();
        }
    }
}
