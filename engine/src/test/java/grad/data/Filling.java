package grad.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads MNIST through a cache and prints where it came from: Filling CACHE SERVER FILE=SHA256 … */
final class Filling {
    private Filling() { }

    public static void main(String[] args) throws IOException {
        Map<String, String> sha256 = Stream.of(args).skip(2).map(pair ->
                pair.split("=")).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        System.out.println(Mnist.load(Path.of(args[0]), new Download(List.of(URI.create(args[1])), new TreeMap<>(sha256))).source());
    }
}
