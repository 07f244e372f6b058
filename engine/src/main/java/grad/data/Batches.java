package grad.data;

import grad.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Images cut into batches, epoch after epoch: {@code for (Batch batch : batches.epoch(k)) …}.
 *
 * <p>The order of an epoch depends on the seed and the epoch's number alone, whichever thread asks and whatever was asked before. The last
 * batch is smaller when the batch size does not divide the number of images. Every batch has arrays of its own, unless
 * {@link #reusingArrays} was asked for.
 */
public final class Batches {
    private final Images images;
    private final int batchSize;
    private final boolean shuffled;
    private final long seed;
    private final int used;
    private final boolean reuse;

    private Batches(Images images, int batchSize, boolean shuffled, long seed, int used, boolean reuse) {
        if (batchSize < 1) throw new IllegalArgumentException("Batches: batch size must be 1 or more, got " + batchSize);
        this.images = images;
        this.batchSize = batchSize;
        this.shuffled = shuffled;
        this.seed = seed;
        this.used = used;
        this.reuse = reuse;
    }

    /** All images in a new order every epoch, for training. Epoch k is the permutation that {@code Rng(Rng(seed).nextLong() + k)} gives. */
    public static Batches shuffled(Images images, int batchSize, long seed) {
        return new Batches(images, batchSize, true, seed, images.size(), false);
    }

    /** All images in the order they have, for testing: every epoch is the same. */
    public static Batches inOrder(Images images, int batchSize) {
        return new Batches(images, batchSize, false, 0, images.size(), false);
    }

    /**
     * Batches of the rows 0 … n − 1 in a new order every epoch, for tables of any kind:
     * {@code for (int[] rows : Batches.rows(n, 32, seed, k)) loss(x.rows(rows), y.rows(rows))}. Images are shuffled in the same order.
     */
    public static List<int[]> rows(int n, int batchSize, long seed, int epoch) {
        if (n < 1 || batchSize < 1) {
            throw new IllegalArgumentException("rows: needs at least 1 row and 1 in a batch, got " + n + " and " + batchSize);
        }
        int[] order = order(n, seed, epoch);
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < n; from += batchSize) batches.add(Arrays.copyOfRange(order, from, Math.min(n, from + batchSize)));
        return batches;
    }

    private static int[] order(int n, long seed, int epoch) {
        if (epoch < 0) throw new IllegalArgumentException("epoch: must be 0 or more, got " + epoch);
        return new Rng(new Rng(seed).nextLong() + epoch).permutation(n);
    }

    /** The same, without the smaller last batch. */
    public Batches droppingLast() {
        int whole = images.size() / batchSize * batchSize;
        if (whole == 0) {
            throw new IllegalArgumentException("droppingLast: batch size " + batchSize
                    + " is more than the " + images.size() + " images, no batch is left");
        }
        return new Batches(images, batchSize, shuffled, seed, whole, reuse);
    }

    /**
     * The same, but every batch of an epoch overwrites the arrays of the one before: faster for large batches, but neither they nor their
     * tensors may be kept.
     */
    public Batches reusingArrays() { return new Batches(images, batchSize, shuffled, seed, used, true); }

    /** Batches per epoch. */
    public int count() { return (used - 1) / batchSize + 1; }

    /** The batches of epoch {@code k} (0, 1, …), copied out one by one as the loop asks for them. */
    public Iterable<Batch> epoch(int k) {
        if (k < 0) throw new IllegalArgumentException("epoch: must be 0 or more, got " + k);
        int[] order = shuffled ? order(images.size(), seed, k) : null;
        return () -> new Epoch(order);
    }

    private final class Epoch implements Iterator<Batch> {
        private final int[] order;        // null: as they are
        private int next;
        private Batch batch;

        Epoch(int[] order) { this.order = order; }

        @Override public boolean hasNext() { return next < used; }

        @Override public Batch next() {
            if (!hasNext()) throw new NoSuchElementException("the epoch is over");
            int size = Math.min(batchSize, used - next);
            int d = images.features();
            if (batch == null || !reuse || batch.size() != size) batch = new Batch(new float[Math.multiplyExact(size, d)], new int[size]);
            for (int i = 0; i < size; i++, next++) {
                int row = order == null ? next : order[next];
                System.arraycopy(images.pixels(), row * d, batch.x(), i * d, d);
                batch.y()[i] = images.labels()[row];
            }
            return batch;
        }
    }

    @Override public String toString() { return "Batches(" + count() + " of " + batchSize + " from " + images + ")"; }
}
