package grad.kernel;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Installs the kernel into a Jupyter data folder, with a class-data archive that brings its start below two seconds. */
final class Installer {
    private static final String JAR = "kernel.jar";
    private static final String ARCHIVE = "kernel.jsa";
    private static final int REHEARSAL_S = 120;

    private final Path folder;

    private Installer(Path folder) {
        this.folder = folder;
    }

    /** Writes {@code data/kernels/java}; what is there already is replaced at the end, in one move. */
    static void run(String data) throws IOException, InterruptedException {
        Path kernels = Path.of(data).toAbsolutePath().normalize().resolve("kernels");
        Installer installer = new Installer(kernels.resolve("java"));
        try {
            installer.install(ownJar());
        } catch (FileSystemException e) {
            throw new IOException("cannot install into " + installer.folder + ": " + e, e); // its own message is only a path
        }
        try {
            installer.archive();
        } catch (IOException e) {
            System.err.println("no class-data archive (" + e.getMessage() + "): the kernel works, and starts a second slower");
        }
        System.out.println("kernel java installed in " + installer.folder);
    }

    private static Path ownJar() throws IOException {
        try {
            Path jar = Path.of(Installer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isRegularFile(jar)) return jar;
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the kernel's own jar: " + e.getMessage(), e);
        }
        throw new IOException("only the jar can be installed: java -jar kernel.jar --install <folder>");
    }

    private void install(Path jar) throws IOException {
        Files.createDirectories(folder.getParent());
        Path fresh = folder.resolveSibling(".java-new-" + ProcessHandle.current().pid());
        Path old = folder.resolveSibling(".java-old-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(fresh);
            Files.copy(jar, fresh.resolve(JAR));
            Files.writeString(fresh.resolve("kernel.json"), kernelspec());
            if (Files.exists(folder)) Files.move(folder, old);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(fresh);
            delete(old);
        }
    }

    private String kernelspec() {
        List<String> command = command("-XX:SharedArchiveFile=" + folder.resolve(ARCHIVE));
        command.add("{connection_file}");
        return Json.object("argv", command, "display_name", "Java", "language", "java", "interrupt_mode", "message") + "\n";
    }

    private List<String> command(String archive) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(java, "-Djava.awt.headless=true", "-XX:+UseSerialGC", "-Xshare:auto", archive,
                "-Xlog:disable", // an archive that no longer fits is ignored: no word of it needed
                "--add-modules", "jdk.incubator.vector", "-jar", folder.resolve(JAR).toString()));
    }

    /** Runs the installed kernel once through what every notebook does, and has the JVM write down the classes it loaded. */
    private void archive() throws IOException, InterruptedException {
        Path fresh = folder.resolve(ARCHIVE + ".new");
        Path connectionFile = Files.createTempFile("rehearsal", ".json");
        Connection connection = Connection.write(connectionFile);
        List<String> command = command("-XX:ArchiveClassesAtExit=" + fresh);
        command.add(connectionFile.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try (Client client = new Client(connection)) {
            rehearse(client);
            if (!process.waitFor(REHEARSAL_S, TimeUnit.SECONDS)) throw new IOException("the rehearsal did not end");
            if (!Files.exists(fresh)) throw new IOException("this JVM wrote none");
            Files.move(fresh, folder.resolve(ARCHIVE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(connectionFile);
        }
    }

    private static void rehearse(Client client) throws IOException {
        client.ask(client.shell, "kernel_info_request", Json.object());
        client.execute("var numbers = List.of(1, 2, 3);\nint twice(int x) { return 2 * x; }\nrecord Pair(int a, int b) { }");
        client.execute("%%loadFromPOM\n");
        client.execute("System.out.println(twice(3)); display(\"<b>hello</b>\", \"text/html\"); numbers");
        client.execute("int[] xs = {1, 2}; xs[2]");
        client.execute("undefined");
        client.ask(client.shell, "complete_request", Json.object("code", "numbers.str", "cursor_pos", 11));
        client.ask(client.shell, "inspect_request", Json.object("code", "numbers.stream()", "cursor_pos", 12, "detail_level", 0));
        client.ask(client.shell, "is_complete_request", Json.object("code", "int y = 2;"));
        client.ask(client.control, "shutdown_request", Json.object("restart", false));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
