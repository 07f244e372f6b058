package grad.kernel;

import REPL.$Cancel$;

/**
 * Ends what runs for a request: asks each thread first, then stops it, and at last leaves it behind. Up to Java 19 a thread that ignores its
 * interrupt is stopped with {@code Thread.stop}; from 20 on JShell has woven a check into every loop of the cell's code, which
 * {@link $Cancel$} makes throw, once in each thread. A stop is said twice: Java 17 loses about one in a thousand, and a cell may have caught the first.
 */
final class Interrupt {
    private static final boolean WOVEN_CHECKS = Runtime.version().feature() >= 20;
    private static final int STOPS = 2;

    private final Request request;

    private Interrupt(Request request) {
        this.request = request;
    }

    /** Interrupts a request unless it has been answered. Returns at once. */
    static void deliver(Request request) {
        CellThread innermost = request.interrupt();
        if (innermost == null) return;
        Thread watch = new Thread(() -> new Interrupt(request).insist(innermost), "interrupt");
        watch.setDaemon(true);
        watch.start();
    }

    private void insist(CellThread innermost) {
        try {
            for (CellThread cell = innermost; cell != null; cell = cell.outer) insistOn(cell);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void insistOn(CellThread cell) throws InterruptedException {
        cell.thread.interrupt();
        for (int i = 0; i < STOPS && !cell.endsSoon(); i++)
            if (cell.ofCell) stop(cell);
            else cell.end();
        if (!cell.endsSoon()) leave(cell);
    }

    /** Only while it runs: the request waits, lest the stop meet the next one. */
    @SuppressWarnings({"deprecation", "removal"})
    private void stop(CellThread cell) {
        synchronized (request) {
            if (cell.ended()) return;
            if (!WOVEN_CHECKS) {
                cell.thread.stop();
                return;
            }
            $Cancel$.stop();
            cell.thread.interrupt(); // one that sleeps has to wake up to meet a check
        }
    }

    private void leave(CellThread cell) {
        synchronized (request) {
            if (cell.ended()) return;
            request.abandon();
            cell.end();
        }
    }
}
