package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final Pattern ARROW = Pattern.compile("^ +grad\\.([\\w.]+)\\S* +-> grad\\.([\\w.]+)");

    private static String jdeps(String option) throws URISyntaxException {
        Path classes = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        StringWriter found = new StringWriter();
        int status = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(found), new PrintWriter(found),
                option, "--add-modules", "jdk.incubator.vector", classes.toString());
        assertEquals(0, status, found::toString);
        return found.toString();
    }

    @Test void theEngineNeedsTheJdkAndNothingElse() throws URISyntaxException {
        Set<String> arrows = jdeps("-summary").lines().filter(line -> line.startsWith("grad -> ")).collect(Collectors.toSet());
        assertEquals(Set.of("grad -> java.base", "grad -> jdk.incubator.vector"), arrows);
    }

    /** Which files each file uses. */
    private static Map<String, Set<String>> uses() throws URISyntaxException {
        Map<String, Set<String>> uses = new TreeMap<>();
        jdeps("-verbose").lines().map(ARROW::matcher).filter(Matcher::find)
                .filter(arrow -> !arrow.group(1).equals(arrow.group(2)))
                .forEach(arrow -> uses.computeIfAbsent(arrow.group(1), from -> new TreeSet<>()).add(arrow.group(2)));
        return uses;
    }

    /** What is used by nothing that is left is taken away, until nothing is left, or a circle. */
    @Test void noFilesOrPackagesUseEachOtherInACircle() throws URISyntaxException {
        Map<String, Set<String>> files = uses();
        assertTrue(files.get("Tensor").contains("Node"), files::toString);
        Map<String, Set<String>> packages = new TreeMap<>();
        files.forEach((from, all) -> all.forEach(to -> {
            if (!folder(from).equals(folder(to))) packages.computeIfAbsent(folder(from), x -> new TreeSet<>()).add(folder(to));
        }));
        assertEquals(Map.of(), circles(files));
        assertEquals(Map.of(), circles(packages));
    }

    private static String folder(String file) { return file.contains(".") ? file.substring(0, file.indexOf('.')) : ""; }

    private static Map<String, Set<String>> circles(Map<String, Set<String>> uses) {
        Map<String, Set<String>> left = new TreeMap<>(uses);
        while (left.keySet().removeIf(file -> left.values().stream().noneMatch(used -> used.contains(file)))) { }
        return left;
    }
}
