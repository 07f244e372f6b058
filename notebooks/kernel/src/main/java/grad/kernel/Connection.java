package grad.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The connection file: where to listen, and the key that signs every message. */
record Connection(
        String transport,
        String ip,
        @SerializedName("shell_port") int shell,
        @SerializedName("control_port") int control,
        @SerializedName("stdin_port") int stdin,
        @SerializedName("iopub_port") int iopub,
        @SerializedName("hb_port") int heartbeat,
        String key,
        @SerializedName("signature_scheme") String scheme) {

    static Connection read(Path file) throws IOException {
        if (!Files.isRegularFile(file))
            throw new IOException("no connection file " + file + ": Jupyter writes it and starts the kernel with it");
        Connection connection;
        try {
            connection = new Gson().fromJson(Files.readString(file), Connection.class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is not a connection file: " + e.getMessage().lines().findFirst().orElse("not JSON"), e);
        }
        if (connection == null || connection.ip == null || connection.key == null || connection.shell == 0)
            throw new IOException(file + " is not a connection file: ip, key or shell_port is missing");
        if (!"tcp".equals(connection.transport))
            throw new IOException(file + ": transport " + connection.transport + " is not supported, only tcp");
        if (!"hmac-sha256".equals(connection.scheme))
            throw new IOException(file + ": signature scheme " + connection.scheme + " is not supported, only hmac-sha256");
        return connection;
    }

    String address(int port) {
        return "tcp://" + ip + ":" + port;
    }
}
