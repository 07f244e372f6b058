package grad.kernel;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
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
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/** Evaluates Java code snippet by snippet in JShell and keeps the live value of the last one. */
final class Interpreter {
    private static final String BEYOND_A_LIMIT = "compiler.err.limit";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String PREVIEW = "--enable-preview";
    private static final List<String> IMPORTS = List.of("java.util", "java.io", "java.math", "java.net", "java.util.concurrent",
            "java.util.function", "java.util.prefs", "java.util.regex", "java.util.stream");
    private static final Set<Snippet.Kind> CLASSES =
            EnumSet.of(Snippet.Kind.TYPE_DECL, Snippet.Kind.METHOD, Snippet.Kind.VAR, Snippet.Kind.EXPRESSION, Snippet.Kind.STATEMENT);

    private static final Set<Snippet.Status> GONE = EnumSet.of(Snippet.Status.OVERWRITTEN, Snippet.Status.DROPPED);
    private static final Set<Snippet.Status> UNFINISHED =
            EnumSet.of(Snippet.Status.RECOVERABLE_DEFINED, Snippet.Status.RECOVERABLE_NOT_DEFINED);

    /** More for the compiler, as {@code -parameters}; a kernel whose JVM has {@code --enable-preview} compiles with it of itself. */
    private static final String COMPILER_OPTIONS = "JAVAGRAD_COMPILER_OPTIONS";

    private final Traces traces = new Traces(this::lookUp);
    private final CellControl control = new CellControl(thrown -> ErrorText.of(thrown, traces), this::noteClasses);
    private final CompletableFuture<JShell> starting = new CompletableFuture<>();
    private final Map<String, Source> snippets = new HashMap<>();

    /** Starts JShell behind the scenes, and whoever needs it waits; cells may call the static methods of {@code functions}. */
    Interpreter(Class<?> functions) {
        Thread start = new Thread(() -> start(functions), "start");
        start.setDaemon(true);
        start.start();
    }

    private void start(Class<?> functions) {
        try {
            JShell shell = JShell.builder().executionEngine(control, Map.of()).compilerOptions(compilerOptions()).build();
            for (String name : IMPORTS) shell.eval("import " + name + ".*;");
            shell.eval("import static " + functions.getName() + ".*;");
            shell.eval("null");
            control.started();
            starting.complete(shell);
        } catch (Throwable e) {
            starting.completeExceptionally(e);
        }
    }

