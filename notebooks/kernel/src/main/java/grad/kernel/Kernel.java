package grad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Answers the requests of the Jupyter protocol: one process, one kernel. */
final class Kernel {
    private static final String IDLE = "idle";
    private static final Set<String> ON_CONTROL = Set.of("kernel_info_request", "interrupt_request", "shutdown_request");

    private final Sockets sockets;
    private final Interpreter interpreter;
    private final CellRunner cells;
    private final Assistant assistant;
    private final Output output;
    private final History history = new History();
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private int count;
    private volatile Message cell; // the request whose cell runs, or ran last: what is printed belongs to it
    private volatile String state = "starting";

    /** Cells may call the static methods of {@code functions}. */
    Kernel(Connection connection, Class<?> functions) throws IOException {
        sockets = new Sockets(connection);
        interpreter = new Interpreter(functions);
        output = new Output(this::stream, sockets::waiting, interpreter.traces());
        ClassPath classPath = new ClassPath(interpreter);
        cells = new CellRunner(interpreter, classPath);
        assistant = new Assistant(interpreter, classPath, cells.magics());
    }

    /** Begins to answer requests. */
    void open() {
        status(null, state);
        state = IDLE;
        status(null, state);
        sockets.start(this::onShell, this::onControl);
    }

    void shutdown() {
        shutdown.countDown();
    }

    /** Waits until the kernel is to end, and closes it. */
    void awaitShutdown() throws InterruptedException {
        shutdown.await();
        output.flush();
        sockets.close();
    }

    private void onShell(Message request, Sockets.Channel channel) {
        Request answered = interpreter.begin(request); // first: whoever reads "busy" may interrupt
        state = "busy";
        status(request, state);
        List<Message> behind = answer(request, channel);
        answered.end();
        state = IDLE;
        status(request, state);
        for (Message next : behind) abort(next, channel);
        if (request.type().equals("kernel_info_request")) status(null, state); // some front ends only heed a status without a parent
    }

    /** On a thread of its own, so that it is answered while a cell runs; everything else is the shell's. */
    private void onControl(Message request, Sockets.Channel channel) {
        status(request, "busy");
        if (ON_CONTROL.contains(request.type())) answer(request, channel);
        else fail(request, new CellError("ProtocolError", "the kernel takes " + request.type() + " on its shell channel only"), channel);
        status(request, IDLE);
        if (request.type().equals("kernel_info_request")) status(null, state);
    }

    /** Returns the requests that are not to be run any more, since they were queued behind a cell that has failed. */
    private List<Message> answer(Message request, Sockets.Channel channel) {
        try {
            if (request.type().equals("execute_request")) return execute(interpreter.request(), channel);
            dispatch(request, channel);
        } catch (Throwable e) { // whoever asked waits for a reply
            fail(request, e, channel);
        }
        return List.of();
    }

    private void fail(Message request, Throwable e, Sockets.Channel channel) {
        channel.send(request.reply(failed(error(e))));
    }

    private void dispatch(Message request, Sockets.Channel channel) {
        JsonObject content = request.content();
        JsonObject reply = switch (request.type()) {
            case "kernel_info_request" -> info();
            case "complete_request" -> assistant.complete(code(content), cursor(content));
            case "inspect_request" -> assistant.inspect(code(content), cursor(content));
            case "is_complete_request" -> assistant.isComplete(code(content));
            case "history_request" -> history.answer(content);
            case "comm_info_request" -> Json.object("status", "ok", "comms", new JsonObject());
            case "interrupt_request" -> {
                Interrupt.deliver(interpreter.request());
                yield Json.object("status", "ok");
            }
            case "shutdown_request" -> Json.object("status", "ok", "restart", Json.flag(content, "restart", false));
            case "comm_open" -> {
                JsonObject id = Json.object("comm_id", Json.text(content, "comm_id", ""), "data", new JsonObject());
                sockets.publish(Message.of("comm_close", request, id));
                yield null;
            }
            default -> null; // what is not known is not answered, as the protocol asks
        };
        if (reply != null) channel.send(request.reply(reply));
        if (request.type().equals("shutdown_request")) shutdown();
    }

    private static String code(JsonObject content) {
        return Json.text(content, "code", "");
    }

    /** The protocol counts code points, Java counts UTF-16 units. */
    private static int cursor(JsonObject content) {
        String code = code(content);
        int points = Math.min(Json.number(content, "cursor_pos", code.length()), code.codePointCount(0, code.length()));
        return code.offsetByCodePoints(0, Math.max(0, points));
    }

