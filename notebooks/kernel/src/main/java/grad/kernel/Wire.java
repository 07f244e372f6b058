package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Messages to frames and back: identities, delimiter, HMAC-SHA256 signature, then header, parent, metadata and content as JSON. */
final class Wire {
    private static final String DELIMITER = "<IDS|MSG>";
    private static final int PARTS = 4;

    private final byte[] key;

    Wire(String key) {
        this.key = key.getBytes(UTF_8);
    }

    List<byte[]> encode(Message message) {
        List<byte[]> parts = new ArrayList<>();
        for (JsonObject part : List.of(message.header(), message.parent(), message.metadata(), message.content()))
            parts.add(Json.GSON.toJson(part).getBytes(UTF_8));
        List<byte[]> frames = new ArrayList<>(message.identities());
        frames.add(DELIMITER.getBytes(UTF_8));
        frames.add(sign(parts).getBytes(UTF_8));
        frames.addAll(parts);
        return frames;
    }

    /** Reads a message; refuses one that is not signed with our key, or is no message at all. */
    Message decode(List<byte[]> frames) throws SignatureException {
        int at = 0;
        while (at < frames.size() && !DELIMITER.equals(new String(frames.get(at), UTF_8))) at++;
        if (at + 1 + PARTS >= frames.size()) throw new SignatureException("refused a message without the parts of the protocol");
        List<byte[]> parts = frames.subList(at + 2, at + 2 + PARTS);
        if (!MessageDigest.isEqual(sign(parts).getBytes(UTF_8), frames.get(at + 1)))
            throw new SignatureException("refused a message with a wrong signature");
        JsonObject header = parse(parts.get(0));
        for (String name : List.of("msg_id", "msg_type")) // without them it can be neither understood nor answered
            if (!(header.get(name) instanceof JsonPrimitive text && text.isString() && !text.getAsString().isEmpty()))
                throw new SignatureException("refused a message without " + name);
        return new Message(List.copyOf(frames.subList(0, at)), header, parse(parts.get(1)), parse(parts.get(2)), parse(parts.get(3)));
    }

    private static JsonObject parse(byte[] part) throws SignatureException {
        try {
            return JsonParser.parseString(new String(part, UTF_8)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new SignatureException("refused a message that is not JSON", e);
        }
    }

    String sign(List<byte[]> parts) {
        if (key.length == 0) return ""; // Jupyter's way to say: unsigned
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
