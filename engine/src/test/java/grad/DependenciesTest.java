package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    @Test void theEngineNeedsTheJdkAndNothingElse() throws URISyntaxException {
        Path classes = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        StringWriter found = new StringWriter();
        int status = ToolProvider.findFirst("jdeps").orElseThrow()
                .run(new PrintWriter(found), new PrintWriter(found), "-summary",
                        "--add-modules", "jdk.incubator.vector", classes.toString());
        assertEquals(0, status, found::toString);
        assertEquals(Set.of("grad -> java.base", "grad -> jdk.incubator.vector"),
                found.toString().lines().filter(line -> line.startsWith("grad -> ")).collect(Collectors.toSet()));
    }
}
