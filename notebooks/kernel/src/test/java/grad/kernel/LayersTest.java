package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Each file of the kernel knows only files that stand before it, so that it can be read, and changed, without those that come after. */
class LayersTest {
    /** Messages, text, evaluation, magics, the kernel, the process: from the bottom up. */
    private static final List<String> ORDER = List.of((
            "Json Message Wire Connection Sockets Client "
            + "PlainText CellError MagicError Source Words MagicParser DisplayData Traces ErrorText "
            + "Inbox CellThread CellInterrupted $Cancel$ Request Interrupt NoExit MemoryReserve CellControl Interpreter "
            + "ClassPath LocalPoms Coordinates MavenResolver CodeFile Magics CellRunner "
            + "SourceDocs Assistant History Output Input Kernel Notebook "
            + "Installer Main Launcher").split(" "));
    private static final Pattern ARROW = Pattern.compile("(?:grad\\.kernel|REPL)\\.(\\S+) +-> (?:grad\\.kernel|REPL)\\.(\\S+)");

    @Test void everyArrowPointsDown() throws Exception {
        StringWriter said = new StringWriter();
        Path classes = Path.of(Kernel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(said), new PrintWriter(said), "-v", classes.toString());
        Set<String> files = new TreeSet<>(List.of("Launcher")); // which knows the others by name only
        Set<String> up = new TreeSet<>();
        for (Matcher arrow = ARROW.matcher(said.toString()); arrow.find();) {
            String from = file(arrow.group(1)), to = file(arrow.group(2));
            files.addAll(List.of(from, to));
            if (ORDER.indexOf(from) < ORDER.indexOf(to)) up.add(from + " -> " + to);
        }
        assertEquals(Set.of(), up);
        assertEquals(new TreeSet<>(ORDER), files);
    }

    private static String file(String type) {
        return type.startsWith("$") ? type : type.replaceFirst("\\$.*", "");
    }
}
