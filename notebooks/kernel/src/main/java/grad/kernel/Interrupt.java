package grad.kernel;

import REPL.$Cancel$;

/**
 * Ends what runs for a request: asks each thread first, then stops it, and at last leaves it behind. Up to Java 19 a thread that ignores
 * its interrupt is stopped with {@code Thread.stop}; from 20 on JShell has woven a check into every loop of the cell's code, which
 * {@link $Cancel$} makes throw, once in each thread. A stop is said twice: Java 17 loses about one in a thousand, and a cell may have
 * caught the first.
 */
final class Interrupt {
    private static final boolean WOVEN_CHECKS = Runtime.version().feature() >= 20;
    private static final int STOPS = 2;

    private Interrupt() { }

    /** Interrupts a request unless it has been answered. Returns at once. */
    static void deliver(Request request) {
        CellThread innermost = request.interrupt();
        if (innermost == null) return;
        Thread watch = new Thread(() -> insist(request, innermost), "interrupt");
        watch.setDaemon(true);
        watch.start();
    }

    private static void insist(Request request, CellThread innermost) {
        try {
            for (CellThread cell = innermost; cell != null; cell = cell.outer) {
                cell.interrupt();
                for (int i = 0; i < STOPS && !cell.endsSoon(); i++) stop(request, cell);
                if (!cell.endsSoon()) leave(request, cell);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only while it runs: the request cannot end meanwhile, lest the stop meet the next one. */
    @SuppressWarnings({"deprecation", "removal"})
    private static void stop(Request request, CellThread cell) {
        synchronized (request) {
            if (cell.ended()) return;
            if (!cell.ofCell) cell.end();
            else if (!WOVEN_CHECKS) cell.stop();
            else {
                $Cancel$.stop();
                cell.interrupt(); // one that sleeps has to wake up to meet a check
            }
        }
    }

    private static void leave(Request request, CellThread cell) {
        synchronized (request) {
            if (cell.ended()) return;
            request.abandon();
            cell.end();
        }
    }
}
