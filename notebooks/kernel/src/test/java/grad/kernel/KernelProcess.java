package grad.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The finished jar as a process of its own, spoken to over its sockets. */
final class KernelProcess implements AutoCloseable {
    static final Path JAR = Path.of("target/kernel.jar").toAbsolutePath();
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    final Connection connection;
    final Process process;
    final Client client;

    /** Starts a kernel with so much memory, and waits until it is ready. */
    KernelProcess(Path folder, int megabytes) throws IOException {
        this(folder, megabytes, List.of(), Map.of());
    }

    /** With more flags of the JVM's, settings of the environment's and arguments of the kernel's. */
    KernelProcess(Path folder, int megabytes, List<String> flags, Map<String, String> settings, String... arguments) throws IOException {
        Path file = folder.resolve("connection.json");
        connection = Connection.write(file);
        List<String> command = new ArrayList<>(List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC",
                "-Dmaven.repo.local=" + folder.resolve("repository")));
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toString(), file.toString()));
        command.addAll(List.of(arguments));
        process = java(settings, command);
        client = new Client(connection);
        do client.ask(client.shell, "kernel_info_request", Json.object()); while (!readyIsAnnounced());
    }

    static Process java(String... arguments) throws IOException {
        return java(Map.of(), List.of(arguments));
    }

    private static Process java(Map<String, String> settings, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(settings);
        return builder.start();
    }

    /** Whether a status that answers nobody says idle; nothing comes at all while the subscription is under way. */
    private boolean readyIsAnnounced() {
        client.iopub.setReceiveTimeOut(500);
        try {
            Message message;
            do message = client.receive(client.iopub);
            while (message.parent().size() > 0 || !Json.text(message.content(), "execution_state", "").equals("idle"));
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            client.iopub.setReceiveTimeOut(Client.PATIENCE_MS);
        }
    }

    @Override public void close() throws IOException {
        client.close();
        process.destroyForcibly();
    }

    /** What a cell made visible, in order. */
    record Outcome(Message reply, List<Message> published) {
        List<Message> all(String type) {
            return published.stream().filter(message -> message.type().equals(type)).toList();
        }

        String printed(String stream) {
            return all("stream").stream().map(Message::content).filter(content -> Json.text(content, "name", "").equals(stream))
                    .map(content -> Json.text(content, "text", "")).collect(Collectors.joining());
        }

        String result() {
            return Json.text(all("execute_result").get(0).content().getAsJsonObject("data"), "text/plain", "");
        }

        String error() {
            return Json.text(reply.content(), "ename", "") + ": " + Json.text(reply.content(), "evalue", "");
        }
    }

    Outcome run(String code) throws IOException {
        return finish(send("code", code));
    }

    Message send(Object... content) {
        Message request = Message.of("execute_request", null, Json.object(content));
        client.send(client.shell, request);
        return request;
    }

    Outcome finish(Message request) throws IOException {
        List<Message> published = new ArrayList<>();
        while (true) {
            Message message = client.receive(client.iopub);
            if (!message.answers(request)) continue;
            published.add(message);
            if (Json.text(message.content(), "execution_state", "").equals("idle")) break;
        }
        Message reply;
        do reply = client.receive(client.shell); while (!reply.answers(request));
        return new Outcome(reply, published);
    }

    /** Waits until the kernel has said that it works on the request. */
    void awaitBusy(Message request) throws IOException {
        while (!client.receive(client.iopub).answers(request)) { }
    }

    /** Waits until the running cell has printed. */
    void awaitOutput(Message request) throws IOException {
        Message message;
        do message = client.receive(client.iopub); while (!message.answers(request) || !message.type().equals("stream"));
    }
}
