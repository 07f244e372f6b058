package grad.kernel;

import REPL.$Cancel$;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jshell.execution.LocalExecutionControl;

/**
 * Runs a cell's code in this process, on a thread with a big stack that can be interrupted, and keeps its live result.
 * Up to Java 19 a thread that ignores its interrupt is stopped with {@code Thread.stop}; from 20 on the base class has woven a
 * check into every loop of the cell's code, and {@code super.stop()} makes those checks ({@link $Cancel$}) throw, once in each thread.
 * A stop is said twice: Java 17 loses about one in a thousand, and a cell may have caught the first.
 */
final class CellControl extends LocalExecutionControl {
    private static final boolean WOVEN_CHECKS = Runtime.version().feature() >= 20;
    private static final long STACK = 256L << 20;
    private static final long GRACE_MS = 700;
    private static final int STOPS = 2;
    private static final int MEMORY_RESERVE = 24 << 20;
    private static final int MOST_CAUSES = 1_000; // they may go round in a circle

    private volatile Run current;
    private volatile boolean interrupted;
    private volatile boolean abandoned;
    private boolean checksReset;
    private volatile byte[] reserve = new byte[MEMORY_RESERVE]; // given up when a cell leaves the memory full, so that the kernel can still answer
    private Object value;

    /** One piece of work on its own thread. */
    private final class Run {
        final CountDownLatch done = new CountDownLatch(1);
        final Callable<?> work;
        final Thread thread;
        Object result;
        Throwable failure;

        Run(Callable<?> work, ClassLoader loader) {
            this.work = work;
            thread = new Thread(null, this::run, "cell", STACK);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
        }

        private void run() {
            try {
                result = work.call();
            } catch (Throwable e) {
                failure = e;
            } finally {
                done.countDown();
            }
        }

        boolean ended() throws InterruptedException {
            return done.await(GRACE_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(withoutExit(classes));
    }

    @Override public void redefine(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.redefine(withoutExit(classes));
    }

    private static ClassBytecodes[] withoutExit(ClassBytecodes[] classes) {
        return Stream.of(classes).map(loaded -> new ClassBytecodes(loaded.name(), NoExit.in(loaded.bytecodes()))).toArray(ClassBytecodes[]::new);
    }

    /** Prepares for a new cell: an interrupt meant for the last one is forgotten. */
    void begin() throws Exception {
        interrupted = false;
        abandoned = false;
        if (WOVEN_CHECKS && !checksReset) super.invoke(Thread.class.getMethod("onSpinWait")); // any call makes the checks pass again
        checksReset = true;
        if (reserve == null) reserve = newReserve();
    }

    /** Gives up the reserve, until the next cell begins. */
    private void makeRoom() {
        reserve = null;
    }

    /** At least so many bytes; what nobody uses any more counts only once it has been collected. */
    private static long freeMemory() {
        Runtime memory = Runtime.getRuntime();
        return memory.maxMemory() - memory.totalMemory() + memory.freeMemory();
    }

    /** Null while the memory is still as full as a cell has left it. */
    private static byte[] newReserve() {
        System.gc();
        return freeMemory() > 3L * MEMORY_RESERVE ? new byte[MEMORY_RESERVE] : null;
    }

    /** Runs work as part of the cell and returns its result; work that calls back into the shell stays on its thread. */
    <T> T call(Callable<T> work, ClassLoader loader) throws Throwable {
        Run outer = current;
        if (outer != null && outer.thread == Thread.currentThread()) return work.call();
        Run run = new Run(work, loader);
        current = run;
        try {
            checkInterrupt(); // whoever interrupts from here on finds the run
            run.thread.start();
            run.done.await();
        } finally {
            current = outer;
        }
        if (run.failure instanceof OutOfMemoryError || freeMemory() < MEMORY_RESERVE) makeRoom();
        checkInterrupt();
        if (run.failure != null) throw run.failure;
        @SuppressWarnings("unchecked") T result = (T) run.result;
        return result;
    }

    @Override protected String invoke(Method snippet) throws Exception {
        value = null;
        try {
            value = call(() -> snippet.invoke(null), snippet.getDeclaringClass().getClassLoader());
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new InvocationTargetException(e);
        }
        return ""; // callers take the live value: its text may be long, or never end
    }

    /** What the cell threw may run code of the cell's when it is asked for its message, so that is done as part of the cell. */
    @Override protected String throwConvertedInvocationException(Throwable thrown) throws RunException, InternalException {
        if (thrown instanceof OutOfMemoryError) makeRoom();
        try {
            return call(() -> convert(thrown), Thread.currentThread().getContextClassLoader());
        } catch (RunException | InternalException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private String convert(Throwable thrown) throws RunException, InternalException {
        Throwable cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) cause = cause.getCause();
        if (cause == null) return super.throwConvertedInvocationException(thrown);
        throw new UserException(thrown.getMessage() + " (its causes are without end)", thrown.getClass().getName(), thrown.getStackTrace());
    }

    /** The object the last snippet ended in. */
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    void checkInterrupt() {
        if (abandoned)
            throw new CellInterrupted("the cell ignores its interrupt and goes on in the background: restart the kernel to end it");
        if (interrupted) throw new CellInterrupted("interrupted");
    }

    /** Ends the running cell: asks first, then stops it, and at last leaves its thread behind. Returns at once. */
    void interrupt() {
        interrupted = true;
        Run run = current;
        if (run == null) return;
        run.thread.interrupt();
        Thread watch = new Thread(() -> insist(run), "interrupt");
        watch.setDaemon(true);
        watch.start();
    }

    private void insist(Run run) {
        try {
            for (int i = 0; i < STOPS; i++) {
                if (run.ended()) return;
                halt(run.thread);
            }
            if (run.ended()) return;
        } catch (Exception e) {
            System.err.println("interrupt: " + e);
        }
        abandoned = true;
        run.done.countDown();
    }

    @SuppressWarnings({"deprecation", "removal"})
    private void halt(Thread thread) throws Exception {
        if (!WOVEN_CHECKS) {
            thread.stop();
            return;
        }
        checksReset = false;
        $Cancel$.stops++;
        clientCodeEnter(); // an inner eval may have left already, and then the base class would do nothing
        super.stop();
        thread.interrupt(); // one that sleeps has to wake up to meet a check
    }
}
