package grad.kernel;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The magics: lines of a cell that speak to the kernel instead of to Java. Each is one entry of a table. */
final class Magics {
    private static final int ANY = Integer.MAX_VALUE;

    /** What remains to be done with what a magic has found, by the shell's own thread. */
    interface Effect {
        void apply() throws CellError;
    }

    private interface Work {
        /** Finds out all that is needed; it can be interrupted, and may change nothing that a cell could see. */
        Effect find(List<String> arguments) throws MagicError, IOException;
    }

    /** Runs a file as if it stood in the cell. */
    interface Loader {
        void load(CodeFile file) throws CellError;
    }

    /** How many arguments a magic takes and how they are written, what it is for, what one that is begun may become, what it does. */
    private record Magic(int least, int most, String usage, String help, Function<String, List<String>> completions, Work work) { }

    private final Map<String, Magic> magics = new TreeMap<>();

    Magics(ClassPath classPath, MavenResolver maven, Loader loader) {
        magics.put("%maven", new Magic(1, ANY, "group:artifact:version …", "adds artifacts, and all that they need, to the class path",
                maven::completions, arguments -> artifacts(classPath, maven.resolve(arguments))));
        magics.put("%mavenRepo", new Magic(2, 2, "id url", "adds a repository to those that artifacts come from",
                text -> List.of(), arguments -> {
                    maven.addRepository(arguments.get(0), arguments.get(1));
                    return () -> { };
                }));
        for (String name : List.of("%classpath", "%jars"))
            magics.put(name, new Magic(1, ANY, "folder | file.jar | folder/*.jar …", "adds folders and jars to the class path",
                    Magics::files, arguments -> {
                        List<Path> found = ClassPath.find(arguments);
                        return () -> classPath.add(found);
                    }));
        magics.put("%load", new Magic(1, 1, "file", "runs Java or a notebook as if it stood in the cell; the extension may be left out",
                Magics::files, arguments -> {
                    CodeFile file = CodeFile.read(arguments.get(0));
                    return () -> loader.load(file);
                }));
        magics.put("%loadFromPOM", new Magic(1, 1, "pom.xml", "adds what a POM depends on to the class path",
                Magics::files, arguments -> artifacts(classPath, maven.resolvePom(Path.of(arguments.get(0))))));
        magics.put("%%loadFromPOM", new Magic(1, 1, "with <dependency> elements on the lines below", "adds these to the class path",
                text -> List.of(), arguments -> artifacts(classPath, maven.resolvePomText(arguments.get(0)))));
    }

    private static Effect artifacts(ClassPath classPath, Map<String, Path> jars) {
        return () -> classPath.addArtifacts(jars);
    }

    boolean known(String name) {
        return magics.containsKey(name);
    }

    /** The names that a name may become as it is written so far. */
    List<String> names(String begun) {
        return magics.keySet().stream().filter(name -> name.startsWith(begun)).toList();
    }

    /** What the last argument of a known magic may become as it is written so far. */
    List<String> completions(String name, String argument) {
        return magics.get(name).completions.apply(argument);
    }

    /** How a known magic is written, and what it is for. */
    String help(String name) {
        return name + " " + magics.get(name).usage + "\n\n" + magics.get(name).help;
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

    /** The files and folders that a path may become, as one word each. */
    private static List<String> files(String path) {
        int name = path.lastIndexOf('/') + 1;
        try (Stream<Path> all = Files.list(Path.of(path.substring(0, name)).toAbsolutePath())) {
            return all.filter(file -> file.getFileName().toString().startsWith(path.substring(name)))
                    .filter(file -> name < path.length() || !file.getFileName().toString().startsWith("."))
                    .map(file -> Words.quoted(path.substring(0, name) + file.getFileName()) + (Files.isDirectory(file) ? "/" : ""))
                    .sorted().toList();
        } catch (IOException | IllegalArgumentException e) {
            return List.of();
        }
    }
}
