package grad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The magics: lines of a cell that speak to the kernel instead of to Java. */
final class Magics {
    private static final List<String> LOADABLE = List.of("", ".ipynb", ".jshell", ".jsh", ".java");
    private static final int ANY = Integer.MAX_VALUE;

    /** What remains to be done with what a magic has found, by the shell's own thread. */
    interface Effect {
        void apply() throws CellError;
    }

    private interface Work {
        /** Finds out all that is needed; it can be interrupted, and may change nothing that a cell could see. */
        Effect find(List<String> arguments) throws MagicError, IOException;
    }

    /** How a magic is written, how many arguments it takes, what it does, and what the argument that is being written may become. */
    private record Magic(String usage, int least, int most, Work work, Function<String, List<String>> completions) { }

    private final ClassPath classPath;
    private final Maven maven;
    private final CellRunner cells;
    private final Map<String, Magic> magics = new TreeMap<>();
    private final Deque<Path> loading = new ArrayDeque<>();

    Magics(ClassPath classPath, Maven maven, CellRunner cells) {
        this.classPath = classPath;
        this.maven = maven;
        this.cells = cells;
        Magic classpath = new Magic("folder | file.jar | folder/*.jar …", 1, ANY, this::classpath, Magics::files);
        Work resolve = arguments -> artifacts(maven.resolve(arguments));
        Work pomText = arguments -> artifacts(maven.resolvePomText(arguments.get(0)));
        magics.put("%maven", new Magic("group:artifact:version …", 1, ANY, resolve, maven::completions));
        magics.put("%mavenRepo", new Magic("id url", 2, 2, this::mavenRepo, text -> List.of()));
        magics.put("%classpath", classpath);
        magics.put("%jars", classpath);
        magics.put("%load", new Magic("file", 1, 1, this::load, Magics::files));
        magics.put("%loadFromPOM", new Magic("pom.xml", 1, 1, this::loadFromPom, Magics::files));
        magics.put("%%loadFromPOM", new Magic("with <dependency> elements on the lines below", 1, 1, pomText, text -> List.of()));
    }

    boolean known(String name) {
        return magics.containsKey(name);
    }

    List<String> names() {
        return List.copyOf(magics.keySet());
    }

    /** What the last argument of a magic may become as it is written so far. */
    List<String> completions(String name, String argument) {
        return known(name) ? magics.get(name).completions.apply(argument) : List.of();
    }

    /** Does the first part of a magic's work, that of {@code %name} or {@code %%name}. */
    Effect find(String name, List<String> arguments) throws MagicError {
        Magic magic = magics.get(name);
        if (magic == null) throw new MagicError("there is no magic " + name + "; there are " + String.join(", ", magics.keySet()));
        if (arguments.size() < magic.least || arguments.size() > magic.most) throw new MagicError("usage: " + name + " " + magic.usage);
        try {
            return magic.work.find(arguments);
        } catch (CharacterCodingException e) {
            throw new MagicError(name + ": " + arguments.get(0) + " is not text in UTF-8: save it as such");
        } catch (InvalidPathException | PatternSyntaxException e) {
            throw new MagicError(name + ": this can be no file: " + e.getMessage().lines().findFirst().orElse(""));
        } catch (MagicError e) {
            throw new MagicError(name + ": " + e.value());
        } catch (IOException | RuntimeException e) {
            throw new MagicError(name + ": " + PlainText.own(e).lines().findFirst().orElse(""));
        }
    }

    private Effect artifacts(Map<String, Path> jars) {
        return () -> classPath.addArtifacts(jars);
    }

    private Effect mavenRepo(List<String> arguments) throws MagicError {
        maven.addRepository(arguments.get(0), arguments.get(1));
        return () -> { };
    }

    private Effect classpath(List<String> arguments) throws MagicError, IOException {
        List<Path> found = new ArrayList<>();
        for (String argument : arguments) found.addAll(ClassPath.find(argument));
        return () -> classPath.add(found);
    }

    private Effect loadFromPom(List<String> arguments) throws MagicError {
        Path pom = Path.of(arguments.get(0));
        if (!Files.isRegularFile(pom)) throw new MagicError("no file " + pom + here());
        return artifacts(maven.resolvePom(pom));
    }

    private static String here() {
        return " (looked from " + Path.of("").toAbsolutePath() + ")";
    }

    /** Runs a file as if it stood in the cell; its extension may be left out. */
    private Effect load(List<String> arguments) throws MagicError, IOException {
        String name = arguments.get(0);
        Path file = LOADABLE.stream().map(extension -> Path.of(name + extension)).filter(Files::isRegularFile).findFirst()
                .orElseThrow(() -> new MagicError("no file " + name + here()));
        List<Source> code = file.toString().endsWith(".ipynb") ? cells(file) : List.of(new Source(file.getFileName().toString(), Files.readString(file)));
        Path real = file.toRealPath();
        return () -> run(real, code);
    }

    private void run(Path file, List<Source> code) throws CellError {
        if (loading.contains(file)) throw new MagicError("%load: " + file.getFileName() + " loads itself");
        loading.push(file);
        try {
            for (Source cell : code) cells.run(cell.place(), cell.code());
        } finally {
            loading.pop();
        }
    }

    private static List<Source> cells(Path notebook) throws MagicError, IOException {
        String text = Files.readString(notebook);
        try {
            if (!(JsonParser.parseString(text).getAsJsonObject().get("cells") instanceof JsonArray all))
                throw new IllegalStateException("there is no list of cells in it");
            List<Source> code = new ArrayList<>();
            int number = 0;
            for (JsonElement element : all) {
                JsonObject cell = element.getAsJsonObject();
                number++;
                if (Json.text(cell, "cell_type", "").equals("code"))
                    code.add(new Source(notebook.getFileName() + " [" + number + "]", source(cell.get("source"))));
            }
            return code;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw new MagicError("cannot read " + notebook + ": " + e.getMessage());
        }
    }

    private static String source(JsonElement source) {
        if (source == null) throw new IllegalStateException("one of its cells has no source");
        if (!(source instanceof JsonArray lines)) return source.getAsString();
        return StreamSupport.stream(lines.spliterator(), false).map(JsonElement::getAsString).collect(Collectors.joining());
    }

    /** The files and folders that a path may become, as one word each. */
    private static List<String> files(String path) {
        int name = path.lastIndexOf('/') + 1;
        try (Stream<Path> all = Files.list(Path.of(path.substring(0, name)).toAbsolutePath())) {
            return all.filter(file -> file.getFileName().toString().startsWith(path.substring(name)))
                    .filter(file -> name < path.length() || !file.getFileName().toString().startsWith("."))
                    .map(file -> Words.quoted(path.substring(0, name) + file.getFileName()) + (Files.isDirectory(file) ? "/" : "")).sorted().toList();
        } catch (IOException | IllegalArgumentException e) {
            return List.of();
        }
    }
}
