package grad.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread with a big stack for one piece of work; the shell's thread waits until it has ended, or leaves it behind. */
final class CellThread extends Thread {
    private static final long STACK = 256L << 20;
    private static final long GRACE_MS = 700;

    final CellThread outer; // waits for this one; or null
    final boolean ofCell; // runs code of the cell's, which can be stopped; the kernel's own never is
    final Inbox inbox = new Inbox();
    private final Runnable work;
    private final Inbox shell;
    private final CountDownLatch ended = new CountDownLatch(1);

    CellThread(CellThread outer, boolean ofCell, Runnable work, ClassLoader loader, Inbox shell) {
        super(null, null, "cell", STACK);
        this.outer = outer;
        this.ofCell = ofCell;
        this.work = work;
        this.shell = shell;
        setDaemon(true);
        setContextClassLoader(loader);
    }

    @Override public void run() {
        try {
            work.run();
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
