package grad.plots;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Where scripts can be run: a browser without a window, and Node, which has no document. Tests skip what a machine lacks. */
enum JavaScript {
    CHROMIUM("google-chrome", "chromium") {
        @Override
        List<String> command(Path program, Path folder, String script) throws IOException {
            Path page = Files.writeString(folder.resolve("page.html"), "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>"
                    + script + "\ndocument.body.textContent = `[${result()}]`;</script>");
            return List.of(program.toString(), "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir="
                    + folder.resolve("profile"),
                    "--dump-dom", page.toUri().toString());
        }
    },

    NODE("node") {
        @Override
        List<String> command(Path program, Path folder, String script) throws IOException {
            Path file = Files.writeString(folder.resolve("script.js"), script + "\nconsole.log(`[${result()}]`);");
            return List.of(program.toString(), file.toString());
        }
    };

    private static final Pattern NUMBERS = Pattern.compile("\\[([-+.,\\deInfityNa]*)]");

    private final List<String> names;

    JavaScript(String... names) {
        this.names = List.of(names);
    }

    /** Node starts sooner. */
    static JavaScript first() {
        return NODE.program() == null ? CHROMIUM : NODE;
    }

    abstract List<String> command(Path program, Path folder, String script) throws IOException;

    /** The numbers that the script's function {@code result()} returns. */
    double[] run(Path folder, String script) throws IOException, InterruptedException {
        Path program = program();
        Assumptions.assumeTrue(program != null, () -> "there is no " + names.get(0) + " on this machine");
        Path out = folder.resolve("out.txt"), err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command(program, folder, script)).redirectOutput(out.toFile())
                .redirectError(err.toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> program + " does not end");
        } finally {
            process.destroyForcibly();
        }
        Matcher numbers = NUMBERS.matcher(Files.readString(out));
        assertTrue(numbers.find(), Files.readString(out) + Files.readString(err));
        return Arrays.stream(numbers.group(1).split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    private Path program() {
        List<Path> found = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            for (String name : names) found.add(Path.of(folder, name));
        }
        return found.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }
}