    private static String[] compilerOptions() {
        List<String> options = new ArrayList<>();
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) options.addAll(List.of("--add-modules", VECTOR_MODULE));
        if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains(PREVIEW))
            options.addAll(List.of(PREVIEW, "--source", String.valueOf(Runtime.version().feature())));
        try {
            options.addAll(Words.of(System.getenv().getOrDefault(COMPILER_OPTIONS, "")));
        } catch (MagicError e) {
            throw new IllegalArgumentException(COMPILER_OPTIONS + ": " + e.value(), e);
        }
        return options.toArray(String[]::new);
    }

    private JShell shell() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("JShell did not start: " + e.getCause().getMessage(), e.getCause());
        }
    }

    SourceCodeAnalysis analysis() {
        return shell().sourceCodeAnalysis();
    }

    /** How cells are named in what exceptions print. */
    Traces traces() {
        return traces;
    }

    /** Begins a request, which is to be ended: an interrupt belongs to the request that it meets. */
    Request begin(Message message) {
        return control.begin(message);
    }

    /** The request that is being answered, or was answered last. */
    Request request() {
        return control.request();
    }

    /** Runs work that may call the cell's code as cells run: on the big stack, and open to interrupts. */
    <T> T call(Callable<T> work) throws Exception {
        return control.call(work, Thread.currentThread().getContextClassLoader());
    }

    /** Does the kernel's own work so that it can be interrupted; what it finds comes back to the shell's thread. */
    <T> T find(Callable<T> work) throws Exception {
        return control.find(work);
    }

    /** Has the shell's thread work for the running cell, which calls this; any other thread is refused. */
    <T> T ask(Callable<T> work) throws Exception {
        return control.ask(work);
    }

    void addToClasspath(Collection<Path> paths) {
        if (!paths.isEmpty())
            shell().addToClasspath(paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /** Of the last snippet in the code; of the first that is not complete, if there is one. */
    Completeness completeness(String code) {
        CompletionInfo next = analysis().analyzeCompletion(code);
        while (next.completeness().isComplete() && next.completeness() != Completeness.UNKNOWN && !next.remaining().isBlank())
            next = analysis().analyzeCompletion(next.remaining());
        return next.completeness();
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
                    int end = source.code().length() - (next.completeness().isComplete() ? next.remaining().length() : 0);
                    Source snippet = source.part(at, end);
                    boolean ended = next.completeness() != Completeness.COMPLETE_WITH_SEMI;
                    value = evalSnippet(ended ? snippet : snippet.withSemicolon(), declared);
                    at = end;
                }
            }
        }
    }

    private Object evalSnippet(Source source, List<Snippet> declared) throws CellError {
        Request request = request();
        Source outer = request.evaluating;
        request.evaluating = source;
        try {
            request.value = null;
            List<SnippetEvent> events = shell().eval(source.code());
            Object value = request.value;
            request.value = null; // not kept
            request.checkInterrupt();
            return note(events, declared) ? value : null;
        } finally {
            request.evaluating = outer;
        }
    }

    /** Notes what has been declared, and says what went wrong; whether the last snippet has a value to show. */
    private boolean note(List<SnippetEvent> events, List<Snippet> declared) throws CellError {
        boolean shown = false;
        tellReset(events);
        for (SnippetEvent event : events) {
            if (event.status().isDefined() && CLASSES.contains(event.snippet().kind())) {
                SnippetWrapper wrapper = analysis().wrapper(event.snippet());
                traces.add(wrapper.fullClassName(), wrapper, sourceOf(event.snippet()));
            }
            if (event.causeSnippet() != null) continue; // a dependant that was compiled again: its own use will tell
            Snippet snippet = event.snippet();
            snippets.put(snippet.id(), request().evaluating);
            check(event, request().evaluating);
            declared.add(snippet);
            shown = switch (snippet.subKind()) {
                case VAR_VALUE_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
                default -> false;
            };
        }
        return shown;
    }

    /** A variable of a class that is declared again loses its value, since no object of the new class can be in it. */
    private static void tellReset(List<SnippetEvent> events) {
        List<String> reset = events.stream()
                .filter(event -> event.snippet() instanceof VarSnippet && event.causeSnippet() != null && event.isSignatureChange())
                .filter(event -> event.previousStatus().isDefined() && !GONE.contains(event.status()))
                .map(event -> ((VarSnippet) event.snippet()).name()).sorted().toList();
        if (!reset.isEmpty() && events.get(0).snippet() instanceof DeclarationSnippet declared)
            System.err.println("reset by the new " + declared.name() + ", and to be assigned again: " + String.join(", ", reset));
    }

    /** Called while JShell loads classes: what they hold may run, and fail, before it says which snippets they are. */
    private void noteClasses(Set<String> names) {
        Source evaluating = request().evaluating;
        if (evaluating != null) names.stream().map(Traces::outermost).forEach(name -> traces.loaded(name, evaluating));
    }

    /** Finds out how JShell has wrapped a class that runs already. */
    private void lookUp(String type) {
        control.lookUp(() -> {
            SourceCodeAnalysis analysis = analysis();
            shell().snippets().filter(snippet -> CLASSES.contains(snippet.kind()) && analysis.wrapper(snippet).fullClassName().equals(type))
                    .forEach(snippet -> traces.add(type, analysis.wrapper(snippet), sourceOf(snippet)));
            Source source = traces.running(type);
            if (source != null) analysis.wrappers(source.code()).forEach(wrapper -> traces.add(type, wrapper, source));
        });
    }

    /** The code that a snippet stands in, which is what is being evaluated or was before. */
    private Source sourceOf(Snippet snippet) {
        Source evaluating = request().evaluating;
        int at = evaluating.code().indexOf(snippet.source());
        return at >= 0 ? evaluating.part(at, evaluating.code().length()) : snippets.getOrDefault(snippet.id(), evaluating);
    }

    private void check(SnippetEvent event, Source source) throws CellError {
        Snippet snippet = event.snippet();
        JShellException exception = event.exception();
        if (exception instanceof UnresolvedReferenceException unresolved)
            throw ErrorText.of(unresolved, missing(unresolved.getSnippet()));
        if (exception instanceof EvalException)
            throw request().failure;
        boolean mayComeLater = snippet instanceof MethodSnippet || snippet instanceof TypeDeclSnippet;
        boolean undefined = mayComeLater ? UNFINISHED.contains(event.status()) && missing((DeclarationSnippet) snippet).isEmpty()
                : event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED;
        if (event.status() != Snippet.Status.REJECTED && !undefined) return;
        List<Diag> errors = shell().diagnostics(snippet).filter(Diag::isError).toList();
        if (errors.stream().anyMatch(error -> error.getCode().startsWith(BEYOND_A_LIMIT))) // the compiler would complain of it for ever:
            shell().addToClasspath(System.getProperty("java.class.path")); // a longer class path makes JShell take a new one
        throw ErrorText.of(errors, source);
    }

    /** Says what a method or class of this cell still lacks: forward references are fine, and typing errors look just like them. */
    private void tellMissing(List<Snippet> declared) {
        for (Snippet snippet : declared) {
            if (UNFINISHED.contains(shell().status(snippet)))
                System.err.println(((DeclarationSnippet) snippet).name() + " cannot be used until "
                        + String.join(", ", missing((DeclarationSnippet) snippet)) + " is declared");
        }
    }

    private List<String> missing(DeclarationSnippet snippet) {
        return shell().unresolvedDependencies(snippet).toList();
    }
}
