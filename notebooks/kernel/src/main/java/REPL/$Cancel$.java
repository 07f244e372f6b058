package REPL;

/**
 * The check that JShell, from Java 20 on, weaves into every loop and method of a cell. JShell would make a class of this name itself,
 * whose check throws again and again while it is set, so that a cell's own {@code finally} and {@code close()} could not run; being
 * here, on the class path, this one is found first. It stops a thread once, as {@code Thread.stop} did.
 */
public final class $Cancel$ {
    /** Set and unset by JShell. */
    public static volatile boolean allStop;

    /** How often cells have been stopped, so that a thread can tell a new stop from one it has met. */
    public static volatile int stops;

    private static final ThreadLocal<Integer> met = ThreadLocal.withInitial(() -> 0);

    private $Cancel$() {
    }

    /** Called by a cell's code at the start of each method and before each jump back. */
    @SuppressWarnings("removal")
    public static void stopCheck() {
        if (allStop && met.get() != stops) {
            met.set(stops);
            throw new ThreadDeath();
        }
    }
}
