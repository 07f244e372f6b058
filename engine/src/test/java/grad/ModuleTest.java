package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as a module of another's program. */
class ModuleTest {
    private static final String PROGRAM = """
            package app;
            import grad.Tensor;
            public class App {
                public static void main(String[] arguments) throws Exception {
                    Tensor x = Tensor.parameter(Tensor.full(3, 2, 2));
                    x.matmul(x).sum().backward();
                    System.out.println(Tensor.class.getModule().getName() + " " + x.grad() + " " + Tensor.kernels());
                    grad.io.Safetensors.save(java.nio.file.Path.of(arguments[0], "x.safetensors"), java.util.Map.of("x", x));
                    System.out.println(grad.data.Digits.load().size());
                }
            }
            """;

    @TempDir Path folder;

    private static String engine() throws URISyntaxException {
        return Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    /** What javac says of the program in a module that requires the engine. */
    private String compile(String program) throws IOException, URISyntaxException {
        Path source = Files.createDirectories(folder.resolve("source/app"));
        Files.writeString(source.resolveSibling("module-info.java"), "module app { requires grad; }");
        Files.writeString(source.resolve("App.java"), program);
        StringWriter said = new StringWriter();
        ToolProvider.findFirst("javac").orElseThrow().run(new PrintWriter(said), new PrintWriter(said), "--module-path", engine(),
                "-d", folder.resolve("app").toString(), source.resolveSibling("module-info.java").toString(),
                        source.resolve("App.java").toString());
        return said.toString();
    }

    private List<String> run(String... options) throws IOException, URISyntaxException {
        String path = engine() + System.getProperty("path.separator") + folder.resolve("app");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--module-path", path, "-m", "app/app.App", folder.toString()));
        return OtherJava.printed(OtherJava.start(command)).lines().toList();
    }

    @Test void runsAsAModuleWithAndWithoutTheVectorApi() throws Exception {
        String said = compile(PROGRAM);
        assertFalse(said.contains("error"), said);
        List<String> plain = run("-Djavagrad.kernels=plain");
        assertEquals(List.of("grad [2, 2]: 12, 12, 12, 12 plain", "1797"), plain);
        List<String> vector = run("--add-modules", "jdk.incubator.vector");
        assertTrue(vector.get(0).startsWith("grad [2, 2]: 12, 12, 12, 12 vector ("), vector.toString());
    }

    @Test void keepsItsLoopsToItself() throws Exception {
        String said = compile("package app; class App { int lanes = grad.kernels.Kernels.LANES; }");
        assertTrue(said.contains("package grad.kernels is not visible"), said);
    }
}
