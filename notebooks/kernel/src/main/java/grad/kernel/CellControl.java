package grad.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs a cell's code in this process, on a thread of its own, and keeps its live result. The shell belongs to the thread that answers
 * requests; it waits here while a cell runs, and the cell's thread waits while the shell does something for it.
 */
final class CellControl extends LocalExecutionControl implements ExecutionControlProvider {
    private static final long LOOK_UP_MS = 500;
    private static final int MOST_FAILURES_OF_FAILURES = 3;

    private final Function<Throwable, CellError> describe;
    private final Consumer<Set<String>> onLoad;
    private final Inbox shell = new Inbox();
    private final MemoryReserve reserve = new MemoryReserve();
    private volatile Request request = new Request(null);
    private volatile boolean started;

    /** Failures of cells are described by the one, the names of classes that cells are made of go to the other. */
    CellControl(Function<Throwable, CellError> describe, Consumer<Set<String>> onLoad) {
        this.describe = describe;
        this.onLoad = onLoad;
        request.end();
    }

    /** JShell is up: what is evaluated from now on is a cell's. */
    void started() {
        started = true;
    }

    /** A request begins: interrupts are for it from now on. */
    Request begin(Message message) {
        request = new Request(message);
        reserve.renew();
        return request;
    }

    /** The request that is being answered, or was answered last. */
    Request request() {
        return request;
    }

    @Override public String name() {
        return "cell";
    }

    @Override public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return this;
    }

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(Stream.of(classes).map(loaded -> new ClassBytecodes(loaded.name(), NoExit.in(loaded.bytecodes())))
                .toArray(ClassBytecodes[]::new));
        onLoad.accept(Stream.of(classes).map(ClassBytecodes::name).collect(Collectors.toSet()));
    }

    /** Runs code of the cell's and returns its result; what the running cell has evaluated runs on the cell's own thread. */
    <T> T call(Callable<T> code, ClassLoader loader) throws Exception {
        CellThread running = request.running;
        if (running == null || !running.ofCell) return onNewThread(code, true, loader);
        Inbox.Task<T> task = running.inbox.ask(code, shell::wake);
        shell.serveUntil(() -> task.done() || running.ended());
        return result(task, request);
    }

    /** Does work of the kernel's so that it can be interrupted: if it is slow to heed that it is left behind, never stopped. */
    <T> T find(Callable<T> work) throws Exception {
        return onNewThread(work, false, Thread.currentThread().getContextClassLoader());
    }

    private <T> T onNewThread(Callable<T> work, boolean ofCell, ClassLoader loader) throws Exception {
        Request asking = request;
        Inbox.Task<T> task = new Inbox().ask(work, shell::wake);
        CellThread cell = new CellThread(asking.running, ofCell, task, loader, shell);
        asking.running = cell;
        try {
            asking.checkInterrupt(); // whoever interrupts from here on finds the thread
            cell.start();
            shell.serveUntil(cell::ended);
        } finally {
            asking.running = cell.outer;
        }
        return result(task, asking);
    }

    private <T> T result(Inbox.Task<T> task, Request asking) throws Exception {
        try {
            asking.checkInterrupt();
            return task.get();
        } catch (OutOfMemoryError e) {
            reserve.giveUp();
            throw e;
        } finally {
            reserve.giveUpIfFull();
        }
    }

    /** Has the shell's thread do something for the cell whose thread calls this; nobody else may ask. */
    <T> T ask(Callable<T> work) throws Exception {
        CellThread asker = request.running;
        if (asker == null || asker != Thread.currentThread())
            throw new IllegalStateException("eval is for the cell that runs, on the cell's own thread: this is another one, "
                    + "and the shell does one thing at a time");
        request.checkInterrupt();
        Inbox.Task<T> task = shell.ask(() -> {
            if (request.running != asker) throw new CellInterrupted("interrupted");
            return work.call();
        }, asker.inbox::wake);
        asker.inbox.serveUntil(task::done);
        return task.get();
    }

    /** Has the shell's thread look something up while it waits for the cell; gives up when it is at work itself. */
    void lookUp(Runnable work) {
        if (request.running == null) return;
        CountDownLatch done = new CountDownLatch(1);
        shell.ask(Executors.callable(work), done::countDown);
        try {
            done.await(LOOK_UP_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override protected String invoke(Method snippet) throws Exception {
        if (!started) return String.valueOf(snippet.invoke(null)); // on the thread that starts it: the shell's may wait for a magic
        Request asking = request;
        asking.value = null;
        try {
            asking.value = call(() -> snippet.invoke(null), snippet.getDeclaringClass().getClassLoader());
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
        if (thrown instanceof OutOfMemoryError) reserve.giveUp();
        request.failure = describe(thrown, MOST_FAILURES_OF_FAILURES);
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
}
