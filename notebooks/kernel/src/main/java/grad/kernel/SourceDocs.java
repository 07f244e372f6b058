package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Javadoc of libraries out of their sources jars; JShell itself reads only that of the JDK. */
final class SourceDocs {
    private static final Pattern METHOD = Pattern.compile("(?:(?:(\\S+) )?([\\w.]+)\\.)?(\\w+)\\((.*)\\)");
    private static final Pattern FIELD = Pattern.compile("([\\w.]+)\\.(\\w+)(?::.*)?");

    private SourceDocs() { }

    /**
     * The comment of the method, field or type with this signature, written as JShell writes it; null when no source has it.
     * The qualifier tells the full name of a simple one, or null when the cell does not know.
     */
    static String find(String signature, List<Path> sources, UnaryOperator<String> qualifier) {
        String plain = withoutTypeArguments(signature);
        Matcher method = METHOD.matcher(plain);
        if (method.matches()) {
            boolean constructor = method.group(2) == null;
            String owner = constructor ? method.group(3) : method.group(2);
            String name = constructor ? "<init>" : method.group(3);
            return comment(sources, owner, qualifier, new Wanted(owner, name, parameterTypes(method.group(4))));
        }
        Matcher field = FIELD.matcher(plain);
        if (!field.matches()) return null;
        String member = comment(sources, field.group(1), qualifier, new Wanted(field.group(1), field.group(2), null));
        return member != null ? member : comment(sources, plain, name -> plain, new Wanted(plain, null, null));
    }

    private static String withoutTypeArguments(String signature) {
        String plain = signature.replaceAll("<[^<>]*>", "");
        return plain.equals(signature) ? plain : withoutTypeArguments(plain);
    }

    private static List<String> parameterTypes(String parameters) {
        return parameters.isBlank() ? List.of()
                : Arrays.stream(parameters.split(",")).map(parameter -> parameter.strip().replaceFirst("\\s+\\w+$", "")).toList();
    }

    /** A declaration to look for: a type without a name, a field without parameter types. */
    private record Wanted(String owner, String name, List<String> types) { }

    private static String comment(List<Path> sources, String owner, UnaryOperator<String> qualifier, Wanted wanted) {
        String known = qualifier.apply(owner);
        String path = (known == null ? owner : known).replace('.', '/');
        for (Path jar : sources) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().filter(entry -> declares(entry.getName(), path, known != null)).toList()) {
                    String comment = comment(new String(zip.getInputStream(entry).readAllBytes(), UTF_8), wanted);
                    if (comment != null) return comment;
                }
            } catch (IOException e) {
                continue; // a jar that cannot be read documents nothing
            }
        }
        return null;
    }

    /** Whether a source file holds the type at this path: the file of its outermost class does. */
    private static boolean declares(String file, String type, boolean fullName) {
        if (!file.endsWith(".java")) return false;
        String stem = file.substring(0, file.length() - ".java".length());
        return fullName ? type.equals(stem) || type.startsWith(stem + "/")
                : stem.substring(stem.lastIndexOf('/') + 1).equals(type.replaceFirst("/.*", ""));
    }

    private static String comment(String source, Wanted wanted) throws IOException {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> { }, List.of("-proc:none"), null, List.of(file));
        CompilationUnitTree unit = task.parse().iterator().next();
        return new Search(DocTrees.instance(task), wanted).scan(unit, null);
    }

    private static final class Search extends TreePathScanner<String, Void> {
        private final DocTrees trees;
        private final Wanted wanted;
        private final String owner; // its simple name

        Search(DocTrees trees, Wanted wanted) {
            this.trees = trees;
            this.wanted = wanted;
            owner = wanted.owner.substring(wanted.owner.lastIndexOf('.') + 1);
        }

        @Override public String visitClass(ClassTree type, Void none) {
            boolean found = wanted.name == null && type.getSimpleName().contentEquals(owner);
            return found ? comment() : super.visitClass(type, none);
        }

        @Override public String visitMethod(MethodTree method, Void none) {
            boolean found = inOwner() && method.getName().contentEquals(wanted.name == null ? "" : wanted.name) && wanted.types != null
                    && method.getParameters().stream().map(parameter -> withoutTypeArguments(parameter.toString()))
                            .map(type -> type.replaceFirst("\\s+\\w+$", "").replaceFirst("^final ", "")).toList().equals(wanted.types);
            return found ? comment() : null;
        }

        @Override public String visitVariable(VariableTree field, Void none) {
            boolean found = inOwner() && wanted.types == null && field.getName().contentEquals(wanted.name == null ? "" : wanted.name);
            return found ? comment() : null;
        }

        private boolean inOwner() {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            return parent instanceof ClassTree type && type.getSimpleName().contentEquals(owner);
        }

        private String comment() {
            return trees.getDocComment(getCurrentPath());
        }

        @Override public String reduce(String one, String other) {
            return one != null ? one : other;
        }
    }

    /** A documentation comment as plain text: tags and markup taken out, what they hold kept. */
    static String plain(String comment) {
        return comment
                .replaceAll("\\{@(?:link|linkplain)\\s+[^\\s{}]+\\s+([^{}]+)}", "$1")
                .replaceAll("\\{@\\w+\\s+#?([^{}]*)}", "$1")
                .replaceAll("\\{@\\w+}", "")
                .replaceAll("(\\w)#(\\w)", "$1.$2")
                .replaceAll("(?i)\\s*<p>\\s*", "\n\n")
                .replaceAll("(?i)<li>", "- ")
                .replaceAll("</?[a-zA-Z][^>]*>", "")
                .replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&nbsp;", " ")
                .replaceAll("(?m)^ ", "")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }
}
