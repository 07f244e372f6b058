package grad.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Evaluates Java code snippet by snippet in JShell and keeps the live value of the last one. */
final class Interpreter {
    private static final String BEYOND_A_LIMIT = "compiler.err.limit";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String IMPORTS = Stream.of("java.util", "java.io", "java.math", "java.net", "java.util.concurrent", "java.util.function",
                    "java.util.prefs", "java.util.regex", "java.util.stream").map(name -> "import " + name + ".*;\n").collect(Collectors.joining())
            + "import static grad.kernel.Notebook.*;\n";

    private final CellControl control = new CellControl();
    private final JShell shell;
    private final Map<String, Source> snippets = new HashMap<>();

    Interpreter() throws Exception {
        boolean vectors = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
        shell = JShell.builder()
                .executionEngine(new InThisProcess(), Map.of())
                .compilerOptions(vectors ? new String[] {"--add-modules", VECTOR_MODULE} : new String[0])
                .build();
        control.begin();
        eval(new Source("start", IMPORTS + "null"));
    }

    private final class InThisProcess implements ExecutionControlProvider {
        @Override public String name() {
            return "cell";
        }

        @Override public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }

    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    void begin() throws Exception {
        control.begin();
    }

    /** Runs work as cells run: on the big stack, and open to interrupts. */
    <T> T call(Callable<T> work) throws Throwable {
        return control.call(work, Thread.currentThread().getContextClassLoader());
    }

    void interrupt() {
        control.interrupt();
    }

    void addToClasspath(Collection<Path> paths) {
        if (!paths.isEmpty())
            shell.addToClasspath(paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /** Evaluates all of the code; the value is that of its last snippet, or null when that has none. */
    Object eval(Source source) throws CellError {
        List<Snippet> declared = new ArrayList<>();
        Object value = null;
        int at = 0;
        while (true) {
            CompletionInfo next = analysis().analyzeCompletion(source.code().substring(at));
            switch (next.completeness()) {
                case EMPTY -> {
                    tellMissing(declared);
                    return value;
                }
                case DEFINITELY_INCOMPLETE -> {
                    Source rest = source.part(at, source.code().length());
                    throw new CellError(ErrorText.COMPILATION, "the code ends too early: is a bracket, quote or brace left open?",
                            List.of(rest.place() + ", line " + rest.firstLine() + ": " + rest.line(rest.firstLine())));
                }
                default -> { // what may be incomplete, and what is wrong, the compiler judges best
                    int end = next.completeness().isComplete() ? source.code().length() - next.remaining().length() : source.code().length();
                    Source snippet = source.part(at, end);
                    value = evalSnippet(next.completeness() == Completeness.COMPLETE_WITH_SEMI ? snippet.withSemicolon() : snippet, declared);
                    at = end;
                }
            }
        }
    }

    private Object evalSnippet(Source source, List<Snippet> declared) throws CellError {
        control.takeValue();
        List<SnippetEvent> events = shell.eval(source.code());
        Object value = control.takeValue();
        control.checkInterrupt();
        boolean shown = false;
        for (SnippetEvent event : events) {
            if (event.causeSnippet() != null) continue; // a dependant that was compiled again: its own use will tell
            Snippet snippet = event.snippet();
            snippets.put(snippet.id(), source);
            check(event, source);
            declared.add(snippet);
            shown = switch (snippet.subKind()) {
                case VAR_VALUE_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
                default -> false;
            };
        }
        return shown ? value : null;
    }

    private void check(SnippetEvent event, Source source) throws CellError {
        Snippet snippet = event.snippet();
        JShellException exception = event.exception();
        if (exception instanceof UnresolvedReferenceException unresolved)
            throw ErrorText.of(unresolved, missing(unresolved.getSnippet()));
        if (exception instanceof EvalException thrown)
            throw ErrorText.of(thrown, snippets);
        boolean unfinished = event.status() == Snippet.Status.RECOVERABLE_DEFINED || event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED;
        boolean mayComeLater = snippet instanceof MethodSnippet || snippet instanceof TypeDeclSnippet;
        boolean undefined = unfinished && (mayComeLater ? missing((DeclarationSnippet) snippet).isEmpty() : event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED);
        if (event.status() != Snippet.Status.REJECTED && !undefined) return;
        List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
        if (errors.stream().anyMatch(error -> error.getCode().startsWith(BEYOND_A_LIMIT))) renewCompiler();
        throw ErrorText.of(errors, source);
    }

    /** After code beyond a limit of class files the compiler would repeat its complaint for ever; a longer class path makes JShell take a new one. */
    private void renewCompiler() {
        shell.addToClasspath(System.getProperty("java.class.path"));
    }

    /** Says what a method or class of this cell still lacks: forward references are fine, and typing errors look just like them. */
    private void tellMissing(List<Snippet> declared) {
        for (Snippet snippet : declared) {
            Snippet.Status status = shell.status(snippet);
            if (status == Snippet.Status.RECOVERABLE_DEFINED || status == Snippet.Status.RECOVERABLE_NOT_DEFINED)
                System.err.println(((DeclarationSnippet) snippet).name() + " cannot be used until "
                        + String.join(", ", missing((DeclarationSnippet) snippet)) + " is declared");
        }
    }

    private List<String> missing(DeclarationSnippet snippet) {
        return shell.unresolvedDependencies(snippet).toList();
    }
}
