package grad.kernel;

import REPL.$Cancel$;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A request while the shell's thread answers it: what it asks, what is evaluated and runs for it, and whether it has been interrupted.
 * All that changes meanwhile stands here, and is the shell's thread's alone but for {@link #interrupt} and {@link #abandon}; the next request begins afresh.
 */
final class Request {
    final Message message; // the parent of what is sent for it; null before anybody has asked
    final Deque<Path> loading = new ArrayDeque<>(); // files, the innermost first
    Source evaluating; // the snippet, or null
    Object value; // that the last snippet ended in
    CellError failure; // of the last snippet
    volatile CellThread running; // the innermost thread, or null
    private boolean over;
    private volatile boolean interrupted;
    private volatile boolean abandoned;

    Request(Message message) {
        this.message = message;
    }

    String code() {
        return Json.text(message.content(), "code", "");
    }

    /** Whether nothing of the cell is shown. */
    boolean silent() {
        return Json.flag(message.content(), "silent", false);
    }

    /** Whether the cell is counted, and kept in the history. */
    boolean stored() {
        return !silent() && Json.flag(message.content(), "store_history", true);
    }

    /** Notes that it has been answered: an interrupt that comes now is too late, and a stop that was meant for it is over. */
    synchronized void end() {
        over = true;
        $Cancel$.pass();
    }

    /** Notes that it is to end; returns what runs for it, or null. */
    synchronized CellThread interrupt() {
        if (over) return null;
        interrupted = true;
        return running;
    }

    /** Notes that what runs for it ignores its interrupt, and is left behind. */
    void abandon() {
        abandoned = true;
    }

    void checkInterrupt() {
        if (abandoned)
            throw new CellInterrupted("the cell ignores its interrupt and goes on in the background: restart the kernel to end it");
        if (interrupted) throw new CellInterrupted("interrupted");
    }
}
