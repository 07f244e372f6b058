package grad.kernel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/** What one thread has been asked to do by another that waits for it: two threads with an inbox each work by turns, and never at once. */
final class Inbox {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    /** Work for the thread of this inbox, and what came of it. */
    static final class Task<T> implements Runnable {
        private final Callable<T> work;
        private final Runnable afterwards;
        private T result;
        private Throwable failure;
        private volatile boolean done;

        private Task(Callable<T> work, Runnable afterwards) {
            this.work = work;
            this.afterwards = afterwards;
        }

        @Override public void run() {
            try {
                result = work.call();
            } catch (Throwable e) {
                failure = e;
            } finally {
                done = true;
                afterwards.run();
            }
        }

        boolean done() {
            return done;
        }

        T get() throws Exception {
            if (failure != null) Task.<Exception>rethrow(failure);
            return result;
        }

        /** As it came: a cell may throw what is neither an Exception nor an Error. */
        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void rethrow(Throwable failure) throws E {
            throw (E) failure;
        }
    }

    /** Asks for work to be done, and for whoever waits for it to be told afterwards. */
    <T> Task<T> ask(Callable<T> work, Runnable afterwards) {
        Task<T> task = new Task<>(work, afterwards);
        tasks.add(task);
        return task;
    }

    /** Has the thread look whether it is time to go on. */
    void wake() {
        tasks.add(() -> { });
    }

    /** Does what is asked until it is time to go on; an interrupt is kept for later. */
    void serveUntil(BooleanSupplier over) {
        boolean interrupted = false;
        while (!over.getAsBoolean()) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
