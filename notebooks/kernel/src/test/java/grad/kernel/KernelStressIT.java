package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cells and strangers that would bring a kernel down: after each, the next cell runs, and sees the variables of those before. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelStressIT {
    private static final int MEGABYTES = 512;

    @TempDir static Path folder;

    private static KernelProcess kernel;
    private static List<Integer> ports;

    @BeforeAll @Timeout(120) static void start() throws Exception {
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
        assertEquals(100_000_000, outcome.all("stream").stream().mapToLong(message -> Json.text(message.content(), "text", "").length())
                .sum());
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

    @Test void aStringTooLongForAClassFileFailsOnlyItsOwnCell() throws IOException {
        assertEquals("CompilationError: constant string too long", kernel.run("\"" + "a".repeat(70_000) + "\".length()").error());
        assertEquals("2", kernel.run("1 + 1").result());
        String error = kernel.run("var text = \"" + "é".repeat(40_000) + "\";").error();
        assertTrue(error.endsWith("is too long for the constant pool"), error);
    }

    @Test void aMethodTooLargeForAClassFileIsRefused() throws IOException {
        assertEquals("CompilationError: code too large", kernel.run("void large() { int x = 0; " + "x += 1_234_567; ".repeat(20_000)
                + "}").error());
    }

    @Test void anExceptionMayLookForItsMessageForEver() throws IOException {
        kernel.run("class Silent extends RuntimeException { public String getMessage() { System.out.println(\"asked\"); while (true); } }");
        Message request = kernel.send("code", "throw new Silent();");
        kernel.awaitOutput(request);
        kernel.client.ask(kernel.client.control, "interrupt_request", Json.object());
        assertEquals("KeyboardInterrupt: interrupted", kernel.finish(request).error());
    }

    @Test void anExceptionMayFailToNameItsCause() throws IOException {
        kernel.run("class Broken extends RuntimeException { public synchronized Throwable getCause() { throw new "
                + "IllegalStateException(\"no cause\"); } }");
        assertEquals("java.lang.IllegalStateException: no cause", kernel.run("throw new Broken();").error());
    }

    @Test void aMessageOfFiftyMegabytesIsShortened() throws IOException {
        String error = kernel.run("throw new RuntimeException(\"x\".repeat(50_000_000));").error();
        assertEquals("java.lang.RuntimeException: " + "x".repeat(10_000) + "… 50000000 characters in all", error);
    }

    @Test void anErrorOutsideTheCellShowsTheCellsOwnFrames() throws IOException {
        kernel.run("class Unprintable { public String toString() { throw new IllegalStateException(\"no text\"); } }");
        JsonObject reply = kernel.run("new Unprintable()").reply().content();
        assertEquals("no text", Json.text(reply, "evalue", ""));
        assertTrue(reply.getAsJsonArray("traceback").get(1).getAsString()
                .matches("    at Unprintable\\.toString, cell \\[\\d+], line 1: class Unprintable .*"));
        assertEquals("java.lang.IllegalArgumentException: eval: java.lang.ArithmeticException: / by zero",
                kernel.run("eval(\"1 / 0\")").error());
    }

    @Test void aCellMayCloseItsStreamsOrLoseThem() throws IOException {
        assertEquals("hello\n", kernel.run("try (var out = new PrintWriter(System.out)) { out.print(\"hello\\n\"); }").printed("stdout"));
        assertEquals("still there", kernel.run("System.out.print(\"still there\");").printed("stdout"));
        kernel.run("System.setErr(null); System.setOut(null); System.setIn(null);");
        assertEquals("there again", kernel.run("System.err.print(\"there again\");").printed("stderr"));
    }

    @Test void anInterruptComesInTimeHoweverEarly() throws Exception {
        try (KernelProcess fresh = new KernelProcess(Files.createDirectory(folder.resolve("fresh")), MEGABYTES)) {
            Message request = fresh.send("code", "while (true) { }");
            fresh.awaitBusy(request); // though JShell still starts
            fresh.client.ask(fresh.client.control, "interrupt_request", Json.object());
            assertEquals("KeyboardInterrupt: interrupted", fresh.finish(request).error());
            assertEquals("2", fresh.run("1 + 1").result());
            fresh.run("Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) Thread.onSpinWait(); }));");
            fresh.client.ask(fresh.client.control, "shutdown_request", Json.object("restart", false));
            assertTrue(fresh.process.waitFor(20, TimeUnit.SECONDS), "a hook that never ends does not keep the kernel");
        }
    }

    @Test void aClientMayVanishWhileItsCellPrints() throws IOException {
        Message request = Message.of("execute_request", null,
                Json.object("code", "for (int i = 0; i < 500_000; i++) System.out.println(i);"));
        try (Client vanishing = new Client(kernel.connection)) {
            vanishing.send(vanishing.shell, request);
            kernel.awaitOutput(request);
        }
    }

    @Test void aClientMayVanishWhileItIsAsked() throws IOException {
        Message request = Message.of("execute_request", null, Json.object("code", "System.in.read()", "allow_stdin", true));
        try (Client vanishing = new Client(kernel.connection)) {
            vanishing.send(vanishing.shell, request);
            assertEquals("input_request", vanishing.receive(vanishing.stdin).type());
        }
        kernel.client.ask(kernel.client.control, "interrupt_request", Json.object());
        Message message;
        do message = kernel.client.receive(kernel.client.iopub); while (!message.answers(request) || !message.type().equals("error"));
        assertEquals("KeyboardInterrupt", Json.text(message.content(), "ename", ""));
    }

    @Test void nobodyHearsItElsewhere() throws IOException {
        List<InetAddress> elsewhere = new ArrayList<>(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .toList());
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
        for (String length : List.of("\0\0\0\0\24\0\0\0", "\0\0\0\0\u007f\u00ff\u00ff\u00ff", "\u0080\0\0\0\u007f\u00ff\u00ff\u00ff",
                "\u00ff".repeat(8)))
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

    @Test void evaluationsOfOtherThreadsHarmNothing() throws IOException {
        kernel.run("""
                var right = new AtomicInteger(); var refused = new AtomicInteger(); var wrong = new ConcurrentLinkedQueue<String>();
                void evaluate() {
                    for (int j = 0; j < 1_250; j++)
                        try {
                            if (eval("" + j).equals(j)) right.incrementAndGet(); else wrong.add("another value");
                            Thread.sleep(4);
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                            try { Thread.sleep(4); } catch (InterruptedException i) { }
                        } catch (Throwable e) {
                            wrong.add(e.toString());
                        }
                }""".replace("var right", "import java.util.concurrent.atomic.*;\nvar right"));
        kernel.run("var eight = IntStream.range(0, 8).mapToObj(i -> new Thread(() -> evaluate())).toList();\n"
                + "eight.forEach(Thread::start);");
        for (int i = 0; i < 200; i++) assertEquals(i + "", kernel.run("int a" + i + " = " + i + ";\na" + i).result());
        kernel.run("for (Thread thread : eight) thread.join();");
        assertEquals("[10000, []]", kernel.run("List.of(right.get() + refused.get(), wrong)").result());
        assertEquals("[0, 199]", kernel.run("List.of(a0, a199)").result());
    }

    @Test void noInterruptIsLostHoweverEarly() throws IOException {
        for (int i = 0; i < 400; i++) {
            Message request = kernel.send("code", "Thread.sleep(1500);\n" + i);
            kernel.awaitBusy(request);
            kernel.client.ask(kernel.client.control, "interrupt_request", Json.object());
            assertEquals("KeyboardInterrupt: interrupted", kernel.finish(request).error(), "interrupt " + i);
        }
    }

    /** Subscribes by hand, and leaves what comes where it is. */
    private Socket deafFrontEnd() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 << 10);
        socket.connect(new InetSocketAddress(kernel.connection.ip(), kernel.connection.iopub()));
        String greeting = "\u00ff" + "\0".repeat(8) + "\u007f\3\0NULL" + "\0".repeat(48);
        String ready = "\4\u0019\5READY\u000bSocket-Type\0\0\0\3SUB";
        socket.getOutputStream().write((greeting + ready).getBytes(StandardCharsets.ISO_8859_1));
        socket.getInputStream().readNBytes(64 + ready.length()); // the same from the other side
        socket.getOutputStream().write(new byte[] {0, 1, 1});
        return socket;
    }

    @Test void aFrontEndThatReadsNothingFillsNoMemoryAndIsToldWhatItLost() throws Exception {
        try (Socket deaf = deafFrontEnd()) {
            kernel.run("1 + 1");
            assertTrue(deaf.getInputStream().read() >= 0, "it has subscribed");
            var outcome = kernel.run("System.gc();\nvar memory = Runtime.getRuntime();\n"
                    + "long before = memory.totalMemory() - memory.freeMemory();\n"
                    + "for (int i = 0; i < 200; i++) System.out.print(\"x\".repeat(1_000_000));\nSystem.gc();\n"
                    + "memory.totalMemory() - memory.freeMemory() - before");
            assertEquals(200_000_000, outcome.all("stream").stream()
                    .mapToLong(message -> Json.text(message.content(), "text", "").length()).sum(), "who reads loses nothing");
            assertTrue(Long.parseLong(outcome.result()) < 40_000_000, outcome.result() + " bytes more");
            assertFalse(heard(deaf, "a front end did not read"), "it has fetched all that there is");
            String said = kernel.run("2 + 2").printed("stderr");
            assertTrue(said.matches("a front end did not read: of what was printed before, up to 1\\d\\d\\.\\d MB were dropped for "
                    + "it\\R"), said);
            assertTrue(heard(deaf, "a front end did not read"));
        }
    }

    /** Reads until the words have come, or nothing more does. */
    private static boolean heard(Socket socket, String words) throws IOException {
        try {
            socket.setSoTimeout(2_000);
            String last = "";
            byte[] piece = new byte[1 << 16];
            for (int n = socket.getInputStream().read(piece); n > 0; n = socket.getInputStream().read(piece)) {
                String text = last + new String(piece, 0, n, StandardCharsets.ISO_8859_1);
                if (text.contains(words)) return true;
                last = text.substring(Math.max(0, text.length() - words.length()));
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
