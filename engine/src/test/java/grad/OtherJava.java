package grad;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Programs of the tests that run in a Java of their own. */
public final class OtherJava {
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    private OtherJava() { }

    /** The command that runs {@code main} with the engine and its tests on the class path, and nothing else. */
    public static List<String> command(Class<?> main, Object... arguments) { return command(QUICK_START, main, arguments); }

    public static List<String> command(List<String> options, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", folder(Tensor.class) + System.getProperty("path.separator") + folder(main), main.getName()));
        for (Object argument : arguments) command.add(argument.toString());
        return command;
    }

    public static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** All that a program prints, without Java's warning of the incubating module. */
    public static String printed(Process program) {
        return program.inputReader().lines().filter(line ->
                !line.startsWith("WARNING: Using incubator modules")).collect(Collectors.joining("\n"));
    }

    private static Path folder(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
