package grad.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come to its ports, from a browser or from nobody knows whom, the kernel answers the next message. */
class PeerFuzzTest {
    private static final String GREETING = "\u00ff" + "\0".repeat(8) + "\u007f\3\0NULL" + "\0".repeat(48);
    private static final String READY = "\4\u0029\5READY\u000bSocket-Type\0\0\0\6DEALER\u0008Identity\0\0\0\0";
    private static final String PROMISE = GREETING + READY + "\2";

    @TempDir static Path folder;

    private static FuzzedKernel kernel;

    @BeforeAll static void start() throws IOException {
        if (kernel == null) kernel = new FuzzedKernel(folder);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                GREETING + READY + "\1\1a\0\2bc",
                PROMISE + "\0\0\0\0\0\0\0\3abc",
                PROMISE + "\0\0\0\0\u007f\u00ff\u00ff\u00ffabc",
                PROMISE + "\u0080\0\0\0\u007f\u00ff\u00ff\u00ffabc",
                PROMISE + "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffabc",
                GREETING + "\4\2\1X",
                GREETING + READY + "\4\u0010\4PING\0\1xxxxxxxxxx",
                "\u00ff" + "\0".repeat(8) + "\u007f\1\5\0\0",
                "\3\0id\4\0abc").map(text -> text.getBytes(ISO_8859_1));
    }

    @Timeout(30) @MethodSource("seeds") @FuzzTest
    void theKernelStillAnswers(byte[] bytes) throws IOException {
        for (int port : kernel.ports) {
            try (Socket socket = new Socket(kernel.connection.ip(), port)) {
                socket.setSoLinger(true, 0); // thousands of closed connections would use up the ports
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes(); // until the kernel has read all and hangs up
            } catch (SocketException e) {
                // it has hung up before
            }
        }
        kernel.assertAnswers();
    }
}
