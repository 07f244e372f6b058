package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
    private final Wire wire = new Wire("secret");
    private final Message message = Message.of("status", null, Json.object("execution_state", "idle"));

    @Test void whatIsEncodedDecodesToTheSame() throws SignatureException {
        Message read = wire.decode(wire.encode(message));
        assertEquals(message.header(), read.header());
        assertEquals(message.content(), read.content());
    }

    @Test void replyGoesBackToTheIdentityThatAsked() throws SignatureException {
        List<byte[]> frames = new ArrayList<>(wire.encode(message));
        frames.add(0, "client".getBytes(StandardCharsets.UTF_8));
        Message reply = wire.decode(frames).reply("x_reply", Json.object());
        assertEquals("client", new String(reply.identities().get(0), StandardCharsets.UTF_8));
        assertTrue(reply.answers(message));
    }

    @Test void wrongSignatureIsRefused() {
        assertThrows(SignatureException.class, () -> new Wire("another").decode(wire.encode(message)));
    }

    @Test void changedContentIsRefused() {
        List<byte[]> frames = wire.encode(message);
        frames.set(frames.size() - 1, "{}".getBytes(StandardCharsets.UTF_8));
        assertThrows(SignatureException.class, () -> wire.decode(frames));
    }

    @Test void framesThatAreNoMessageAreRefused() {
        assertThrows(SignatureException.class, () -> wire.decode(List.of(new byte[] {1, 2, 3})));
    }

    @Test void datesHaveSecondsMicrosecondsAndZone() {
        String date = Json.text(message.header(), "date", "");
        assertTrue(date.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"), date);
    }

    @Test void sessionIsTheKernelsOwnAndConstant() {
        Message request = new Message(List.of(), Json.object("session", "the client's", "msg_id", "1"), Json.object(), Json.object(),
                Json.object());
        assertEquals(Message.SESSION, Json.text(request.reply("x_reply", Json.object()).header(), "session", ""));
        assertEquals(Message.SESSION, Json.text(message.header(), "session", ""));
    }
}
