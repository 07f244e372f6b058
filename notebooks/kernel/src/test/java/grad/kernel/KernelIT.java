package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The finished jar as a process of its own, spoken to over its sockets. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelIT {
    private static final int MEGABYTES = 160; // little, so that a cell can use it up in a moment

    @TempDir static Path folder;

    private static KernelProcess kernel;
    private static Client client;

    @BeforeAll @Timeout(120) static void start() throws Exception {
        kernel = new KernelProcess(folder, MEGABYTES);
        client = kernel.client;
    }

    @AfterAll static void stop() throws Exception {
        Message reply = client.ask(client.control, "shutdown_request", Json.object("restart", false));
        assertEquals("ok", Json.text(reply.content(), "status", ""));
        assertTrue(kernel.process.waitFor(30, TimeUnit.SECONDS), "a kernel that was shut down ends");
        assertEquals(0, kernel.process.exitValue());
        kernel.close();
    }

    @Test void infoIsCompleteAndAnsweredOnBothSocketsAtOnce() throws Exception {
        Message onShell = Message.of("kernel_info_request", null, Json.object());
        Message onControl = Message.of("kernel_info_request", null, Json.object());
        client.send(client.shell, onShell);
        client.send(client.control, onControl);
        JsonObject info = client.receive(client.shell).content();
        assertEquals(info, client.receive(client.control).content());
        assertEquals("ok", Json.text(info, "status", ""));
        assertEquals("java", Json.text(info.getAsJsonObject("language_info"), "name", ""));
    }

    @Test void everyMessageCarriesTheKernelsSession() throws Exception {
        var outcome = kernel.run("1 + 1");
        String session = Json.text(outcome.reply().header(), "session", "");
        assertNotEquals(Message.SESSION, session, "the one of this client");
        assertEquals(Set.of(session), outcome.published().stream().map(message -> Json.text(message.header(), "session", ""))
                .collect(Collectors.toSet()));
    }

    @Test void cellIsAnsweredInTheProtocolsOrder() throws Exception {
        var outcome = kernel.run("System.out.println(\"a\"); display(\"<i>b</i>\", \"text/html\"); System.out.println(\"c\"); 3");
        assertEquals(List.of("status", "execute_input", "stream", "display_data", "stream", "execute_result", "status"),
                outcome.published().stream().map(Message::type).toList());
        assertEquals("3", outcome.result());
        assertEquals("{\"text/html\":\"<i>b</i>\"}", outcome.all("display_data").get(0).content().get("data").toString());
    }

    @Test void displayCanBeUpdatedUnderItsId() throws Exception {
        var outcome = kernel.run("var shown = display(\"one\"); updateDisplay(shown, \"two\"); clearOutput(true); render(\"x\", "
                + "\"text/html\")");
        JsonObject first = outcome.all("display_data").get(0).content();
        JsonObject second = outcome.all("update_display_data").get(0).content();
        assertEquals(first.get("transient"), second.get("transient"));
        assertEquals("{\"text/plain\":\"two\"}", second.get("data").toString());
        assertEquals(1, outcome.all("clear_output").size());
        assertEquals("{\"text/html\":\"x\"}", outcome.all("execute_result").get(0).content().get("data").toString());
    }

    @Test void twentyThousandLinesAreAllKept() throws Exception {
        var outcome = kernel.run("for (int i = 0; i < 20_000; i++) System.out.println(\"line \" + i);");
        assertEquals(20_000, outcome.printed("stdout").lines().distinct().count());
        assertTrue(outcome.published().size() < 200, outcome.published().size() + " messages");
    }

    @Test void outputOfACellsThreadsIsItsOwn() throws Exception {
        var outcome = kernel.run("Thread printer = new Thread(() -> System.out.print(\"from a thread\")); printer.start(); "
                + "printer.join();");
        assertEquals("from a thread", outcome.printed("stdout"));
    }

    @Test void evalPrintfAndErrorsInValuesWork() throws Exception {
        assertEquals("5", kernel.run("eval(\"int inner = 5; inner\")").result());
        assertEquals("1 and x", kernel.run("printf(\"%d and %s\", 1, \"x\");").printed("stdout"));
        assertEquals("java.lang.IllegalStateException: no text", kernel.run(
                "class Mute { public String toString() { throw new IllegalStateException(\"no text\"); } }\nnew Mute()").error());
    }

    @Test void silentCellLeavesNoTrace() throws Exception {
        var outcome = kernel.finish(kernel.send("code", "40 + 2", "silent", true));
        assertEquals(List.of("status", "status"), outcome.published().stream().map(Message::type).toList());
    }

    @Test void failedCellAbortsThoseQueuedBehindItAndNoOther() throws Exception {
        List<Message> requests = List.of(kernel.send("code", "Thread.sleep(200); int boom = 1 / 0;"), kernel.send("code", "1"),
                kernel.send("code", "2"));
        List<String> states = new ArrayList<>();
        for (Message request : requests) states.add(Json.text(kernel.finish(request).reply().content(), "status", ""));
        assertEquals(List.of("error", "aborted", "aborted"), states);
        assertEquals("7", kernel.run("7").result());
    }

    @Test void failedCellAbortsNothingWhenAskedNotTo() throws Exception {
        List<Message> requests = List.of(kernel.send("code", "int boom = 1 / 0;", "stop_on_error", false), kernel.send("code", "8"));
        assertEquals("java.lang.ArithmeticException: / by zero", kernel.finish(requests.get(0)).error());
        assertEquals("8", kernel.finish(requests.get(1)).result());
    }

    @Test void userExpressionsAreEvaluatedOneByOne() throws Exception {
        JsonObject values = kernel.finish(kernel.send("code", "", "user_expressions", Json.object("good", "2 + 3", "bad", "nope")))
                .reply().content().getAsJsonObject("user_expressions");
        assertEquals("{\"text/plain\":\"5\"}", values.getAsJsonObject("good").get("data").toString());
        assertEquals("error", Json.text(values.getAsJsonObject("bad"), "status", ""));
    }

    @Test void memoryUsedUpByACellIsSurvived() throws Exception {
        assertEquals("java.lang.OutOfMemoryError: Java heap space",
                kernel.run("var hog = new ArrayList<byte[]>(); while (true) hog.add(new byte[10_000]);").error());
        assertEquals("true", kernel.run("hog.size() > 100").result());
        assertEquals("", kernel.run("hog = null;").printed("stderr"));
        assertEquals("2", kernel.run("1 + 1").result());
    }

    @Test void cellThatLeavesTheMemoryFullLeavesRoomForTheNext() throws Exception {
        kernel.run("var hog = new ArrayList<byte[]>(); try { while (true) hog.add(new byte[1_000]); } catch (OutOfMemoryError full) { "
                + "}\nhog.size()");
        assertEquals("2", kernel.run("hog = null;\n1 + 1").result());
    }

    @Test void endlessLoopIsInterruptedAndTheKernelLives() throws Exception {
        for (String loop : List.of("while (true) { }", "Thread.sleep(100_000);", "new Scanner(System.in).nextLine();")) {
            Message request = kernel.send("code", "{ System.out.println(\"begun\"); " + loop + " }", "allow_stdin", true);
            kernel.awaitOutput(request);
            assertEquals("ok", Json.text(client.ask(client.control, "interrupt_request", Json.object()).content(), "status", ""));
            assertEquals("KeyboardInterrupt: interrupted", kernel.finish(request).error(), loop);
            assertEquals("2", kernel.run("1 + 1").result());
        }
    }

    @Test void inputIsAskedOfTheFrontEnd() throws Exception {
        while (client.stdin.recv(org.zeromq.ZMQ.DONTWAIT) != null) { } // what an interrupted cell had asked
        Message request = kernel.send("code", "var in = new Scanner(System.in); in.nextLine() + in.nextLine()", "allow_stdin", true);
        for (String line : List.of("grüß ", "dich")) {
            Message question = client.receive(client.stdin);
            assertEquals("input_request", question.type());
            client.send(client.stdin, Message.of("input_reply", question, Json.object("value", line)));
        }
        assertEquals("grüß dich", kernel.finish(request).result());
    }

    @Test void inputFromAFrontEndWithoutAnyIsAClearError() throws Exception {
        String error = kernel.finish(kernel.send("code", "System.in.read()", "allow_stdin", false)).error();
        assertTrue(error.contains("takes no input"), error);
    }

    @Test void wrongSignatureIsDroppedWithoutAnAnswer() throws Exception {
        Connection known = kernel.connection;
        Connection forged = new Connection(known.ip(), known.shell(), known.control(), known.stdin(), known.iopub(), known.heartbeat(),
                "another key");
        try (Client stranger = new Client(forged)) {
            stranger.send(stranger.shell, Message.of("execute_request", null, Json.object("code", "int planted = 1;")));
            stranger.send(stranger.control, Message.of("shutdown_request", null, Json.object("restart", false)));
            assertEquals("2", kernel.run("1 + 1").result());
            assertEquals("CompilationError: cannot find symbol: variable planted", kernel.run("planted").error());
        }
    }

    @Test void unknownCommOpenIsClosed() throws Exception {
        Message open = Message.of("comm_open", null, Json.object("comm_id", "c1", "target_name", "nobody", "data", Json.object()));
        client.send(client.shell, open);
        Message message;
        do message = client.receive(client.iopub); while (!message.answers(open) || message.type().equals("status"));
        assertEquals("comm_close", message.type());
    }

    @Test void mavenWorksFromInsideTheShadedJar() throws Exception {
        Path place = Files.createDirectories(folder.resolve("repository/demo/greeting/1"));
        Path source = Files.writeString(folder.resolve("Greeting.java"),
                "package demo; public class Greeting { public static String hello() { return \"hello\"; } }");
        javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        try (var jar = new java.util.jar.JarOutputStream(Files.newOutputStream(place.resolve("greeting-1.jar")))) {
            jar.putNextEntry(new java.util.zip.ZipEntry("demo/Greeting.class"));
            Files.copy(folder.resolve("demo/Greeting.class"), jar);
        }
        Files.writeString(place.resolve("greeting-1.pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>demo</groupId><artifactId>greeting</artifactId><version>1</version>"
                        + "</project>");
        assertEquals("hello", kernel.run("%maven demo:greeting:1\ndemo.Greeting.hello()").result());
    }

    @Test void busyPortIsOneLineAndAFailure() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Connection busy = new Connection("127.0.0.1", taken.getLocalPort(), 1, 1, 1, 1, "k");
            Path file = Files.writeString(folder.resolve("busy.json"), busy.text());
            assertFails(KernelProcess.java("-jar", KernelProcess.JAR.toString(), file.toString()),
                    "cannot listen on tcp://127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test void wrongStartsAreOneLineAndAFailure() throws Exception {
        assertFails(KernelProcess.java("-jar", KernelProcess.JAR.toString()), "usage: java -jar kernel.jar");
        assertFails(KernelProcess.java("-jar", KernelProcess.JAR.toString(), "--install", KernelProcess.JAR.toString()),
                "cannot install into " + KernelProcess.JAR);
        assertFails(KernelProcess.java("-jar", KernelProcess.JAR.toString(), "nowhere.json"), "no connection file nowhere.json");
        assertFails(KernelProcess.java("-jar", KernelProcess.JAR.toString(),
                Files.writeString(folder.resolve("empty.json"), "{}").toString()), "is not a connection file");
    }

    private static void assertFails(Process started, String message) throws Exception {
        String said = new String(started.getInputStream().readAllBytes(), UTF_8);
        assertTrue(started.waitFor(30, TimeUnit.SECONDS));
        assertNotEquals(0, started.exitValue());
        List<String> lines = said.lines().filter(line -> !line.startsWith("Picked up ") && !line.startsWith("NOTE: Picked up ")).toList();
        assertEquals(1, lines.size(), said);
        assertTrue(lines.get(0).contains(message), said);
    }

    @Test void launcherIsOldEnoughForTheJavaItSpeaksTo() throws Exception {
        byte[] launcher = Files.readAllBytes(Path.of("target/classes/grad/kernel/Launcher.class"));
        assertEquals(55, launcher[7], "Java 11's class file version");
        assertTrue(Launcher.problem(11, true).contains("needs JDK 17 or newer, this is 11"));
        assertTrue(Launcher.problem(17, false).contains("needs a full JDK"));
        assertNull(Launcher.problem(17, true));
    }

    @Test void installedKernelStartsFromItsArchive() throws Exception {
        Path data = folder.resolve("jupyter");
        Process install = KernelProcess.java("-jar", KernelProcess.JAR.toString(), "--install", data.toString());
        String said = new String(install.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, install.waitFor(), said);
        Path installed = data.resolve("kernels/java");
        assertEquals("kernel java installed in " + installed, said.lines().reduce((first, last) -> last).orElse(""));
        assertEquals(Set.of("kernel.jar", "kernel.json", "kernel.jsa"), Set.of(installed.toFile().list()));
        assertEquals(List.of("java"), List.of(data.resolve("kernels").toFile().list()), "nothing is left over beside it");

        JsonArray argv = JsonParser.parseString(Files.readString(installed.resolve("kernel.json"))).getAsJsonObject()
                .getAsJsonArray("argv");
        Connection started = Connection.write(folder.resolve("installed.json"));
        List<String> command = new ArrayList<>(StreamSupport.stream(argv.spliterator(), false)
                .map(part -> part.getAsString().replace("{connection_file}", folder.resolve("installed.json").toString())).toList());
        command.add(1, "-Xlog:class+load:file=" + folder.resolve("classes.log"));
        command.remove("-Xlog:disable");
        Process kernel = new ProcessBuilder(command).start();
        try (Client other = new Client(started)) {
            assertEquals("ok", Json.text(other.execute("1 + 1").content(), "status", ""));
            other.ask(other.control, "shutdown_request", Json.object("restart", false));
            assertTrue(kernel.waitFor(30, TimeUnit.SECONDS));
        } finally {
            kernel.destroyForcibly();
        }
        List<String> shared = Files.readAllLines(folder.resolve("classes.log")).stream()
                .filter(line -> line.contains("shared objects file (top)")).toList();
        assertTrue(shared.stream().anyMatch(line -> line.contains("grad.kernel.Interpreter")),
                "the kernel's own classes come from the archive");
        assertFalse(shared.size() < 500, shared.size() + " classes from the archive");
    }

    @Test void jarsThatWereNeverHereComeWithAllTheyNeed() throws Exception {
        try (ServedRepository remote = new ServedRepository(folder)) {
            remote.with("far", "1", ServedRepository.dependencies("deep")).with("deep", "1", "");
            assertEquals("artifact", kernel.run("%mavenRepo central " + remote.address() + "\n%maven demo:far:1\ndemo.Deep.name()")
                    .result());
        }
    }

    @Test void printedStackTracesNameTheCellAndItsLine() throws Exception {
        int number = number(kernel.run("class Sunk extends RuntimeException { Sunk(Throwable cause) { super(\"glug\", cause); } }\n"
                + "void sink() {\n    throw new IllegalStateException();\n}"));
        String own = "\tat cell [" + (number + 1) + "], line 2: ";
        String sink = "\tat sink, cell [" + number + "], line 3: throw new IllegalStateException();";
        List<String> printed = kernel.run("try {\n    sink();\n} catch (Exception e) { new Sunk(e).printStackTrace(); }")
                .printed("stderr").lines().toList();
        assertEquals("Sunk: glug", printed.get(0));
        assertTrue(printed.contains("\tat cell [" + (number + 1) + "], line 3: } catch (Exception e) { new Sunk(e).printStackTrace(); }"),
                printed.toString());
        assertTrue(printed.contains(sink) && printed.contains(own + "sink();"), printed.toString());
        for (String code : List.of("int before = 0;\nThread.dumpStack();",
                "Thread lost = new Thread(() -> {\n    sink(); });\nlost.start();\nlost.join();",
                "var ran = new CompletableFuture<Thread>();\n"
                        + "new Timer().schedule(new TimerTask() { public void run() { ran.complete(Thread.currentThread()); sink(); } "
                        + "}, 0);\nran.get().join();")) {
            var outcome = kernel.run(code);
            String all = outcome.printed("stderr");
            assertTrue(all.contains("cell [" + number(outcome) + "], line 2: "), all);
            assertTrue(code.contains("dumpStack") || all.contains(sink), all);
            assertFalse(all.contains("grad.kernel") || all.contains("JShell") || all.contains("reflect"), all);
        }
        assertEquals("\tat grad.kernel.Mine.run(Mine.java:3)\n",
                kernel.run("System.err.println(\"\\tat grad.kernel.Mine.run(Mine.java:3)\");").printed("stderr"));
    }

    private static int number(KernelProcess.Outcome outcome) {
        return Json.number(outcome.reply().content(), "execution_count", 0);
    }

    @Test void theCommonPoolSeesWhatCellsSee() throws Exception {
        String pool = "Supplier<ClassLoader> seen = () -> Thread.currentThread().getContextClassLoader();\nvar here = seen.get();\n";
        assertEquals("true", kernel.run(pool + "CompletableFuture.supplyAsync(seen).get() == here").result());
        assertEquals("true", kernel.run(pool + "IntStream.range(0, 1_000).parallel().mapToObj(i -> seen.get()).allMatch(found -> found "
                + "== here)").result());
        assertEquals("true", kernel.run(pool + "var four = Executors.newFixedThreadPool(4);\nvar found = four.submit(seen::get).get();\n"
                + "four.shutdown();\nfound == here").result());
        assertEquals("class Visible", kernel.run("class Visible { }\nString name = Visible.class.getName();\n"
                + "CompletableFuture.supplyAsync(() -> {\n"
                + "    try { return Thread.currentThread().getContextClassLoader().loadClass(name); } catch (Exception e) { "
                + "return e; }\n}).get()").result());
    }

    @Test void aMagicThatHangsIsInterruptedAsACellIs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            kernel.run("%mavenRepo central http://127.0.0.1:" + silent.getLocalPort() + "/");
            Message request = kernel.send("code", "%maven no.such.group:thing:1.0");
            try (var asking = silent.accept()) {
                assertTrue(asking.getInputStream().read() >= 0, "it asks");
                long start = System.nanoTime();
                client.ask(client.control, "interrupt_request", Json.object());
                assertEquals("KeyboardInterrupt: interrupted", kernel.finish(request).error());
                assertTrue(System.nanoTime() - start < 2_500_000_000L, (System.nanoTime() - start) / 1e9 + " s");
                assertEquals("2", kernel.run("1 + 1").result());
            }
        }
    }

    @Test void moreArgumentsThanTheConnectionFileAreIgnored() throws Exception {
        Path place = Files.createDirectory(folder.resolve("more"));
        try (KernelProcess more = new KernelProcess(place, MEGABYTES, List.of(), Map.of(), "A.java", "--flag")) {
            assertEquals("2", more.run("1 + 1").result());
        }
    }

    @Test void previewsAndCompilerOptionsCanBeSwitchedOn() throws Exception {
        Path place = Files.createDirectory(folder.resolve("preview"));
        try (KernelProcess daring = new KernelProcess(place, MEGABYTES, List.of("--enable-preview"),
                Map.of("JAVAGRAD_COMPILER_OPTIONS", "-parameters '-Xlint:-options'"))) {
            String preview = Runtime.version().feature() < 21
                    ? "Object o = 3;\nswitch (o) { case Integer i -> i + 1; default -> 0; }" : "int wide = 4;\nwide instanceof byte";
            if (Set.of(17, 25).contains(Runtime.version().feature()))
                assertEquals(Runtime.version().feature() == 17 ? "4" : "true",
                        daring.run(preview.replace("switch", "int found = switch").replace("0; }", "0; };\nfound")).result());
            assertEquals("alpha", daring.run("interface Named { void call(int alpha); }\n"
                    + "Named.class.getMethods()[0].getParameters()[0].getName()").result());
        }
        try (KernelProcess wrong = new KernelProcess(Files.createDirectory(folder.resolve("wrong")), MEGABYTES, List.of(),
                Map.of("JAVAGRAD_COMPILER_OPTIONS", "'-open"))) {
            assertEquals("java.lang.IllegalStateException: JShell did not start: JAVAGRAD_COMPILER_OPTIONS: the quote ' is left open",
                    wrong.run("1 + 1").error());
        }
    }

    @Test void whatIsTheShellsIsRefusedOnControl() throws Exception {
        JsonObject reply = client.ask(client.control, "execute_request", Json.object("code", "int smuggled = 1;")).content();
        assertEquals("the kernel takes execute_request on its shell channel only", Json.text(reply, "evalue", ""));
        assertEquals("CompilationError: cannot find symbol: variable smuggled", kernel.run("smuggled").error());
    }
}
