package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cells and strangers that would bring a kernel down: after each, the next cell runs, and sees the variables of those before. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelStressIT {
    private static final int MEGABYTES = 512;

    @TempDir static Path folder;

    private static KernelProcess kernel;
    private static List<Integer> ports;

    @BeforeAll @Timeout(60) static void start() throws Exception {
        kernel = new KernelProcess(folder, MEGABYTES);
        Connection at = kernel.connection;
        ports = List.of(at.shell(), at.control(), at.stdin(), at.iopub(), at.heartbeat());
        kernel.run("int kept = 42;");
    }

    @AfterEach void theNextCellRuns() throws IOException {
        assertEquals("43", kernel.run("kept + 1").result());
    }

    @AfterAll static void stop() throws IOException {
        kernel.close();
    }

    @Test void aMillionLinesAreAllKept() throws IOException {
        var outcome = kernel.run("for (int i = 0; i < 1_000_000; i++) System.out.println(i);");
        assertEquals(1_000_000, outcome.printed("stdout").lines().distinct().count());
        assertTrue(outcome.published().size() < 2_000, outcome.published().size() + " messages");
    }

    @Test void aHundredMegabytesArePrintedWhole() throws IOException {
        var outcome = kernel.run("System.out.print(\"x\".repeat(100_000_000));");
        assertEquals(100_000_000, outcome.all("stream").stream().mapToLong(message -> Json.text(message.content(), "text", "").length()).sum());
    }

    @Test void aResultOfAHundredMegabytesIsShortened() throws IOException {
        assertEquals("x".repeat(1_000_000) + "… 100000000 characters in all", kernel.run("\"x\".repeat(100_000_000)").result());
    }

    @Test void aHundredThreadsLoseNoLine() throws IOException {
        var outcome = kernel.run("""
                var threads = new ArrayList<Thread>();
                for (int i = 0; i < 100; i++) {
                    int number = i;
                    threads.add(new Thread(() -> { for (int j = 0; j < 1_000; j++) System.out.println(number + " " + j); }));
                }
                for (Thread thread : threads) thread.start();
                for (Thread thread : threads) thread.join();""");
        List<String> lines = outcome.printed("stdout").lines().toList();
        assertEquals(100_000, lines.size());
        assertEquals(100_000, lines.stream().filter(line -> line.matches("\\d{1,2} \\d{1,3}")).distinct().count());
    }

    @Test void exitEndsTheCellOnly() throws IOException {
        String error = kernel.run("System.exit(3);").error();
        assertTrue(error.startsWith("java.lang.IllegalStateException: System.exit(3) would end the kernel"), error);
    }

    @Test void recursionWithoutEndIsShownInFewLines() throws IOException {
        JsonObject reply = kernel.run("int forever(int n) { return 1 + forever(n); }\nforever(0)").reply().content();
        assertEquals("java.lang.StackOverflowError", Json.text(reply, "ename", ""));
        assertTrue(reply.getAsJsonArray("traceback").size() < 20);
    }

    @Test void aClientMayVanishWhileItsCellPrints() throws IOException {
        Message request = Message.of("execute_request", null, Json.object("code", "for (int i = 0; i < 500_000; i++) System.out.println(i);"));
        try (Client vanishing = new Client(kernel.connection)) {
            vanishing.send(vanishing.shell(), request);
            kernel.awaitOutput(request);
        }
    }

    @Test void aClientMayVanishWhileItIsAsked() throws IOException {
        Message request = Message.of("execute_request", null, Json.object("code", "System.in.read()", "allow_stdin", true));
        try (Client vanishing = new Client(kernel.connection)) {
            vanishing.send(vanishing.shell(), request);
            assertEquals("input_request", vanishing.receive(vanishing.stdin()).type());
        }
        kernel.client.ask(kernel.client.control(), "interrupt_request", Json.object());
        Message message;
        do message = kernel.client.receive(kernel.client.iopub()); while (!message.answers(request) || !message.type().equals("error"));
        assertEquals("KeyboardInterrupt", Json.text(message.content(), "ename", ""));
    }

    @Test void nobodyHearsItElsewhere() throws IOException {
        List<InetAddress> elsewhere = new ArrayList<>(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList());
        if (System.getProperty("os.name").equals("Linux")) elsewhere.add(InetAddress.getByName("127.0.0.2"));
        assertTrue(elsewhere.remove(InetAddress.getByName(kernel.connection.ip())));
        assertFalse(elsewhere.isEmpty());
        for (InetAddress address : elsewhere)
            for (int port : ports) assertThrows(ConnectException.class, () -> new Socket(address, port).close(), address + ":" + port);
    }

    /** A length is all it takes: the greeting of ZMTP 3.0 and a third of a gigabyte announced, or two, by somebody without a key. */
    @Test void aLargeFrameThatIsOnlyPromisedTakesNoMemory() throws IOException {
        kernel.run("""
                var pools = java.lang.management.ManagementFactory.getMemoryPoolMXBeans();
                pools.removeIf(pool -> pool.getType() != java.lang.management.MemoryType.HEAP);
                System.gc();
                pools.forEach(pool -> pool.resetPeakUsage());""");
        String greeting = "\u00ff" + "\0".repeat(8) + "\u007f\3\0NULL" + "\0".repeat(48);
        String ready = "\4\u001c\5READY\u000bSocket-Type\0\0\0\6DEALER";
        for (String length : List.of("\0\0\0\0\24\0\0\0", "\0\0\0\0\u007f\u00ff\u00ff\u00ff", "\u0080\0\0\0\u007f\u00ff\u00ff\u00ff", "\u00ff".repeat(8)))
            for (int port : ports) {
                try (Socket socket = new Socket(kernel.connection.ip(), port)) {
                    socket.getOutputStream().write((greeting + ready + "\2" + length + "more").getBytes(StandardCharsets.ISO_8859_1));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes(); // until the kernel has read all and hangs up
                }
            }
        long most = Long.parseLong(kernel.run("pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum()").result());
        assertTrue(most < 300_000_000, most + " bytes of heap");
    }
}
