package grad.kernel;

import static grad.kernel.FuzzedFrames.DELIMITER;
import static grad.kernel.FuzzedFrames.SIGN;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Whatever messages come, the kernel answers the next. */
class KernelFuzzTest {
    private static final Wire WIRE = new Wire(FuzzedFrames.KEY);
    private static final ZMQ.Context CONTEXT = ZMQ.context(1);

    @TempDir static Path folder;

    private static FuzzedKernel kernel;
    private static List<ZMQ.Socket> sockets;

    @BeforeAll static void start() throws IOException {
        if (kernel != null) return; // the fuzzer asks again and again
        kernel = new FuzzedKernel(folder);
        sockets = kernel.ports.stream().map(port -> {
            ZMQ.Socket socket = CONTEXT.socket(SocketType.DEALER);
            socket.setSendTimeOut(0); // nobody fetches answers that nobody has asked for
            socket.connect(kernel.connection.address(port));
            return socket;
        }).toList();
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                FuzzedFrames.request("kernel_info_request", "{}"),
                FuzzedFrames.request("execute_request", "{\"user_expressions\":[],\"silent\":\"yes\",\"stop_on_error\":{}}"),
                FuzzedFrames.request("complete_request", "{\"code\":\"Math.ma\",\"cursor_pos\":7}"),
                FuzzedFrames.request("complete_request", "{\"code\":\"%mav\",\"cursor_pos\":-1e400}"),
                FuzzedFrames.request("inspect_request", "{\"code\":\"\\ud83d(\",\"cursor_pos\":99999999999}"),
                FuzzedFrames.request("is_complete_request", "{\"code\":[\"x\"]}"),
                FuzzedFrames.request("history_request",
                        "{\"hist_access_type\":\"search\",\"pattern\":\"*?*\\\\E\",\"n\":-1,\"unique\":true}"),
                FuzzedFrames.request("history_request", "{\"hist_access_type\":\"range\",\"session\":0,\"start\":5,\"stop\":-5}"),
                FuzzedFrames.request("comm_open", "{\"comm_id\":null}"),
                FuzzedFrames.request("comm_info_request", "{}"),
                FuzzedFrames.request("interrupt_request", "{}"),
                FuzzedFrames.request("shutdown_request", "{\"restart\":1}"),
                FuzzedFrames.request("input_reply", "{\"value\":7}"),
                FuzzedFrames.request("debug_request", "{}"),
                FuzzedFrames.of("id", DELIMITER, SIGN, "{}", "{}", "{}", "{}"),
                FuzzedFrames.of("{}", SIGN, DELIMITER, "{}", "{}", "{}", "{}"),
                FuzzedFrames.of("", ""));
    }

    @Timeout(30) @MethodSource("seeds") @FuzzTest
    void theKernelStillAnswers(byte[] bytes) throws IOException {
        List<byte[]> frames = withoutCode(FuzzedFrames.read(bytes));
        for (ZMQ.Socket socket : sockets)
            for (int i = 0; i < frames.size(); i++) socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        kernel.assertAnswers();
        for (ZMQ.Socket socket : sockets) while (socket.recv(ZMQ.DONTWAIT) != null) { }
    }

    /** A cell may do anything at all, so none is run but the empty one; nothing is kept in the history, which would only grow. */
    private static List<byte[]> withoutCode(List<byte[]> frames) {
        try {
            Message message = WIRE.decode(frames);
            if (!message.type().equals("execute_request")) return frames;
            JsonObject content = message.content().deepCopy();
            content.addProperty("code", "");
            content.addProperty("store_history", false);
            if (content.get("user_expressions") instanceof JsonObject expressions)
                for (String name : List.copyOf(expressions.keySet())) expressions.addProperty(name, "");
            return WIRE.encode(new Message(message.identities(), message.header(), message.parent(), message.metadata(), content));
        } catch (SignatureException e) {
            return frames;
        }
    }
}
