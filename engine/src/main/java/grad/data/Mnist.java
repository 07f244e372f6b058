package grad.data;

import grad.Rng;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * MNIST: 60,000 handwritten digits to learn from and 10,000 to test on, 28×28 pixels from 0 to 255; or a stand-in, where it cannot be had.
 *
 * <p>Source: Y. LeCun, C. Cortes and C. Burges 1998, <i>The MNIST database of handwritten digits</i>.
 *
 * @param source where the images came from, in plain words
 * @param isReal false for the stand-in
 */
public record Mnist(Images train, Images test, String source, boolean isReal) {
    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private static final Download DOWNLOAD = new Download(
            List.of(URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
            new TreeMap<>(Map.of(
                    TRAIN_IMAGES + ".gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                    TRAIN_LABELS + ".gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                    TEST_IMAGES + ".gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                    TEST_LABELS + ".gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")));

    /**
     * The images from the folder that the environment variable {@code JAVAGRAD_DATA} names; without it from the user's cache
     * ({@code $XDG_CACHE_HOME/javagrad} or {@code ~/.cache/javagrad}, on macOS {@code ~/Library/Caches/javagrad}), downloaded there once
     * and checked; without a network the {@link #standIn()}.
     *
     * @throws IOException when {@code JAVAGRAD_DATA} is set and its folder lacks a file or has a damaged one; when the thread is
     * interrupted
     */
    public static Mnist load() throws IOException {
        String folder = System.getenv("JAVAGRAD_DATA");
        if (folder != null && !folder.isBlank()) return load(Path.of(folder));
        return load(cacheFolder(System.getProperty("os.name"), System.getProperty("user.home"), System.getenv("XDG_CACHE_HOME")), DOWNLOAD);
    }

    /**
     * The images from the four IDX files in {@code folder}, with their usual names, as they are or gzipped ({@code .gz}).
     *
     * @throws IOException naming file, byte and reason, when one is missing or damaged
     */
    public static Mnist load(Path folder) throws IOException { return read(folder, "MNIST from " + folder); }

    /**
     * Images of the same size made from the 8×8 {@link Digits}, always the same: the first 80 % of them, enlarged and each moved about in
     * eight ways, to learn from (11,496 images); the others, in one way, to test on (360).
     */
    public static Mnist standIn() { return standIn("asked for"); }

    private static Mnist standIn(String reason) {
        Rng rng = new Rng(28);
        Images.Split digits = Digits.load().split(0.8);
        return new Mnist(StandIn.of(digits.train(), 8, rng), StandIn.of(digits.test(), 1, rng),
                "stand-in made from the 8×8 digits, " + reason, false);
    }

    static Mnist load(Path cache, Download download) throws IOException {
        try {
            boolean fetched = download.into(cache);
            return read(cache, fetched ? "MNIST downloaded to " + cache : "MNIST from " + cache);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) throw e;        // whoever stopped it does not want other images instead
            return standIn("because " + e.getMessage() + "; with the four files in a folder, name it in JAVAGRAD_DATA");
        }
    }

    static Path cacheFolder(String os, String home, String xdgCacheHome) {
        if (xdgCacheHome != null && Path.of(xdgCacheHome).isAbsolute()) return Path.of(xdgCacheHome, "javagrad");
        return os.startsWith("Mac") ? Path.of(home, "Library", "Caches", "javagrad") : Path.of(home, ".cache", "javagrad");
    }

    private static Mnist read(Path folder, String source) throws IOException {
        return new Mnist(images(folder, TRAIN_IMAGES, TRAIN_LABELS), images(folder, TEST_IMAGES, TEST_LABELS), source, true);
    }

    private static Images images(Path folder, String imageFile, String labelFile) throws IOException {
        Path file = find(folder, labelFile);
        byte[] y = Idx.read(file, 1).values();
        Idx.Table x = Idx.read(find(folder, imageFile), 3);
        if (x.shape()[0] != y.length) {
            throw new IOException(file + ": " + y.length + " labels for the " + x.shape()[0] + " images of " + imageFile);
        }
        try {
            return new Images(toFloats(x.values()), toInts(y), x.shape()[1], x.shape()[2], 10);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static int[] toInts(byte[] bytes) {
        int[] ints = new int[bytes.length];
        for (int i = 0; i < ints.length; i++) ints[i] = Byte.toUnsignedInt(bytes[i]);
        return ints;
    }

    private static float[] toFloats(byte[] bytes) {
        float[] floats = new float[bytes.length];
        for (int i = 0; i < floats.length; i++) floats[i] = Byte.toUnsignedInt(bytes[i]);
        return floats;
    }

    private static Path find(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) throw new IOException(folder + ": there is no such folder");
        for (String ending : List.of(".gz", "")) {
            Path file = folder.resolve(name + ending);
            if (Files.isRegularFile(file)) return file;
        }
        throw new IOException(folder + ": has neither " + name + ".gz nor " + name);
    }

    @Override public String toString() { return train.size() + " images to train on, " + test.size() + " to test on: " + source; }
}
