package grad.bench;

import grad.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures what it is asked to: {@code Workloads FOLDER} reads a request per line, {@code SECONDS WORKLOAD…}, and answers each with a line
 * of JSON. A workload runs at least once and then until the seconds are over; the answer has the median time of a run. {@code inputs}
 * writes what the workloads start from into the folder.
 */
public final class Workloads {
    private final Inputs inputs;
    private final Map<String, Workload> prepared = new HashMap<>();

    private Workloads(Path folder) { this.inputs = new Inputs(folder); }

    public static void main(String[] arguments) throws IOException {
        Workloads workloads = new Workloads(Path.of(arguments[0]));
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = requests.readLine()) != null; ) System.out.println(workloads.answer(line));
    }

    private String answer(String request) throws IOException {
        if (request.equals("inputs")) {
            inputs.write();
            return "{}";
        }
        String[] words = request.split(" ", 2);
        return measured(prepared.computeIfAbsent(words[1], this::workload), Double.parseDouble(words[0]));
    }

    private Workload workload(String name) {
        String[] words = name.split(" ");
        int[] sizes = Arrays.stream(words).skip(1).filter(word -> word.matches("\\d+")).mapToInt(Integer::parseInt).toArray();
        Scalars scalars = new Scalars(inputs);
        Tensors tensors = new Tensors(inputs);
        return switch (words[0]) {
            case "moons-scalar" -> scalars.moons(false);
            case "moons-replay" -> scalars.moons(true);
            case "moons" -> tensors.moons();
            case "nodes" -> scalars.nodes(sizes[0]);
            case "nodes-replay" -> scalars.replayedNodes(sizes[0]);
            case "rmse-scalar" -> scalars.rmse(false);
            case "rmse-replay" -> scalars.rmse(true);
            case "rmse" -> tensors.rmse();
            case "train" -> tensors.train();
            case "dream" -> tensors.dream();
            case "epoch" -> tensors.epoch(words[1], Integer.parseInt(words[2]));
            case "products" -> tensors.products(sizes[0], sizes[1], sizes[2], sizes[3]);
            case "step" -> tensors.step(sizes[0], sizes[1]);
            default -> throw new IllegalArgumentException("there is no workload " + name);
        };
    }

    private static String measured(Workload workload, double seconds) {
        long end = System.nanoTime() + (long) (1e9 * seconds);
        double[] times = new double[16];
        int runs = 0;
        Workload.Outcome outcome;
        do {
            if (runs == times.length) times = Arrays.copyOf(times, 2 * runs);
            long start = System.nanoTime();
            outcome = workload.run();
            times[runs++] = (System.nanoTime() - start) / 1e9;
        } while (System.nanoTime() < end);
        Arrays.sort(times, 0, runs);
        String result = outcome.numbers().entrySet().stream().map(e -> "\"" + e.getKey()
                + "\": " + e.getValue()).collect(Collectors.joining(", "));
        return "{\"seconds\": " + (times[runs / 2] + times[(runs - 1) / 2]) / 2 + ", \"runs\": " + runs + ", \"result\": {" + result
                + "}, \"conditions\": \"JDK " + Runtime.version() + ", kernels " + Tensor.kernels()
                        + ", processors " + Runtime.getRuntime().availableProcessors() + "\"}";
    }
}
