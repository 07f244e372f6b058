package grad;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of the tests that run in a Java of their own. */
public final class OtherJava {
    private OtherJava() { }

    /** The command that runs {@code main} with the engine and its tests on the class path, and nothing else. */
    public static List<String> command(Class<?> main, Object... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = folder(Tensor.class) + System.getProperty("path.separator") + folder(main);
        List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", classes, main.getName()));
        for (Object argument : arguments) command.add(argument.toString());
        return command;
    }

    public static Process start(List<String> command) throws IOException { return new ProcessBuilder(command).redirectErrorStream(true).start(); }

    private static Path folder(Class<?> type) { return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())); }
}
