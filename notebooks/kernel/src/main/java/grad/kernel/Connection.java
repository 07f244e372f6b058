package grad.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The connection file: where to listen, and the key that signs every message. */
record Connection(
        String ip,
        @SerializedName("shell_port") int shell,
        @SerializedName("control_port") int control,
        @SerializedName("stdin_port") int stdin,
        @SerializedName("iopub_port") int iopub,
        @SerializedName("hb_port") int heartbeat,
        String key) {

    private static final Map<String, String> ONLY = Map.of("transport", "tcp", "signature_scheme", "hmac-sha256");

    static Connection read(Path file) throws IOException {
        if (!Files.isRegularFile(file))
            throw new IOException("no connection file " + file + ": Jupyter writes it and starts the kernel with it");
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            Connection connection = Json.GSON.fromJson(json, Connection.class);
            if (connection.ip == null || connection.key == null || connection.shell == 0)
                throw new IOException(file + " is not a connection file: ip, key or shell_port is missing");
            for (Map.Entry<String, String> only : ONLY.entrySet())
                if (!only.getValue().equals(Json.text(json, only.getKey(), "")))
                    throw new IOException(file + ": this " + only.getKey() + " is not supported, only " + only.getValue());
            return connection;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw new IOException(file + " is not a connection file: " + e.getMessage().lines().findFirst().orElse("not JSON"), e);
        }
    }

    /** Writes a connection file with free ports of this machine. */
    static Connection write(Path file) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < 5; i++) taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        int[] ports = taken.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        for (ServerSocket socket : taken) socket.close();
        Connection connection = new Connection("127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], UUID.randomUUID().toString());
        Files.writeString(file, connection.text());
        return connection;
    }

    /** What the file says. */
    String text() {
        JsonObject json = Json.GSON.toJsonTree(this).getAsJsonObject();
        ONLY.forEach(json::addProperty);
        return json.toString();
    }

    String address(int port) {
        return "tcp://" + ip + ":" + port;
    }
}
