package grad.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** The kernel as a process: its streams, what cells may call, and its end. */
public final class Main {
    private static final int HOOKS_MS = 2_000;

    /** Makes the threads of the common pool: they see the classes that cells see, where the JDK's own would see only the kernel's. */
    public static final class CommonPool implements ForkJoinPool.ForkJoinWorkerThreadFactory {
        @Override public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return new ForkJoinWorkerThread(pool) { };
        }
    }

    private Main() { }

    /** Runs a kernel for this connection file until it is told to shut down. */
    static void run(String connectionFile) throws IOException, InterruptedException {
        System.setProperty("java.util.concurrent.ForkJoinPool.common.threadFactory", CommonPool.class.getName());
        Kernel kernel = new Kernel(Connection.read(Path.of(connectionFile)), Notebook.class);
        Notebook.bind(kernel);
        kernel.takeStreams();
        endWithParent(kernel);
        kernel.open();
        kernel.awaitShutdown();
        Thread hooks = new Thread(Main::haltAfterGrace, "halt");
        hooks.setDaemon(true);
        hooks.start();
        System.exit(0);
    }

    /** Hooks that a cell has left for the end may take a moment, but not for ever. */
    private static void haltAfterGrace() {
        try {
            Thread.sleep(HOOKS_MS);
        } catch (InterruptedException e) {
            // then at once
        }
        Runtime.getRuntime().halt(0);
    }

    /** Jupyter says who started us; when that process is gone, nobody can reach this one any more. */
    private static void endWithParent(Kernel kernel) {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent == null) return;
        ProcessHandle.of(Long.parseLong(parent)).ifPresent(process -> process.onExit().thenRun(kernel::shutdown));
    }
}
