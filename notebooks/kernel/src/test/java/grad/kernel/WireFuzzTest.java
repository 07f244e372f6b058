package grad.kernel;

import static grad.kernel.FuzzedFrames.DELIMITER;
import static grad.kernel.FuzzedFrames.SIGN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

class WireFuzzTest {
    private final Wire wire = new Wire(FuzzedFrames.KEY);

    static Stream<byte[]> seeds() {
        return Stream.of(
                FuzzedFrames.request("execute_request", "{\"code\":\"1\"}"),
                FuzzedFrames.of(DELIMITER, SIGN, "{\"msg_id\":\"1\",\"msg_type\":\"x\"}", "{}", "{}", "{}", "a buffer", "another"),
                FuzzedFrames.of(DELIMITER, SIGN, "{}", "{}", "{}", "{}"),
                FuzzedFrames.of(DELIMITER, SIGN, "{\"msg_id\":\"1\",\"msg_type\":{}}", "{}", "{}", "{}"),
                FuzzedFrames.of(DELIMITER, SIGN, "{\"msg_id\":null,\"msg_type\":null}", "[]", "null", "\"x"),
                FuzzedFrames.of(DELIMITER, SIGN, "{\"msg_type\":\"x\",\"msg_type\":\"y\"}", "{", "}", "[".repeat(300)),
                FuzzedFrames.of(DELIMITER, "0".repeat(64), "{\"msg_id\":\"1\",\"msg_type\":\"x\"}", "{}", "{}", "{}"),
                FuzzedFrames.of("{}", "{}", SIGN, DELIMITER, "{}", "{}"));
    }

    @Timeout(10) @MethodSource("seeds") @FuzzTest
    void aMessageCanBeAnsweredAndTheRestIsRefused(byte[] bytes) {
        List<byte[]> frames = FuzzedFrames.read(bytes);
        try {
            Message request = wire.decode(frames);
            String signature = new String(frames.get(request.identities().size() + 1), UTF_8);
            assertTrue(signature.matches("[0-9a-f]{64}"), signature);
            assertTrue(!request.type().isEmpty());
            Message answer = wire.decode(wire.encode(request.reply("x_reply", request.content())));
            assertTrue(answer.answers(request));
            assertEquals(request.content(), answer.content());
            assertTrue(Arrays.deepEquals(request.identities().toArray(), answer.identities().toArray()));
        } catch (SignatureException e) {
            assertTrue(e.getMessage().startsWith("refused a message "), e.getMessage());
        }
    }
}
