package grad.data;

import grad.io.FileError;
import grad.io.WholeFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Files known by their SHA-256, and the places that have them.
 *
 * @param places addresses ending in a slash, tried in this order
 * @param sha256 file name to checksum in hexadecimal
 */
record Download(List<URI> places, Map<String, String> sha256) {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LARGEST = 1 << 24;

    /**
     * Fetches what {@code folder} lacks or has damaged. A file appears there only when whole and right. Says whether anything was fetched.
     */
    boolean into(Path folder) throws IOException {
        boolean fetched = false;
        for (String name : sha256.keySet()) {
            Path file = folder.resolve(name);
            if (isRight(file)) continue;
            byte[] bytes = fetch(name);
            make(folder);
            WholeFile.write(file, out -> out.write(bytes));
            fetched = true;
        }
        return fetched;
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(folder + ": the folder cannot be made (" + FileError.reason(e) + ")", e);
        }
    }

    private boolean isRight(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    && sha256(Files.readAllBytes(file)).equals(sha256.get(file.getFileName().toString()));
        } catch (FileSystemException | ClosedChannelException e) {
            throw FileError.of(file, "not read", e);
        }
    }

    private byte[] fetch(String name) throws IOException {
        List<String> failures = new ArrayList<>();
        for (URI place : places) {
            try {
                return fetch(place, name);
            } catch (UnknownHostException e) {
                failures.add(place.getHost() + ": unknown host");
            } catch (IOException e) {
                failures.add(place.getHost() + ": " + e.getMessage());
            }
        }
        throw new IOException(name + " could not be downloaded (" + String.join("; ", failures) + ")");
    }

    private byte[] fetch(URI place, String name) throws IOException {
        var connection = (HttpURLConnection) place.resolve(name).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("HTTP status " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] bytes = in.readNBytes(LARGEST);
                long promised = connection.getContentLengthLong();
                if (bytes.length < promised) throw new EOFException("Premature EOF");        // JDK 25 says so itself, 17 is silent
                if (!sha256(bytes).equals(sha256.get(name))) throw new IOException("wrong SHA-256 after " + bytes.length + " bytes");
                return bytes;
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
