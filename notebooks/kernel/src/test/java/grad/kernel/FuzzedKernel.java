package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.zeromq.ZMQ;

/** A kernel in this process, and a front end that means it well. */
final class FuzzedKernel {
    static {
        ClassLoader.getSystemClassLoader().setPackageAssertionStatus("zmq", false); // as a kernel runs
    }

    final Connection connection;
    final List<Integer> ports;
    private final Client client;

    FuzzedKernel(Path folder) throws IOException {
        Connection free = Connection.write(folder.resolve("connection.json"));
        connection = new Connection(free.ip(), free.shell(), free.control(), free.stdin(), free.iopub(), free.heartbeat(),
                FuzzedFrames.KEY);
        ports = List.of(connection.shell(), connection.control(), connection.stdin(), connection.iopub(), connection.heartbeat());
        new Kernel(connection, Notebook.class).open();
        client = new Client(connection);
    }

    void assertAnswers() throws IOException {
        for (ZMQ.Socket socket : List.of(client.control, client.shell))
            assertEquals("ok", Json.text(client.ask(socket, "kernel_info_request", Json.object()).content(), "status", ""));
        while (client.iopub.recv(ZMQ.DONTWAIT) != null) { }
    }
}
