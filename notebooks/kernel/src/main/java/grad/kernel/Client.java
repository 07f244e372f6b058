package grad.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The other end of a kernel: sends requests and waits for their replies. The installer rehearses with it, the tests listen with it. */
final class Client implements AutoCloseable {
    static final int PATIENCE_MS = 120_000; // a busy machine needs half a minute for a stack that overflows

    private final ZMQ.Context context = ZMQ.context(1);
    private final Wire wire;
    final ZMQ.Socket shell;
    final ZMQ.Socket control;
    final ZMQ.Socket iopub;
    final ZMQ.Socket stdin;

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
        Sockets.send(socket, wire.encode(message));
    }

    Message receive(ZMQ.Socket socket) throws IOException {
        List<byte[]> frames = Sockets.receive(socket, 0);
        if (frames == null) throw new IOException("the kernel has not answered for " + PATIENCE_MS / 1000 + " s");
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
