package grad.kernel;

import REPL.$Cancel$;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs a cell's code in this process, on a thread with a big stack that can be interrupted, and keeps its live result. The shell belongs to
 * the thread that answers requests; it waits here while a cell runs, and the cell's thread waits while the shell does something for it.
 * Up to Java 19 a thread that ignores its interrupt is stopped with {@code Thread.stop}; from 20 on the base class has woven a check
 * into every loop of the cell's code, which {@link $Cancel$} makes throw, once in each thread.
 * A stop is said twice: Java 17 loses about one in a thousand, and a cell may have caught the first.
 */
final class CellControl extends LocalExecutionControl {
    private static final boolean WOVEN_CHECKS = Runtime.version().feature() >= 20;
    private static final long STACK = 256L << 20;
    private static final long GRACE_MS = 700;
    private static final long LOOK_UP_MS = 500;
    private static final int STOPS = 2;
    private static final int MOST_FAILURES_OF_FAILURES = 3;
    private static final int MEMORY_RESERVE = 24 << 20;

    private final Function<Throwable, CellError> describe;
    private final Consumer<Set<String>> onLoad;
    private final Inbox shell = new Inbox();
    private volatile Run current;
    private boolean busy; // with a request: an interrupt belongs to it
    private volatile boolean interrupted;
    private volatile boolean abandoned;
    private volatile byte[] reserve = new byte[MEMORY_RESERVE]; // given up when a cell leaves the memory full, so that the kernel can still answer
    private Object value;
    private CellError failure;

    /** Failures of cells are described by the one, the names of classes that cells are made of go to the other. */
    CellControl(Function<Throwable, CellError> describe, Consumer<Set<String>> onLoad) {
        this.describe = describe;
        this.onLoad = onLoad;
    }

    /** One piece of work on a thread of its own. */
    private final class Run {
        final Run outer = current;
        final Inbox inbox = new Inbox();
        final CountDownLatch ended = new CountDownLatch(1);
        final boolean ofCell;
        final Thread thread;

        Run(boolean ofCell, Inbox.Task<?> first, ClassLoader loader) {
            this.ofCell = ofCell;
            thread = new Thread(null, () -> run(first), "cell", STACK);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
        }

        private void run(Inbox.Task<?> first) {
            try {
                first.run();
            } finally {
                end();
            }
        }

        /** Lets the shell go on without it. */
        void end() {
            ended.countDown();
            shell.wake();
        }

        boolean ended() {
            return ended.getCount() == 0;
        }

