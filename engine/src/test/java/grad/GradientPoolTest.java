package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GradientPoolTest {
    private static final int MEGA = 1 << 20;

    /** Each test has a thread, and so a pool, of its own. */
    private static void alone(Runnable test) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        new Thread(() -> {
            try {
                test.run();
                result.complete(null);
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }).start();
        result.join();
    }

    @Test void anArrayIsHandedOutOnce() {
        alone(() -> {
            float[] x = new float[5000];
            GradientPool.give(x);
            assertNull(GradientPool.take(5001));
            assertSame(x, GradientPool.take(5000));
            assertNull(GradientPool.take(5000));
        });
    }

    @Test void atMost32MegabytesAreKept() {
        alone(() -> {
            for (int i = 0; i < 8; i++) GradientPool.give(new float[MEGA]);
            for (int i = 0; i < 8; i++) assertNotNull(GradientPool.take(MEGA), "array " + i);
            for (int i = 0; i < 9; i++) GradientPool.give(new float[MEGA]);
            int kept = 0;
            while (GradientPool.take(MEGA) != null) kept++;
            assertEquals(1, kept, "the ninth was one too many: the others have made room for it");
            GradientPool.give(new float[8 * MEGA + 1]);
            assertNull(GradientPool.take(8 * MEGA + 1));
        });
    }

    @Test void whatIsTakenMakesRoom() {
        alone(() -> {
            for (int i = 0; i < 4; i++) {
                GradientPool.give(new float[3 * MEGA]);
                GradientPool.give(new float[4 * MEGA]);
                assertNotNull(GradientPool.take(3 * MEGA), "round " + i);
                assertNotNull(GradientPool.take(4 * MEGA), "round " + i);
            }
        });
    }
}
