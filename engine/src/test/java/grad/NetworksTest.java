package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grad.nn.Activation;
import grad.nn.Init;
import grad.nn.Loss;
import grad.nn.MLP;
import grad.nn.Sequential;
import grad.optim.Adam;
import grad.optim.CosineLR;
import grad.optim.Optimizer;
import grad.optim.SGD;
import grad.optim.StepLR;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A thousand random networks, losses, optimisers and schedules learn as they do in PyTorch; see {@code golden/networks.py}. */
class NetworksTest {
    private static final int STEPS = 6;
    private static final double TOLERANCE = 5e-6;

    /** One line of the golden file. */
    private record Run(Map<String, String> settings, double[] expected) {
        static Run parse(String line) {
            Map<String, String> settings = new HashMap<>();
            List<Double> expected = new ArrayList<>();
            for (String word : line.split(" ")) {
                String[] sides = word.split("=");
                if (sides.length == 2) settings.put(sides[0], sides[1]);
                else expected.add(Double.valueOf(word));
            }
            return new Run(settings, expected.stream().mapToDouble(x -> x).toArray());
        }

        boolean has(String name) { return settings.containsKey(name); }

        String word(String name) { return settings.get(name).toUpperCase(Locale.ROOT); }

        double number(String name, double otherwise) { return has(name) ? Double.parseDouble(settings.get(name)) : otherwise; }

        int integer(String name) { return Integer.parseInt(settings.get(name)); }

        /** The loss of each step, then the sum of all weights, and of their sizes. */
        double[] learn(long seed) {
            Rng rng = new Rng(seed);
            int[] sizes = Arrays.stream(settings.get("sizes").split("-")).mapToInt(Integer::parseInt).toArray();
            Sequential network = MLP.of(Init.valueOf(word("init")), Activation.valueOf(word("activation")), 0, rng, sizes);
            Optimizer optimizer = optimizer(network.parameters());
            Runnable schedule = schedule(optimizer);
            double[] found = new double[STEPS + 2];
            for (int step = 0; step < STEPS; step++) {
                Tensor x = Tensor.uniform(rng, -2, 2, integer("batch"), sizes[0]);
                Tensor loss = loss(network.forward(x), rng);
                found[step] = loss.item();
                optimizer.zeroGrad();
                loss.backward();
                if (has("clip")) optimizer.clipNorm(number("clip", 0));
                optimizer.step();
                schedule.run();
            }
            for (Tensor p : network.parameters()) {
                for (float w : p.data()) {
                    found[STEPS] += w;
                    found[STEPS + 1] += Math.abs(w);
                }
            }
            return found;
        }

        private Optimizer optimizer(List<Tensor> parameters) {
            double rate = number("rate", 0);
            double decay = number("decay", 0);
            return switch (settings.get("optimizer")) {
                case "sgd" -> new SGD(parameters, rate).weightDecay(decay);
                case "momentum" -> new SGD(parameters, rate).weightDecay(decay).momentum(number("momentum", 0));
                case "nesterov" -> new SGD(parameters, rate).weightDecay(decay).momentum(number("momentum", 0)).nesterov();
                case "adam" -> adam(parameters, rate).weightDecay(decay);
                case "adamw" -> adam(parameters, rate).decoupledWeightDecay(decay);
                default -> throw new IllegalArgumentException("no optimizer " + settings);
            };
        }

        private Adam adam(List<Tensor> parameters, double rate) {
            return new Adam(parameters, rate).betas(number("beta1", 0.9), number("beta2", 0.999)).epsilon(number("epsilon", 1e-8));
        }

        private Runnable schedule(Optimizer optimizer) {
            if (has("every")) return new StepLR(optimizer, integer("every"), number("factor", 0))::step;
            if (has("total")) return new CosineLR(optimizer, integer("warm-up"), integer("total"))::step;
            return () -> { };
        }

        private Tensor loss(Tensor y, Rng rng) {
            int n = y.shape()[0];
            int classes = y.shape()[1];
            if (settings.get("loss").equals("cross-entropy")) {
                int[] labels = new int[n];
                for (int i = 0; i < n; i++) labels[i] = (int) (classes * rng.nextDouble());
                return Loss.crossEntropy(y, number("smoothing", 0), labels);
            }
            Tensor target = Tensor.uniform(rng, -1, 1, n, classes);
            return switch (settings.get("loss")) {
                case "mse" -> Loss.mse(y, target);
                case "rmse" -> Loss.rmse(y, target);
                case "margin" -> Loss.maxMargin(y, target.update(t -> { for (int i = 0; i < t.length; i++) t[i] = Math.signum(t[i]); }));
                default -> throw new IllegalArgumentException("no loss " + settings);
            };
        }
    }

    @Test void aThousandNetworksLearnAsInPyTorch() throws IOException {
        int seed = 0;
        try (var text = new BufferedReader(new InputStreamReader(NetworksTest.class.getResourceAsStream("/golden/networks.txt"),
                StandardCharsets.UTF_8))) {
            for (String line; (line = text.readLine()) != null; seed++) {
                Run run = Run.parse(line);
                double[] found = run.learn(seed);
                String where = "network " + seed + ": " + line;
                for (int i = 0; i <= STEPS; i++) {
                    double size = i < STEPS ? run.expected[i] : run.expected[STEPS + 1];
                    assertEquals(run.expected[i], found[i], TOLERANCE * size, where);
                }
                assertEquals(run.expected[STEPS + 1], found[STEPS + 1], TOLERANCE * run.expected[STEPS + 1], where);
            }
        }
        assertEquals(1000, seed);
    }
}
