package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/** Gathers what cells print: one message per 50 ms or 16 kB, since thousands of small ones drown the front end. */
final class Output {
    private static final int GATHER_MS = 50;
    private static final int GATHER_BYTES = 16 << 10;
    private static final int BYTES_PER_TURN = 2 << 20; // above it the printing cell waits: an endless loop must not fill the memory
    private static final int MOST_WAITING = 64; // messages that no front end has fetched

    private final BiConsumer<String, String> send;
    private final IntSupplier waiting;
    private final Traces traces;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "output");
        thread.setDaemon(true);
        return thread;
    });
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private String stream = "stdout";
    private Future<?> next; // turn; asked whether it is done, because a cell may be stopped in the middle of scheduling one
    private int sentThisTurn;
    private int turns;

    /** Hands each gathered piece on as (stream name, text), while not too many are still waiting to be fetched. */
    Output(BiConsumer<String, String> send, IntSupplier waiting, Traces traces) {
        this.send = send;
        this.waiting = waiting;
        this.traces = traces;
    }

    PrintStream stream(String name) {
        return new PrintStream(new OutputStream() {
            @Override public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override public void write(byte[] bytes, int offset, int length) {
                gather(name, bytes, offset, length);
            }
        }, false, UTF_8) {
            @Override public void println(Object x) {
                traces.print(x, this);
            }

            @Override public void close() { // a cell may close what it was given; the next one prints again
                flush();
            }
        };
    }

    private synchronized void gather(String name, byte[] bytes, int offset, int length) {
        if (!name.equals(stream)) flush();
        stream = name;
        gathered.write(bytes, offset, length);
        schedule();
        if (gathered.size() >= GATHER_BYTES) send(wholeCharacters());
        awaitTurn();
    }

    /** Counts a message that is sent without being gathered, such as a picture, and keeps its cell to the same pace. */
    synchronized void count(int bytes) {
        sentThisTurn += Math.max(bytes, GATHER_BYTES);
        schedule();
        awaitTurn();
    }

    private void schedule() {
        if (!scheduled()) next = timer.schedule(this::turn, GATHER_MS, TimeUnit.MILLISECONDS);
    }

    /** A cell that was interrupted waits too, for one turn, or would print the faster until it is stopped. */
    private void awaitTurn() {
        boolean interrupted = false;
        int begun = turns;
        while (sentThisTurn > BYTES_PER_TURN && scheduled() && !(interrupted && turns > begun)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private boolean scheduled() {
        return next != null && !next.isDone();
    }

    private synchronized void turn() {
        next = null;
        turns++;
        send(wholeCharacters());
        boolean full = waiting.getAsInt() > MOST_WAITING;
        sentThisTurn = full ? BYTES_PER_TURN + 1 : 0;
        if (full) schedule();
        notifyAll();
    }

    /** Sends everything gathered so far. */
    synchronized void flush() {
        send(gathered.size());
    }

    private void send(int length) {
        if (length == 0) return;
        byte[] bytes = gathered.toByteArray();
        gathered.reset();
        gathered.write(bytes, length, bytes.length - length);
        sentThisTurn += length;
        send.accept(stream, new String(bytes, 0, length, UTF_8));
    }

    /** The length without a character of which only the first bytes have come. */
    private int wholeCharacters() {
        byte[] bytes = gathered.toByteArray();
        int start = bytes.length;
        while (start > 0 && bytes.length - start < 3 && (bytes[start - 1] & 0xC0) == 0x80) start--;
        if (start == 0) return bytes.length;
        int lead = bytes[start - 1] & 0xFF;
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return bytes.length - start + 1 < needed ? start - 1 : bytes.length;
    }
}
