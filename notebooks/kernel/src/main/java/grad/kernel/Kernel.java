package grad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** Answers the requests of the Jupyter protocol: one process, one kernel. */
public final class Kernel {
    private static final String IDLE = "idle";
    private static final int HOOKS_MS = 2_000;

    /** What exists once JShell has started; until then the kernel already answers who it is. */
    private record Shell(Interpreter interpreter, CellRunner cells, Assistant assistant) { }

    private final Sockets sockets;
    private final Output output = new Output(this::stream);
    private final History history = new History();
    private final CompletableFuture<Shell> starting = new CompletableFuture<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private volatile Message cell; // the request whose cell runs, or ran last: what is printed belongs to it
    private volatile String state = "starting";
    private volatile boolean interruptedEarly; // before JShell had started, while a cell was waiting for it
    private int count;
    private List<Message> behindFailure = List.of(); // a cell failed: those queued behind it are not run

    Kernel(Connection connection) throws IOException {
        sockets = new Sockets(connection);
    }

    /** Runs a kernel for this connection file until it is told to shut down. */
    static void run(String connectionFile) throws IOException, InterruptedException {
        Kernel kernel = new Kernel(Connection.read(Path.of(connectionFile)));
        Notebook.bind(kernel);
        kernel.serve();
    }

    private void serve() throws InterruptedException {
        System.setOut(output.stream("stdout"));
        System.setErr(output.stream("stderr"));
        System.setIn(new Input(this::input));
        open();
        endWithParent();
        shutdown.await();
        output.flush();
        sockets.close();
        Thread hooks = new Thread(Kernel::haltAfterGrace, "halt");
        hooks.setDaemon(true);
        hooks.start();
        System.exit(0);
    }

    /** Hooks that a cell has left for the end may take a moment, but not for ever. */
    private static void haltAfterGrace() {
        try {
            Thread.sleep(HOOKS_MS);
        } catch (InterruptedException e) {
            // then at once
        }
        Runtime.getRuntime().halt(0);
    }

    /** Begins to answer requests. */
    void open() {
        Thread start = new Thread(this::startShell, "start");
        start.setDaemon(true);
        start.start();
        status(null, state);
        state = IDLE;
        status(null, state);
        sockets.start(this::onShell, this::onControl);
    }

    private void startShell() {
        try {
            Interpreter interpreter = new Interpreter();
            ClassPath classPath = new ClassPath(interpreter);
            starting.complete(new Shell(interpreter, new CellRunner(interpreter, classPath), new Assistant(interpreter.analysis(), classPath)));
        } catch (Throwable e) {
            starting.completeExceptionally(e);
        }
    }

