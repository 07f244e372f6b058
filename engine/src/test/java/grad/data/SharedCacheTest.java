package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import grad.OtherJava;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several programs that fill one cache, and one that is killed while it does. */
class SharedCacheTest {
    private final Map<String, byte[]> files = new TreeMap<>(Map.of(
            "train-images-idx3-ubyte.gz", images(2000),
            "train-labels-idx1-ubyte.gz", labels(2000),
            "t10k-images-idx3-ubyte.gz", images(1000),
            "t10k-labels-idx1-ubyte.gz", labels(1000)));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch halfSent = new CountDownLatch(1);
    private final CountDownLatch killed = new CountDownLatch(1);
    private HttpServer server;

    @TempDir Path folder;
    private Path cache;

    SharedCacheTest() throws IOException { }

    @BeforeEach void serve() throws IOException {
        cache = folder.resolve("cache");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        Map<String, CountDownLatch> askers = files.keySet().stream().collect(Collectors.toMap(name -> name, name -> new CountDownLatch(2)));
        server.createContext("/to-both-at-once/", exchange -> {
            CountDownLatch both = askers.get(name(exchange));
            both.countDown();
            await(both);
            send(exchange, files.get(name(exchange)));
        });
        server.createContext("/half/", exchange -> {
            exchange.sendResponseHeaders(200, files.get(name(exchange)).length);
            exchange.getResponseBody().write(files.get(name(exchange)), 0, 9);
            exchange.getResponseBody().flush();
            halfSent.countDown();
            await(killed);
            exchange.close();
        });
        server.createContext("/whole/", exchange -> send(exchange, files.get(name(exchange))));
        server.start();
    }

    @AfterEach void stop() {
        server.stop(0);
        threads.shutdown();
    }

    /** Large enough for two programs to be writing at the same time. */
    private static byte[] images(int n) throws IOException {
        byte[] idx = IdxTest.idx(0x803, n * 28 * 28, n, 28, 28);
        byte[] pixels = new byte[n * 28 * 28];
        new Random(n).nextBytes(pixels);
        System.arraycopy(pixels, 0, idx, idx.length - pixels.length, pixels.length);
        return IdxTest.gzip(idx);
    }

    private static byte[] labels(int n) throws IOException {
        byte[] idx = IdxTest.idx(0x801, n, n);
        Arrays.fill(idx, idx.length - n, idx.length, (byte) 7);
        return IdxTest.gzip(idx);
    }

    private static String name(HttpExchange exchange) { return Path.of(exchange.getRequestURI().getPath()).getFileName().toString(); }

    private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) throw new IOException("waited in vain");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Process fill(String place) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(cache, "http://127.0.0.1:" + server.getAddress().getPort() + "/" + place + "/"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            arguments.add(file.getKey() + "=" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.getValue())));
        }
        return OtherJava.start(OtherJava.command(Filling.class, arguments.toArray()));
    }

    private static String said(Process program) throws IOException {
        try (var said = program.inputReader()) {
            return said.lines().collect(Collectors.joining("\n"));
        }
    }

    private void assertTheCacheIsWhole() throws IOException {
        try (var names = Files.list(cache)) {
            assertEquals(files.keySet(), names.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        for (String name : files.keySet()) assertArrayEquals(files.get(name), Files.readAllBytes(cache.resolve(name)), name);
    }

    @Test void twoProgramsThatFillItAtOnceBothGetTheImages() throws Exception {
        List<Process> both = List.of(fill("to-both-at-once"), fill("to-both-at-once"));
        for (Process program : both) assertEquals("MNIST downloaded to " + cache, said(program));
        assertTheCacheIsWhole();
    }

    @Test void aProgramKilledInTheMiddleOfADownloadLeavesNothingAndTheNextOneFillsIt() throws Exception {
        Process program = fill("half");
        await(halfSent);
        program.destroyForcibly().waitFor();
        killed.countDown();
        assertEquals(Set.of(), Files.exists(cache) ? Set.of(cache.toFile().list()) : Set.of());
        assertEquals("MNIST downloaded to " + cache, said(fill("whole")));
        assertTheCacheIsWhole();
    }
}