    private static JsonObject info() {
        String version = Runtime.version().toString();
        return Json.object("status", "ok",
                "protocol_version", Message.PROTOCOL, "implementation", "javagrad", "implementation_version", "1.0",
                // notebooks keep this: the same on every machine, so that opening one does not change it; the banner says the version.
                // The name is that of the kernelspec: JupyterLab offers a notebook the kernels whose language is exactly its name's, and
                // "java" is what every Java kernel's spec says. For colours, front ends and nbconvert take the mode and the lexer.
                "language_info", Json.object("name", "java", "version", "17", "mimetype", "text/x-java-source", "file_extension", ".jshell",
                        "pygments_lexer", "java", "codemirror_mode", "java"),
                "banner", "Java " + version + " (" + System.getProperty("java.vendor") + ")",
                "debugger", false, "help_links", new JsonArray());
    }

    private List<Message> execute(Request request, Sockets.Channel channel) {
        Message message = request.message;
        boolean silent = request.silent();
        if (request.stored()) count++;
        output.flush();
        replaceMissingStreams();
        cell = message;
        if (!silent) publish("execute_input", Json.object("code", request.code(), "execution_count", count));
        tellLost();
        try {
            channel.send(message.reply(succeed(request)));
            return List.of();
        } catch (Throwable e) {
            output.flush();
            if (request.stored()) history.add(count, request.code(), null);
            // before anyone can know of the failure: what comes later was sent in spite of it
            List<Message> behind = Json.flag(message.content(), "stop_on_error", true) ? channel.takeWaiting() : List.of();
            JsonObject error = error(e);
            if (!silent) publish("error", error);
            JsonObject reply = failed(error);
            reply.addProperty("execution_count", count);
            channel.send(message.reply(reply));
            return behind;
        }
    }

    /** A front end that has begun to read again hears what it has missed with its next cell. */
    private void tellLost() {
        long lost = sockets.takeLost();
        if (lost == 0) return;
        String megabytes = String.format(Locale.ROOT, "%.1f MB", lost / 1e6);
        stream("stderr", "a front end did not read: of what was printed before, up to " + megabytes + " were dropped for it\n");
    }

    private JsonObject succeed(Request request) throws Exception {
        Object value = cells.run(request.silent() ? "cell" : "cell [" + count + "]", request.code());
        DisplayData shown = value == null ? null : interpreter.call(() -> DisplayData.of(value));
        JsonObject expressions = expressions(request.message.content());
        output.flush();
        if (shown != null && !request.silent())
            publish("execute_result", Json.object("execution_count", count, "data", shown.data(), "metadata", new JsonObject()));
        if (request.stored()) history.add(count, request.code(), shown == null ? null : String.valueOf(shown.data().get("text/plain")));
        return Json.object("status", "ok", "execution_count", count, "user_expressions", expressions, "payload", new JsonArray());
    }

    /** Makes the streams of this process those of the cells. */
    void takeStreams() {
        System.setOut(output.stream("stdout"));
        System.setErr(output.stream("stderr"));
        System.setIn(new Input(this::input));
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
        channel.send(request.reply(Json.object("status", "aborted", "execution_count", count)));
        status(request, IDLE);
    }

    private JsonObject expressions(JsonObject content) {
        JsonObject results = new JsonObject();
        if (!content.has("user_expressions") || !content.get("user_expressions").isJsonObject()) return results;
        content.getAsJsonObject("user_expressions").entrySet().forEach(expression -> {
            JsonObject result;
            try {
                Object value = cells.run("user_expressions", expression.getValue().getAsString());
                DisplayData shown = interpreter.call(() -> DisplayData.of(value));
                result = Json.object("status", "ok", "data", shown.data(), "metadata", new JsonObject());
            } catch (Throwable e) {
                result = failed(error(e));
            }
            results.add(expression.getKey(), result);
        });
        return results;
    }

    private static JsonObject failed(JsonObject error) {
        JsonObject reply = error.deepCopy();
        reply.addProperty("status", "error");
        return reply;
    }

    private JsonObject error(Throwable e) {
        CellError error = e instanceof CellError cellError ? cellError
                : e instanceof CellInterrupted ? new CellError("KeyboardInterrupt", e.getMessage())
                : ErrorText.of(e, interpreter.traces());
        return Json.object("ename", error.name(), "evalue", error.value(), "traceback", error.traceback());
    }

    private void status(Message request, String executionState) {
        sockets.publish(Message.of("status", request, Json.object("execution_state", executionState)));
    }

    /** Sends what belongs to the cell that runs, or ran last. */
    private void publish(String type, JsonObject content) {
        sockets.publish(Message.of(type, cell, content));
    }

    private void stream(String name, String text) {
        publish("stream", Json.object("name", name, "text", text));
    }

    void display(String type, String id, DisplayData shown) {
        output.flush();
        publish(type, Json.object("data", shown.data(), "metadata", new JsonObject(), "transient", Json.object("display_id", id)));
        output.count(shown.data().values().stream().mapToInt(value -> value instanceof String text ? text.length() : 0).sum());
    }

    void clearOutput(boolean wait) {
        output.flush();
        publish("clear_output", Json.object("wait", wait));
    }

    Object eval(String code) throws Exception {
        Objects.requireNonNull(code, "eval: the code is null");
        try {
            return interpreter.ask(() -> cells.run("eval", code));
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