        boolean endsSoon() throws InterruptedException {
            return ended.await(GRACE_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(Stream.of(classes).map(loaded -> new ClassBytecodes(loaded.name(), NoExit.in(loaded.bytecodes()))).toArray(ClassBytecodes[]::new));
        onLoad.accept(Stream.of(classes).map(ClassBytecodes::name).collect(Collectors.toSet()));
    }

    /** A request begins: interrupts are for it from now on. */
    synchronized void begin() {
        busy = true;
        if (reserve == null) reserve = newReserve();
    }

    /** The request ends, and what was meant for it with it. */
    synchronized void end() {
        busy = false;
        interrupted = false;
        abandoned = false;
        $Cancel$.pass();
    }

    /** Gives up the reserve, until the next request begins. */
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

    /** Runs code of the cell's and returns its result; what the running cell has evaluated runs on the cell's own thread. */
    <T> T call(Callable<T> code, ClassLoader loader) throws Throwable {
        Run running = current;
        if (running == null || !running.ofCell) return onNewThread(code, true, loader);
        Inbox.Task<T> task = running.inbox.ask(code, shell::wake);
        shell.serveUntil(() -> task.done() || running.ended());
        return result(task);
    }

    /** Does work of the kernel's as cells run, so that it can be interrupted: if it is slow to heed that it is left behind, never stopped. */
    <T> T find(Callable<T> work) throws Throwable {
        return onNewThread(work, false, Thread.currentThread().getContextClassLoader());
    }

    private <T> T onNewThread(Callable<T> work, boolean ofCell, ClassLoader loader) throws Throwable {
        Inbox.Task<T> task = new Inbox().ask(work, shell::wake);
        Run run = new Run(ofCell, task, loader);
        current = run;
        try {
            checkInterrupt(); // whoever interrupts from here on finds the run
            run.thread.start();
            shell.serveUntil(run::ended);
        } finally {
            current = run.outer;
        }
        return result(task);
    }

    private <T> T result(Inbox.Task<T> task) throws Throwable {
        try {
            checkInterrupt();
            return task.get();
        } catch (OutOfMemoryError e) {
            makeRoom();
            throw e;
        } finally {
            if (freeMemory() < MEMORY_RESERVE) makeRoom();
        }
    }

    /** Has the shell's thread do something for the cell whose thread calls this; nobody else may ask. */
    <T> T ask(Callable<T> work) throws Throwable {
        Run asker = current;
        if (asker == null || asker.thread != Thread.currentThread())
            throw new IllegalStateException("eval is for the cell that runs, on the cell's own thread: this is another one, "
                    + "and the shell does one thing at a time");
        checkInterrupt();
        Inbox.Task<T> task = shell.ask(() -> {
            if (current != asker) throw new CellInterrupted("interrupted");
            return work.call();
        }, asker.inbox::wake);
        asker.inbox.serveUntil(task::done);
        return task.get();
    }

    /** Has the shell's thread look something up while it waits for the cell; gives up when it is at work itself. */
    void lookUp(Runnable work) {
        if (current == null) return;
        CountDownLatch done = new CountDownLatch(1);
        shell.ask(() -> {
            work.run();
            return null;
        }, done::countDown);
        try {
            done.await(LOOK_UP_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        if (thrown instanceof SPIResolutionException) return super.throwConvertedInvocationException(thrown);
        if (thrown instanceof OutOfMemoryError) makeRoom();
        failure = describe(thrown, MOST_FAILURES_OF_FAILURES);
        throw new UserException("", thrown.getClass().getName(), new StackTraceElement[0]);
    }

    private CellError describe(Throwable thrown, int tries) {
        if (tries == 0) return new CellError(PlainText.plain(thrown.getClass().getName()), "its message cannot be had");
        try {
            return call(() -> describe.apply(thrown), thrown.getClass().getClassLoader());
        } catch (Throwable e) {
            return e instanceof CellInterrupted ? null : describe(e, tries - 1);
        }
    }

    /** The object the last snippet ended in. */
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** What the last snippet failed with. */
    CellError failure() {
        return failure;
    }

    void checkInterrupt() {
        if (abandoned)
            throw new CellInterrupted("the cell ignores its interrupt and goes on in the background: restart the kernel to end it");
        if (interrupted) throw new CellInterrupted("interrupted");
    }

    /** Ends what runs for the present request: asks first, then stops it, and at last leaves its thread behind. Returns at once. */
    synchronized void interrupt() {
        if (!busy) return;
        interrupted = true;
        Run run = current;
        if (run == null) return;
        Thread watch = new Thread(() -> insist(run), "interrupt");
        watch.setDaemon(true);
        watch.start();
    }

    private void insist(Run innermost) {
        try {
            for (Run run = innermost; run != null; run = run.outer) insistOn(run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void insistOn(Run run) throws InterruptedException {
        run.thread.interrupt();
        for (int i = 0; i < STOPS && !run.endsSoon(); i++)
            if (run.ofCell) stop(run);
            else run.end();
        if (!run.endsSoon()) leave(run);
    }

    /** Only while it runs: a moment later the stop would meet the next one. */
    @SuppressWarnings({"deprecation", "removal"})
    private synchronized void stop(Run run) {
        if (run.ended()) return;
        if (!WOVEN_CHECKS) {
            run.thread.stop();
            return;
        }
        $Cancel$.stop();
        run.thread.interrupt(); // one that sleeps has to wake up to meet a check
    }

    private synchronized void leave(Run run) {
        if (run.ended()) return;
        abandoned = true;
        run.end();
    }
}
