package grad.kernel;

/** Memory that is given up when a cell leaves the rest full, so that the kernel can still answer. */
final class MemoryReserve {
    private static final int BYTES = 24 << 20;

    private volatile byte[] held = new byte[BYTES];

    void giveUp() {
        held = null;
    }

    void giveUpIfFull() {
        if (free() < BYTES) giveUp();
    }

    /** Takes it again, unless the memory is still as full as a cell has left it. */
    void renew() {
        if (held != null) return;
        System.gc();
        if (free() > 3L * BYTES) held = new byte[BYTES];
    }

    /** At least so many bytes; what nobody uses any more counts only once it has been collected. */
    private static long free() {
        Runtime memory = Runtime.getRuntime();
        return memory.maxMemory() - memory.totalMemory() + memory.freeMemory();
    }
}
