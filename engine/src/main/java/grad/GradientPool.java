package grad;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The gradient arrays of computed tensors, used again by the next backward pass instead of made anew: fresh memory is cold. A backward
 * pass takes and gives them back on its own thread, and nobody else ever sees them.
 */
final class GradientPool {
    private static final int SMALLEST = 1024;         // below, looking one up costs more than making it
    private static final int MOST = 1 << 23;          // floats kept for a thread, 32 MB

    private static final ThreadLocal<GradientPool> OWN = ThreadLocal.withInitial(GradientPool::new);

    private final Map<Integer, Deque<float[]>> free = new HashMap<>();
    private int kept;

    /** An array of n numbers that was given back, whatever it holds; null if there is none. */
    static float[] take(int n) { return n < SMALLEST ? null : OWN.get().reuse(n); }

    static void give(float[] x) { if (x.length >= SMALLEST) OWN.get().keep(x); }

    private float[] reuse(int n) {
        Deque<float[]> ofThisSize = free.get(n);
        if (ofThisSize == null || ofThisSize.isEmpty()) return null;
        kept -= n;
        return ofThisSize.pop();
    }

    private void keep(float[] x) {
        if (x.length > MOST) return;
        if (kept > MOST - x.length) {
            free.clear();
            kept = 0;
        }
        kept += x.length;
        free.computeIfAbsent(x.length, n -> new ArrayDeque<>()).push(x);
    }
}
