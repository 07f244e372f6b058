package grad.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The other end of a kernel: sends requests and waits for their replies. The installer rehearses with it, the tests listen with it. */
final class Client implements AutoCloseable {
    static final int PATIENCE_MS = 120_000; // a busy machine needs half a minute for a stack that overflows

    private final ZMQ.Context context = ZMQ.context(1);
    private final Wire wire;
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket iopub;
    private final ZMQ.Socket stdin;

    Client(Connection connection) {
        wire = new Wire(connection.key());
        byte[] identity = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        iopub = connect(SocketType.SUB, connection.address(connection.iopub()), null);
        iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
        shell = connect(SocketType.DEALER, connection.address(connection.shell()), identity);
        control = connect(SocketType.DEALER, connection.address(connection.control()), identity);
        stdin = connect(SocketType.DEALER, connection.address(connection.stdin()), identity);
    }

    private ZMQ.Socket connect(SocketType type, String address, byte[] identity) {
        ZMQ.Socket socket = context.socket(type);
        socket.setLinger(0);
        socket.setRcvHWM(0);
        socket.setReceiveTimeOut(PATIENCE_MS);
        if (identity != null) socket.setIdentity(identity);
        socket.connect(address);
        return socket;
    }

    /** Writes a connection file with free ports of this machine. */
    static Connection connectionFile(Path file) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < 5; i++) taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        List<Integer> ports = taken.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : taken) socket.close();
        Connection connection = new Connection("tcp", "127.0.0.1", ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4),
                UUID.randomUUID().toString(), "hmac-sha256");
        Files.writeString(file, Json.GSON.toJson(connection));
        return connection;
    }

    ZMQ.Socket shell() {
        return shell;
    }

    ZMQ.Socket control() {
        return control;
    }

    ZMQ.Socket iopub() {
        return iopub;
    }

    ZMQ.Socket stdin() {
        return stdin;
    }

    /** Sends a request over the socket and waits for the reply to it. */
    Message ask(ZMQ.Socket socket, String type, JsonObject content) throws IOException {
        Message request = Message.of(type, null, content);
        send(socket, request);
        while (true) {
            Message reply = receive(socket);
            if (reply.answers(request)) return reply;
        }
    }

    Message execute(String code) throws IOException {
        return ask(shell, "execute_request", Json.object("code", code));
    }

    void send(ZMQ.Socket socket, Message message) {
        List<byte[]> frames = wire.encode(message);
        for (int i = 0; i < frames.size(); i++) socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
    }

    Message receive(ZMQ.Socket socket) throws IOException {
        byte[] frame = socket.recv();
        if (frame == null) throw new IOException("the kernel has not answered for " + PATIENCE_MS / 1000 + " s");
        List<byte[]> frames = new ArrayList<>(List.of(frame));
        while (socket.hasReceiveMore()) frames.add(socket.recv());
        try {
            return wire.decode(frames);
        } catch (SignatureException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override public void close() {
        List.of(shell, control, iopub, stdin).forEach(ZMQ.Socket::close);
        context.term();
    }
}
