package grad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The magics: lines of a cell that speak to the kernel instead of to Java. */
final class Magics {
    static final List<String> NAMES =
            List.of("%%loadFromPOM", "%classpath", "%jars", "%load", "%loadFromPOM", "%maven", "%mavenRepo");

    private static final List<String> LOADABLE = List.of("", ".ipynb", ".jshell", ".jsh", ".java");

    private final ClassPath classPath;
    private final CellRunner cells;
    private final Maven maven = new Maven();

    Magics(ClassPath classPath, CellRunner cells) {
        this.classPath = classPath;
        this.cells = cells;
    }

    static boolean known(String name) {
        return NAMES.contains("%" + name);
    }

    void line(String name, String line) throws MagicError, CellError {
        List<String> arguments = Stream.of(line.strip().split("\\s+")).filter(Predicate.not(String::isEmpty)).toList();
        switch (name) {
            case "maven" -> {
                require(!arguments.isEmpty(), "%maven group:artifact:version …");
                classPath.addArtifacts(maven.resolve(arguments));
            }
            case "mavenRepo" -> {
                require(arguments.size() == 2, "%mavenRepo id url");
                maven.addRepository(arguments.get(0), arguments.get(1));
            }
            case "classpath", "jars" -> {
                require(!arguments.isEmpty(), "%" + name + " folder | file.jar | folder/*.jar …");
                List<Path> found = new ArrayList<>();
                for (String argument : arguments) found.addAll(ClassPath.find(argument, "%" + name));
                classPath.add(found);
            }
            case "load" -> {
                require(arguments.size() == 1, "%load file");
                load(arguments.get(0));
            }
            case "loadFromPOM" -> {
                require(arguments.size() == 1, "%loadFromPOM pom.xml");
                Path pom = Path.of(arguments.get(0));
                if (!Files.isRegularFile(pom)) throw new MagicError("%loadFromPOM: no file " + pom + here());
                classPath.addArtifacts(maven.resolvePom(pom));
            }
            default -> throw unknown("%" + name);
        }
    }

    void cell(String name, String line, String body) throws MagicError {
        if (!name.equals("loadFromPOM")) throw unknown("%%" + name);
        require(line.isBlank(), "%%loadFromPOM, with <dependency> elements on the lines below");
        classPath.addArtifacts(maven.resolvePomText(body));
    }

    private static void require(boolean right, String usage) throws MagicError {
        if (!right) throw new MagicError("usage: " + usage);
    }

    private static MagicError unknown(String name) {
        return new MagicError("there is no magic " + name + "; there are " + String.join(", ", NAMES));
    }

    private static String here() {
        return " (looked from " + Path.of("").toAbsolutePath() + ")";
    }

    /** Runs a file as if it stood in the cell; its extension may be left out. */
    private void load(String name) throws MagicError, CellError {
        for (String extension : LOADABLE) {
            Path file = Path.of(name + extension);
            if (!Files.isRegularFile(file)) continue;
            try {
                String text = Files.readString(file);
                if (file.toString().endsWith(".ipynb")) loadNotebook(file.getFileName().toString(), text);
                else cells.run(file.getFileName().toString(), text);
                return;
            } catch (IOException | JsonParseException | IllegalStateException | UnsupportedOperationException e) {
                throw new MagicError("%load: cannot read " + file + ": " + e.getMessage());
            }
        }
        throw new MagicError("%load: no file " + name + here());
    }

    private void loadNotebook(String name, String text) throws CellError {
        if (!(JsonParser.parseString(text).getAsJsonObject().get("cells") instanceof JsonArray all))
            throw new IllegalStateException("there is no list of cells in it");
        int number = 0;
        for (JsonElement element : all) {
            JsonObject cell = element.getAsJsonObject();
            number++;
            if (Json.text(cell, "cell_type", "").equals("code")) cells.run(name + " [" + number + "]", source(cell.get("source")));
        }
    }

    private static String source(JsonElement source) {
        if (source == null) throw new IllegalStateException("one of its cells has no source");
        if (!(source instanceof JsonArray lines)) return source.getAsString();
        return StreamSupport.stream(lines.spliterator(), false).map(JsonElement::getAsString).collect(Collectors.joining());
    }
}
