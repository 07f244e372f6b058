package grad.kernel;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/** One message of the Jupyter protocol, without its signature. */
record Message(List<byte[]> identities, JsonObject header, JsonObject parent, JsonObject metadata, JsonObject content) {
    static final String PROTOCOL = "5.3";

    /** One session for the life of the process: clients drop as stale what carries another one. */
    static final String SESSION = UUID.randomUUID().toString();

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** A new message of ours; a null request stands for none (a status at start, say). */
    static Message of(String type, Message request, JsonObject content) {
        JsonObject parent = request == null ? new JsonObject() : request.header;
        return new Message(List.of(), header(type), parent, new JsonObject(), content);
    }

    /** The answer that goes back to whoever asked. */
    Message reply(String type, JsonObject content) {
        return new Message(identities, header(type), header, new JsonObject(), content);
    }

    /** The reply that the protocol has for this request. */
    Message reply(JsonObject content) {
        return reply(type().replace("_request", "_reply"), content);
    }

    String type() {
        return header.get("msg_type").getAsString();
    }

    boolean answers(Message request) {
        return request.header.get("msg_id").equals(parent.get("msg_id"));
    }

    private static JsonObject header(String type) {
        return Json.object("msg_id", UUID.randomUUID().toString(), "session", SESSION, "username", "kernel",
                "date", DATE.format(Instant.now()), "msg_type", type, "version", PROTOCOL);
    }
}
