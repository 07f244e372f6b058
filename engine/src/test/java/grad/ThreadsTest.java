package grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.nn.Layer;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Neither another training nor an interrupt changes what a training ends with. */
class ThreadsTest {
    private static final List<Supplier<Layer>> TRAININGS = List.of(Repro::digits, Repro::wide, Repro::smooth);

    @Test void trainingsAtOnceEndWithTheWeightsOfEachAlone() throws Exception {
        List<float[]> alone = TRAININGS.stream().map(training -> weights(training.get())).toList();
        for (int first = 0; first < TRAININGS.size(); first++) {
            for (int second = first; second < TRAININGS.size(); second++) {
                List<float[]> together = together(TRAININGS.get(first), TRAININGS.get(second));
                assertArrayEquals(alone.get(first), together.get(0), first + " beside " + second);
                assertArrayEquals(alone.get(second), together.get(1), second + " beside " + first);
            }
        }
    }

    private static List<float[]> together(Supplier<Layer> first, Supplier<Layer> second) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> ends = new ArrayList<>();
            for (Supplier<Layer> training : List.of(first, second)) {
                ends.add(threads.submit(() -> {
                    start.await();
                    return weights(training.get());
                }));
            }
            return List.of(ends.get(0).get(), ends.get(1).get());
        } finally {
            threads.shutdownNow();
        }
    }

    private static float[] weights(Layer network) {
        return Tensor.concat(0, network.parameters().stream().map(p -> p.reshape(-1)).toArray(Tensor[]::new)).data();
    }

    /** A training whose products are shared out over threads, one step after the other. */
    private static final class Training {
        private static final int BATCH = 512;

        final Rng rng = new Rng(5);
        final Sequential network = MLP.relu(rng, 512, 128, 10);
        final Adam adam = new Adam(network.parameters(), 0.001);
        final Tensor x = Tensor.normal(rng, 0, 1, BATCH, 512);
        final int[] labels = rng.ints(BATCH, 0, 10).toArray();
        int steps;

        void step() {
            adam.zeroGrad();
            Loss.crossEntropy(network.forward(x, rng), labels).backward();
            adam.step();
            steps++;
        }

        void untilInterrupted() { while (!Thread.currentThread().isInterrupted()) step(); }
    }

    @Test void trainingInterruptedAThousandTimesEndsAsIfUndisturbed() throws Exception {
        Training disturbed = new Training();
        Random moments = new Random(1);
        for (int i = 0; i < 1000; i++) {
            Thread thread = new Thread(disturbed::untilInterrupted);
            thread.start();
            Thread.sleep(moments.nextInt(3));
            thread.interrupt();
            thread.join();
        }
        Training undisturbed = new Training();
        while (undisturbed.steps < disturbed.steps) undisturbed.step();
        assertTrue(disturbed.steps > 200, "only " + disturbed.steps + " steps");
        assertArrayEquals(weights(undisturbed.network), weights(disturbed.network));
    }
}
