package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    /** Ten images of one pixel: image i is i, its label too. */
    private static final Images TEN = new Images(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, IntStream.range(0, 10).toArray(), 1, 1, 10);

    private static List<Integer> labels(Iterable<Batch> epoch) {
        List<Integer> labels = new ArrayList<>();
        for (Batch batch : epoch) for (int label : batch.y()) labels.add(label);
        return labels;
    }

    @Test void everyImageComesOnceAnEpochWithItsLabel() {
        for (int k = 0; k < 5; k++) {
            boolean[] seen = new boolean[10];
            for (Batch batch : Batches.shuffled(TEN, 3, 1).epoch(k)) {
                for (int i = 0; i < batch.size(); i++) {
                    assertEquals(batch.y()[i], batch.x()[i]);
                    assertFalse(seen[batch.y()[i]]);
                    seen[batch.y()[i]] = true;
                }
            }
            for (boolean there : seen) assertEquals(true, there);
        }
    }

    @Test void rowsOfATableComeInTheOrderOfTheImages() {
        for (int k = 0; k < 3; k++) {
            List<Integer> rows = new ArrayList<>();
            for (int[] batch : Batches.rows(10, 4, 7, k)) for (int row : batch) rows.add(row);
            assertEquals(labels(Batches.shuffled(TEN, 4, 7).epoch(k)), rows);
        }
        assertArrayEquals(new int[] {4, 4, 2}, Batches.rows(10, 4, 7, 0).stream().mapToInt(batch -> batch.length).toArray());
        assertEquals("rows: needs at least 1 row and 1 in a batch, got 0 and 4",
                assertThrows(IllegalArgumentException.class, () -> Batches.rows(0, 4, 7, 0)).getMessage());
        assertEquals("epoch: must be 0 or more, got -1",
                assertThrows(IllegalArgumentException.class, () -> Batches.rows(3, 4, 7, -1)).getMessage());
    }

    @Test void theLastBatchIsKeptUnlessDropped() {
        Batches batches = Batches.shuffled(TEN, 4, 1);
        assertArrayEquals(new int[] {4, 4, 2}, sizes(batches));
        assertEquals(3, batches.count());
        assertArrayEquals(new int[] {4, 4}, sizes(batches.droppingLast()));
        assertEquals(2, batches.droppingLast().count());
        assertArrayEquals(new int[] {5, 5}, sizes(Batches.shuffled(TEN, 5, 1).droppingLast()));
        assertArrayEquals(new int[] {10}, sizes(Batches.inOrder(TEN, 64)));
    }

    private static int[] sizes(Batches batches) {
        List<Integer> sizes = new ArrayList<>();
        for (Batch batch : batches.epoch(0)) sizes.add(batch.size());
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test void theOrderIsThatOfTheSeedAndTheEpoch() {
        Batches batches = Batches.shuffled(TEN, 3, 42);
        assertEquals(List.of(1, 7, 2, 5, 6, 4, 0, 9, 8, 3), labels(batches.epoch(0)));
        assertEquals(List.of(3, 0, 6, 8, 4, 5, 1, 7, 2, 9), labels(batches.epoch(1)));
        assertEquals(List.of(0, 6, 5, 4, 7, 3, 9, 2, 1, 8), labels(Batches.shuffled(TEN, 3, 43).epoch(0)));
    }

    @Test void anEpochIsTheSameOnEveryThreadAndEveryTime() {
        Batches batches = Batches.shuffled(TEN, 3, 42);
        Iterable<Batch> epoch = batches.epoch(7);
        List<Integer> once = labels(epoch);
        assertEquals(once, labels(epoch));
        assertEquals(once, labels(batches.epoch(7)));
        assertEquals(once, CompletableFuture.supplyAsync(() -> labels(batches.epoch(7))).join());
    }

    @Test void inOrderKeepsTheOrder() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), labels(Batches.inOrder(TEN, 3).epoch(5)));
    }

    @Test void batchesHaveArraysOfTheirOwn() {
        Iterator<Batch> epoch = Batches.inOrder(TEN, 4).epoch(0).iterator();
        Batch first = epoch.next();
        assertNotSame(first.x(), epoch.next().x());
        Arrays.fill(first.x(), -1);
        assertEquals(0, TEN.pixels()[0]);
    }

    @Test void arraysAreReusedWhenAskedFor() {
        Iterator<Batch> epoch = Batches.inOrder(TEN, 4).reusingArrays().epoch(0).iterator();
        Batch first = epoch.next();
        assertSame(first.x(), epoch.next().x());
        assertArrayEquals(new int[] {4, 5, 6, 7}, first.y());
        assertArrayEquals(new float[] {8, 9}, epoch.next().x());
        assertEquals(labels(Batches.shuffled(TEN, 4, 1).epoch(0)), labels(Batches.shuffled(TEN, 4, 1).reusingArrays().epoch(0)));
    }

    @Test void pixelsOfAnImageStayTogether() {
        Images wide = new Images(new float[] {1, 2, 3, 4, 5, 6}, new int[] {0, 1}, 1, 3, 2);
        Batch batch = Batches.inOrder(wide, 2).epoch(0).iterator().next();
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, batch.x());
        assertEquals(3, batch.features());
        assertArrayEquals(new int[] {2, 3}, batch.inputs().shape());
        assertSame(batch.x(), batch.inputs().data());
        assertEquals("Batch(x [2, 3], y [2])", batch.toString());
    }

    @Test void readsWell() {
        assertEquals("Batches(3 of 4 from Images(10 of 1×1, pixels 0 … 9, 10 classes))", Batches.shuffled(TEN, 4, 1).toString());
    }

    @Test void aBatchHasAsManyPixelsForEachImage() {
        refused("Batch: 3 pixels for 2 labels", () -> new Batch(new float[3], new int[2]));
        refused("Batch: 0 pixels for 0 labels", () -> new Batch(new float[0], new int[0]));
    }

    @Test void refusesSizesThatMakeNoSense() {
        refused("Batches: batch size must be 1 or more, got 0", () -> Batches.shuffled(TEN, 0, 1));
        refused("Batches: batch size must be 1 or more, got -3", () -> Batches.inOrder(TEN, -3));
        refused("droppingLast: batch size 11 is more than the 10 images, no batch is left", () -> Batches.inOrder(TEN, 11).droppingLast());
        refused("epoch: must be 0 or more, got -1", () -> Batches.inOrder(TEN, 5).epoch(-1));
    }

    @Test void anEpochEnds() {
        Iterator<Batch> epoch = Batches.inOrder(TEN, 10).epoch(0).iterator();
        epoch.next();
        assertEquals("the epoch is over", assertThrows(NoSuchElementException.class, epoch::next).getMessage());
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