    /** Jupyter says who started us; when that process is gone, nobody can reach this one any more. */
    private void endWithParent() {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent == null) return;
        ProcessHandle.of(Long.parseLong(parent)).ifPresent(process -> process.onExit().thenRun(shutdown::countDown));
    }

    private Shell shell() throws Exception {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("JShell did not start: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void onShell(Message request, Sockets.Channel channel) {
        state = "busy";
        status(request, state);
        answer(request, channel);
        state = IDLE;
        status(request, state);
        List<Message> behind = behindFailure;
        behindFailure = List.of();
        for (Message next : behind) abort(next, channel);
        if (request.type().equals("kernel_info_request")) status(null, state); // some front ends only heed a status without a parent
    }

    private void onControl(Message request, Sockets.Channel channel) {
        status(request, "busy");
        answer(request, channel);
        status(request, IDLE);
        if (request.type().equals("kernel_info_request")) status(null, state);
    }

    private void answer(Message request, Sockets.Channel channel) {
        try {
            dispatch(request, channel);
        } catch (Throwable e) { // whoever asked waits for a reply
            JsonObject error = error(e);
            error.addProperty("status", "error");
            channel.send(request.reply(request.type().replace("_request", "_reply"), error));
        }
    }

    private void dispatch(Message request, Sockets.Channel channel) throws Exception {
        JsonObject content = request.content();
        switch (request.type()) {
            case "execute_request" -> execute(request, channel);
            case "kernel_info_request" -> channel.send(request.reply("kernel_info_reply", info()));
            case "complete_request" -> channel.send(request.reply("complete_reply",
                    shell().assistant.complete(Json.text(content, "code", ""), cursor(content))));
            case "inspect_request" -> channel.send(request.reply("inspect_reply",
                    shell().assistant.inspect(Json.text(content, "code", ""), cursor(content))));
            case "is_complete_request" -> channel.send(request.reply("is_complete_reply",
                    shell().assistant.isComplete(Json.text(content, "code", ""))));
            case "history_request" -> channel.send(request.reply("history_reply", history.answer(content)));
            case "comm_info_request" -> channel.send(request.reply("comm_info_reply", Json.object("status", "ok", "comms", new JsonObject())));
            case "comm_open" -> sockets.publish(Message.of("comm_close", request,
                    Json.object("comm_id", Json.text(content, "comm_id", ""), "data", new JsonObject())));
            case "interrupt_request" -> {
                if (starting.isDone()) shell().interpreter.interrupt();
                else interruptedEarly = state.equals("busy");
                channel.send(request.reply("interrupt_reply", Json.object("status", "ok")));
            }
            case "shutdown_request" -> {
                channel.send(request.reply("shutdown_reply", Json.object("status", "ok", "restart", Json.flag(content, "restart", false))));
                shutdown.countDown();
            }
            default -> { } // what is not known is not answered, as the protocol asks
        }
    }

    /** The protocol counts code points, Java counts UTF-16 units. */
    private static int cursor(JsonObject content) {
        String code = Json.text(content, "code", "");
        int points = Math.min(Json.number(content, "cursor_pos", code.length()), code.codePointCount(0, code.length()));
        return code.offsetByCodePoints(0, Math.max(0, points));
    }

    private static JsonObject info() {
        String version = Runtime.version().toString();
        return Json.object("status", "ok", "protocol_version", Message.PROTOCOL, "implementation", "javagrad", "implementation_version", "1.0",
                // notebooks keep this: the same on every machine, so that opening one does not change it; the banner says the version
                "language_info", Json.object("name", "java", "version", "17", "mimetype", "text/x-java-source", "file_extension", ".jshell",
                        "pygments_lexer", "java", "codemirror_mode", "java"),
                "banner", "Java " + version + " (" + System.getProperty("java.vendor") + ")",
                "debugger", false, "help_links", new JsonArray());
    }

    private void execute(Message request, Sockets.Channel channel) {
        JsonObject content = request.content();
        String code = Json.text(content, "code", "");
        boolean silent = Json.flag(content, "silent", false);
        boolean store = !silent && Json.flag(content, "store_history", true);
        if (store) count++;
        output.flush();
        replaceMissingStreams();
        cell = request;
        if (!silent) sockets.publish(Message.of("execute_input", request, Json.object("code", code, "execution_count", count)));
        try {
            shell().interpreter.begin();
            if (interruptedEarly) shell().interpreter.interrupt();
            interruptedEarly = false;
            Object value = shell().cells.run(place(silent), code);
            DisplayData shown = value == null ? null : shell().interpreter.call(() -> DisplayData.of(value));
            JsonObject expressions = expressions(content);
            output.flush();
            if (shown != null && !silent)
                sockets.publish(Message.of("execute_result", request,
                        Json.object("execution_count", count, "data", shown.data(), "metadata", new JsonObject())));
            if (store) history.add(count, code, shown == null ? null : String.valueOf(shown.data().get("text/plain")));
            channel.send(request.reply("execute_reply", Json.object("status", "ok", "execution_count", count,
                    "user_expressions", expressions, "payload", new JsonArray())));
        } catch (Throwable e) {
            output.flush();
            if (store) history.add(count, code, null);
            // before anyone can know of the failure: what comes later was sent in spite of it
            if (Json.flag(content, "stop_on_error", true)) behindFailure = channel.takeWaiting();
            JsonObject error = error(e);
            if (!silent) sockets.publish(Message.of("error", request, error));
            error = error.deepCopy();
            error.addProperty("status", "error");
            error.addProperty("execution_count", count);
            channel.send(request.reply("execute_reply", error));
        }
    }

    /** A cell may have set them to null; then not even the compiler would work. */
    private void replaceMissingStreams() {
        if (System.out == null) System.setOut(output.stream("stdout"));
        if (System.err == null) System.setErr(output.stream("stderr"));
        if (System.in == null) System.setIn(new Input(this::input));
    }

    private void abort(Message request, Sockets.Channel channel) {
        if (!request.type().equals("execute_request")) {
            onShell(request, channel);
            return;
        }
        status(request, "busy");
        channel.send(request.reply("execute_reply", Json.object("status", "aborted", "execution_count", count)));
        status(request, IDLE);
    }

    private String place(boolean silent) {
        return silent ? "cell" : "cell [" + count + "]";
    }

    private JsonObject expressions(JsonObject content) {
        JsonObject results = new JsonObject();
        if (!content.has("user_expressions") || !content.get("user_expressions").isJsonObject()) return results;
        content.getAsJsonObject("user_expressions").entrySet().forEach(expression -> {
            JsonObject result;
            try {
                Object value = shell().cells.run("user_expressions", expression.getValue().getAsString());
                DisplayData shown = shell().interpreter.call(() -> DisplayData.of(value));
                result = Json.object("status", "ok", "data", shown.data(), "metadata", new JsonObject());
            } catch (Throwable e) {
                result = error(e);
                result.addProperty("status", "error");
            }
            results.add(expression.getKey(), result);
        });
        return results;
    }

    private static JsonObject error(Throwable e) {
        CellError error = e instanceof CellError cellError ? cellError
                : e instanceof CellInterrupted ? new CellError("KeyboardInterrupt", e.getMessage())
                : ErrorText.of(e);
        return Json.object("ename", error.name(), "evalue", error.value(), "traceback", error.traceback());
    }

    private void status(Message request, String executionState) {
        sockets.publish(Message.of("status", request, Json.object("execution_state", executionState)));
    }

    private void stream(String name, String text) {
        sockets.publish(Message.of("stream", cell, Json.object("name", name, "text", text)));
    }

    void display(String type, String id, DisplayData shown) {
        output.flush();
        sockets.publish(Message.of(type, cell, Json.object("data", shown.data(), "metadata", new JsonObject(),
                "transient", Json.object("display_id", id))));
        output.count(shown.data().values().stream().mapToInt(value -> value instanceof String text ? text.length() : 0).sum());
    }

    void clearOutput(boolean wait) {
        output.flush();
        sockets.publish(Message.of("clear_output", cell, Json.object("wait", wait)));
    }

    Object eval(String code) throws Exception {
        try {
            return shell().cells.run("eval", Objects.requireNonNull(code, "eval: the code is null"));
        } catch (CellError e) {
            throw new IllegalArgumentException("eval: " + e.name() + (e.value().isEmpty() ? "" : ": " + e.value()), e);
        }
    }

    private String input() {
        Message asker = cell;
        if (asker == null || !Json.flag(asker.content(), "allow_stdin", true))
            throw new IllegalStateException("this front end takes no input: run the notebook in JupyterLab, or do not read System.in");
        output.flush();
        try {
            Message question = asker.reply("input_request", Json.object("prompt", "", "password", false));
            return Json.text(sockets.input(question).content(), "value", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for input", e);
        }
    }
}
