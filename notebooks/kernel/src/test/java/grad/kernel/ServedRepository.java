package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A Maven repository on loopback: artifacts with their POMs, and jars that hold a class each, to compile cells against. */
final class ServedRepository implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, byte[]> files = new HashMap<>();
    private final HttpServer server;
    private final Path workshop;

    ServedRepository(Path workshop) throws IOException {
        this.workshop = workshop;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Asks for this name and password from now on. */
    void lock(String user, String password) {
        server.removeContext("/");
        server.createContext("/", this::answer).setAuthenticator(new BasicAuthenticator("artifacts") {
            @Override public boolean checkCredentials(String name, String word) {
                return name.equals(user) && word.equals(password);
            }
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        byte[] file = files.get(path);
        exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
        if (file != null && exchange.getRequestMethod().equals("GET")) exchange.getResponseBody().write(file);
        exchange.close();
    }

    String address() {
        return "http://" + host() + "/";
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** An artifact of the group {@code demo} with a jar of its class; the rest is what its POM says besides its coordinate. */
    ServedRepository with(String artifact, String version, String rest) {
        pom(artifact, version, rest);
        return file(artifact, version, ".jar", jar(artifact, "artifact"));
    }

    ServedRepository pom(String artifact, String version, String rest) {
        return file(artifact, version, ".pom", pomText(artifact, version, rest).getBytes(UTF_8));
    }

    /** A jar of the artifact that a classifier names. */
    ServedRepository classified(String artifact, String version, String classifier) {
        return file(artifact, version, "-" + classifier + ".jar", jar(artifact, classifier));
    }

    ServedRepository file(String artifact, String version, String end, byte[] content) {
        files.put("/demo/" + artifact + "/" + version + "/" + artifact + "-" + version + end, content);
        return this;
    }

    /** A snapshot as a remote repository keeps it: files by time, and metadata that say which is the last. */
    ServedRepository snapshot(String artifact, String base, String time, String rest) {
        String stamped = base + "-" + time + "-1";
        String folder = "/demo/" + artifact + "/" + base + "-SNAPSHOT/";
        files.put(folder + artifact + "-" + stamped + ".pom", pomText(artifact, base + "-SNAPSHOT", rest).getBytes(UTF_8));
        files.put(folder + artifact + "-" + stamped + ".jar", jar(artifact, time));
        files.put(folder + "maven-metadata.xml", ("<metadata modelVersion=\"1.1.0\"><groupId>demo</groupId><artifactId>" + artifact
                + "</artifactId><version>" + base
                + "-SNAPSHOT</version><versioning><snapshot><timestamp>" + time
                + "</timestamp><buildNumber>1</buildNumber></snapshot><lastUpdated>"
                + time.replace(".", "") + "</lastUpdated></versioning></metadata>").getBytes(UTF_8));
        return this;
    }

    static String pomText(String artifact, String version, String rest) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>demo</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version>" + rest
                + "</project>";
    }

    static String dependencies(String... artifacts) {
        StringBuilder text = new StringBuilder("<dependencies>");
        for (String artifact : artifacts) text.append(dependency(artifact, "<version>1</version>"));
        return text.append("</dependencies>").toString();
    }

    static String dependency(String artifact, String rest) {
        return "<dependency><groupId>demo</groupId><artifactId>" + artifact + "</artifactId>" + rest + "</dependency>";
    }

    /** The class demo.Top for an artifact top; its {@code name()} says which jar it is from. */
    byte[] jar(String artifact, String name) {
        String type = Character.toUpperCase(artifact.charAt(0)) + artifact.substring(1);
        try {
            Path folder = Files.createTempDirectory(workshop, artifact);
            Path source = Files.writeString(folder.resolve(type + ".java"),
                    "package demo; public class " + type + " { public static String name() { return \"" + name + "\"; } }");
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
            if (failed != 0) throw new IOException(type + " does not compile");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream jar = new JarOutputStream(bytes)) {
                jar.putNextEntry(new ZipEntry("demo/" + type + ".class"));
                jar.write(Files.readAllBytes(folder.resolve("demo/" + type + ".class")));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override public void close() {
        server.stop(0);
    }
}
