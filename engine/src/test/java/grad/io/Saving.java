package grad.io;

import grad.Rng;
import grad.Tensor;
import grad.nn.MLP;
import grad.nn.Sequential;
import java.io.IOException;
import java.nio.file.Path;

/** Saves a network over and over into the same two files, each time another one, and prints the number of each as soon as it is there. */
final class Saving {
    private Saving() { }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (int i = Integer.parseInt(args[1]); ; i++) {
            save(folder, i);
            System.out.println(i);
        }
    }

    /** Sizes differ, so that a mixture of two files is none of them. */
    static void save(Path folder, int i) throws IOException {
        Sequential network = MLP.relu(new Rng(i), 100, 100 + i % 100, 10);
        Safetensors.save(folder.resolve("network.safetensors"), network.namedParameters());
        Onnx.save(folder.resolve("network.onnx"), network);
    }
}
