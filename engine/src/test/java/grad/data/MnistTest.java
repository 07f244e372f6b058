package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import grad.Rng;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    @TempDir Path folder;
    private Path cache;
    private Map<String, byte[]> files;
    private HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    /** Three images to train on and two to test on, 1×2 pixels, and a server that has them. */
    @BeforeEach void serve() throws IOException {
        cache = folder.resolve("cache");
        files = new TreeMap<>();
        files.put(TRAIN_IMAGES, IdxTest.idx(0x803, 6, 3, 1, 2));
        files.put(TRAIN_LABELS, IdxTest.idx(0x801, 3, 3));
        files.put(TEST_IMAGES, IdxTest.idx(0x803, 4, 2, 1, 2));
        files.put(TEST_LABELS, IdxTest.idx(0x801, 2, 2));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/right/", exchange -> answer(exchange, 200, zipped(exchange)));
        server.createContext("/wrong/", exchange -> answer(exchange, 200, new byte[] {1, 2, 3}));
        server.createContext("/missing/", exchange -> answer(exchange, 404, new byte[] {}));
        server.createContext("/broken/", exchange -> {
            byte[] bytes = zipped(exchange);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, 9);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
    }

    @AfterEach void stop() { server.stop(0); }

    private byte[] zipped(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        return IdxTest.gzip(files.get(path.substring(path.lastIndexOf('/') + 1).replace(".gz", "")));
    }

    private void answer(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Download from(String... places) throws Exception {
        Map<String, String> sha256 = new TreeMap<>();
        for (String name : files.keySet()) {
            sha256.put(name + ".gz", HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(IdxTest.gzip(files.get(name)))));
        }
        return new Download(Stream.of(places).map(URI::create).toList(), sha256);
    }

    private String server(String place) { return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + place + "/"; }

    private static String nobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + closed.getLocalPort() + "/";
        }
    }

    private static List<String> in(Path folder) throws IOException {
        if (!Files.exists(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test void readsTheFourFilesOfAFolder() throws IOException {
        for (String name : files.keySet()) Files.write(folder.resolve(name), files.get(name));
        Files.write(folder.resolve(TEST_IMAGES + ".gz"), IdxTest.gzip(files.get(TEST_IMAGES)));
        Files.delete(folder.resolve(TEST_IMAGES));
        Mnist mnist = Mnist.load(folder);
        assertTrue(mnist.isReal());
        assertEquals("MNIST from " + folder, mnist.source());
        assertEquals("3 images to train on, 2 to test on: MNIST from " + folder, mnist.toString());
        assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, mnist.train().pixels());
        assertArrayEquals(new int[] {0, 1, 2}, mnist.train().labels());
        assertArrayEquals(new float[] {2, 3}, mnist.test().image(1));
        assertEquals(10, mnist.test().classes());
    }

    @Test void refusesAFolderThatLacksAFile() throws IOException {
        Path none = folder.resolve("none");
        assertEquals(none + ": there is no such folder", assertThrows(IOException.class, () -> Mnist.load(none)).getMessage());
        Files.write(folder.resolve(TRAIN_LABELS), files.get(TRAIN_LABELS));
        String message = assertThrows(IOException.class, () -> Mnist.load(folder)).getMessage();
        assertEquals(folder + ": has neither " + TRAIN_IMAGES + ".gz nor " + TRAIN_IMAGES, message);
    }

    @Test void refusesLabelsThatDoNotFit() throws IOException {
        files.put(TRAIN_LABELS, IdxTest.idx(0x801, 4, 4));
        for (String name : files.keySet()) Files.write(folder.resolve(name), files.get(name));
        String message = assertThrows(IOException.class, () -> Mnist.load(folder)).getMessage();
        assertEquals(folder.resolve(TRAIN_LABELS) + ": 4 labels for the 3 images of " + TRAIN_IMAGES, message);

        byte[] labels = IdxTest.idx(0x801, 3, 3);
        labels[9] = 12;
        Files.write(folder.resolve(TRAIN_LABELS), labels);
        message = assertThrows(IOException.class, () -> Mnist.load(folder)).getMessage();
        assertEquals(folder.resolve(TRAIN_LABELS) + ": Images: label 12 at row 1, classes 0..9", message);
    }

    @Test void downloadsOnceIntoTheCache() throws Exception {
        Mnist first = Mnist.load(cache, from(server("right")));
        assertEquals("MNIST downloaded to " + cache, first.source());
        assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, first.train().pixels());
        assertEquals(List.of(TEST_IMAGES + ".gz", TEST_LABELS + ".gz", TRAIN_IMAGES + ".gz", TRAIN_LABELS + ".gz"), in(cache));
        Mnist second = Mnist.load(cache, from(server("right")));
        assertEquals("MNIST from " + cache, second.source());
        assertEquals(4, requests.get());
    }

    @Test void triesTheSecondPlaceWhenTheFirstFails() throws Exception {
        Mnist mnist = Mnist.load(cache, from(server("wrong"), server("right")));
        assertTrue(mnist.isReal());
        assertEquals(8, requests.get());
    }

    @Test void replacesADamagedFileInTheCache() throws Exception {
        Mnist.load(cache, from(server("right")));
        Files.write(cache.resolve(TEST_LABELS + ".gz"), new byte[] {1, 2, 3});
        assertTrue(Mnist.load(cache, from(server("right"))).isReal());
        assertEquals(5, requests.get());
        assertArrayEquals(IdxTest.gzip(files.get(TEST_LABELS)), Files.readAllBytes(cache.resolve(TEST_LABELS + ".gz")));
    }

    @Test void aFailedDownloadLeavesNothingAndTheStandInSaysWhy() throws Exception {
        Map<String, String> places = new TreeMap<>(Map.of(
                server("wrong"), "wrong SHA-256 after 3 bytes",
                server("missing"), "HTTP status 404",
                server("broken"), "Premature EOF",
                nobody(), "Connection refused"));
        for (String place : places.keySet()) {
            Mnist mnist = Mnist.load(cache, from(place));
            assertFalse(mnist.isReal());
            assertEquals("stand-in made from the 8×8 digits, because " + TEST_IMAGES
                    + ".gz could not be downloaded (127.0.0.1: " + places.get(place)
                    + "); with the four files in a folder, name it in JAVAGRAD_DATA", mnist.source());
            assertEquals(List.of(), in(cache));
        }
    }

    @Test void allPlacesThatFailedAreNamed() throws Exception {
        String source = Mnist.load(cache, from(nobody(), server("missing"))).source();
        assertTrue(source.contains("(127.0.0.1: Connection refused; 127.0.0.1: HTTP status 404)"), source);
    }

    @Test void aCacheThatCannotBeWrittenGivesTheStandIn() throws Exception {
        Files.write(cache, new byte[] {1});
        Mnist mnist = Mnist.load(cache, from(server("right")));
        assertFalse(mnist.isReal());
        assertTrue(mnist.source().contains("because " + cache + ": the folder cannot be made (a file of that name is in the way)"),
                mnist.source());
    }

    @Test void whoeverIsInterruptedGetsNoOtherImages() throws Exception {
        Mnist.load(cache, from(server("right")));
        Files.delete(cache.resolve(TEST_IMAGES + ".gz"));
        Thread.currentThread().interrupt();
        IOException stopped = assertThrows(IOException.class, () -> Mnist.load(cache, from(server("right"))));
        assertTrue(Thread.interrupted());
        assertEquals(cache.resolve(TEST_IMAGES + ".gz") + ": not written (interrupted)", stopped.getMessage());
    }

    @Test void theCacheIsWhereTheSystemKeepsCaches() {
        assertEquals(Path.of("/home/ada/.cache/javagrad"), Mnist.cacheFolder("Linux", "/home/ada", null));
        assertEquals(Path.of("/big/javagrad"), Mnist.cacheFolder("Linux", "/home/ada", "/big"));
        assertEquals(Path.of("/home/ada/.cache/javagrad"), Mnist.cacheFolder("Linux", "/home/ada", "relative"));
        assertEquals(Path.of("/Users/ada/Library/Caches/javagrad"), Mnist.cacheFolder("Mac OS X", "/Users/ada", null));
    }

    @Test void theStandInIsAlwaysTheSame() {
        Mnist mnist = Mnist.standIn();
        assertEquals("Images(11496 of 28×28, pixels 0 … 255, 10 classes)", mnist.train().toString());
        assertEquals("Images(360 of 28×28, pixels 0 … 255, 10 classes)", mnist.test().toString());
        assertEquals("stand-in made from the 8×8 digits, asked for", mnist.source());
        assertEquals(-514183167, Arrays.hashCode(mnist.train().pixels()));
        assertEquals(1654206465, Arrays.hashCode(mnist.test().pixels()));
    }

    @Test void theStandInTestsOnDigitsItDoesNotTrainOn() {
        Images.Split digits = Digits.load().split(0.8);
        Mnist mnist = Mnist.standIn();
        assertArrayEquals(digits.test().labels(), mnist.test().labels());
        for (int i = 0; i < mnist.train().size(); i++) assertEquals(digits.train().labels()[i % 1437], mnist.train().labels()[i]);
    }

    @Test void theStandInEnlargesBilinearlyNearTheMiddle() {
        float[] ramp = new float[64];
        for (int i = 0; i < 64; i++) ramp[i] = 2 * (i % 8);
        Images enlarged = StandIn.of(new Images(ramp, new int[] {0}, 8, 8, 10), 50, new Rng(1));
        boolean[] lefts = new boolean[28];
        for (int i = 0; i < 50; i++) {
            float[] image = enlarged.image(i);
            int left = 0;
            while (image[14 * 28 + left] == 0) left++;
            left--;        // the first column is that of the edge, 0
            lefts[left] = true;
            for (int c = 0; c < 20; c++) {
                double expected = Math.min(7, Math.max(0, (c + 0.5) * 0.4 - 0.5)) * 2 * 255 / 16;
                assertEquals(Math.round(expected), image[14 * 28 + left + c]);
            }
            for (int c = left + 20; c < 28; c++) assertEquals(0, image[14 * 28 + c]);
        }
        for (int left = 0; left < 28; left++) assertEquals(left >= 2 && left <= 6, lefts[left]);
    }

    @Test @EnabledIfEnvironmentVariable(named = "JAVAGRAD_DATA", matches = ".+")
    void theRealImagesAreThere() throws IOException {
        Mnist mnist = Mnist.load();
        assertEquals(60_000, mnist.train().size());
        int[] counts = new int[10];
        for (int label : mnist.test().labels()) counts[label]++;
        assertArrayEquals(new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, counts);
    }
}
