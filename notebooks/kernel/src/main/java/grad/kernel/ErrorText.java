package grad.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.spi.SPIResolutionException;

/** Compiler messages and exceptions as text that points into the cell. */
final class ErrorText {
    static final String COMPILATION = "CompilationError";

    private static final int MOST_FRAMES = 12;
    private static final int MOST_CAUSES = 1_000;
    private static final int LONG_LINE = 500;
    private static final List<String> HIDDEN = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "grad.kernel.");

    private ErrorText() { }

    /** A compile error: the message, the cell's own line, and carets under what is wrong. */
    static CellError of(List<Diag> errors, Source source) {
        List<String> details = new ArrayList<>();
        for (Diag error : errors) {
            if (!details.isEmpty()) details.add(message(error, source));
            details.addAll(excerpt(error, source));
        }
        return new CellError(COMPILATION, errors.isEmpty() ? "this does not compile" : message(errors.get(0), source), details);
    }

    private static List<String> excerpt(Diag error, Source source) {
        String code = source.code();
        // what is missing is missing behind the last character
        int at = (int) Math.max(0, Math.min(error.getPosition(), code.stripTrailing().length()));
        int lineStart = code.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = code.indexOf('\n', at) < 0 ? code.length() : code.indexOf('\n', at);
        int from = (int) Math.max(lineStart, Math.min(error.getStartPosition(), at));
        int to = (int) Math.max(from + 1, Math.min(error.getEndPosition(), lineEnd));
        String prefix = source.place() + ", line " + source.lineOf(lineStart) + ": ";
        if (from - lineStart > LONG_LINE) lineStart = from;
        String indent = code.substring(lineStart, from).replaceAll("[^\t]", " "); // tabs stay, so that the carets line up
        if (lineEnd - from > LONG_LINE) lineEnd = from + LONG_LINE;
        return List.of(prefix + code.substring(lineStart, lineEnd),
                " ".repeat(prefix.length()) + indent + "^".repeat(Math.max(1, Math.min(to, lineEnd) - from)));
    }

    /** javac's message on one line, without the wrapper class that stands around a snippet. */
    private static String message(Diag error, Source source) {
        if (source.code().startsWith("package ", (int) error.getPosition()))
            return "what a cell declares is in no package: leave this line out";
        List<String> lines = error.getMessage(Locale.ENGLISH).lines().map(String::strip).toList();
        String details = lines.stream().skip(1)
                .filter(line -> !line.equals("location: class") && !line.contains("REPL."))
                .map(line -> line.replaceFirst("^symbol: +", "").replaceFirst("^location: +", "in ").replaceAll(": +", ": "))
                .collect(Collectors.joining(", "));
        String title = lines.get(0).replaceFirst("[;:]$", "");
        return details.isEmpty() ? title : title + ": " + details;
    }

    static CellError of(UnresolvedReferenceException e, List<String> missing) {
        return new CellError(COMPILATION,
                "cannot find symbol: " + String.join(", ", missing) + " (needed by " + e.getSnippet().name() + ")");
    }

    /** An exception with its causes and the frames of cells and libraries, each cell's frame with its line of code. */
    static CellError of(Throwable e, Traces traces) {
        List<Throwable> causes = causes(e);
        boolean endless = causes.size() > MOST_CAUSES;
        List<String> details = frames(e, traces);
        if (details.isEmpty()) // a failure of the kernel's own
            for (StackTraceElement frame : Arrays.stream(e.getStackTrace()).limit(MOST_FRAMES).toList()) details.add("    at " + frame);
        for (Throwable cause : endless ? List.<Throwable>of() : causes) {
            String message = message(cause);
            details.add("Caused by: " + name(cause) + (message == null ? "" : ": " + message));
            details.addAll(frames(cause, traces));
        }
        return new CellError(name(e), endless ? message(e) + " (its causes are without end)" : message(e), details);
    }

    /** They may go round in a circle. */
    private static List<Throwable> causes(Throwable e) {
        return Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES + 1).toList();
    }

    private static List<String> frames(Throwable e, Traces traces) {
        List<StackTraceElement> frames = Arrays.stream(e.getStackTrace())
                .filter(frame -> HIDDEN.stream().noneMatch(frame.getClassName()::startsWith))
                .toList();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            int same = i;
            while (same + 1 < frames.size() && frames.get(same + 1).equals(frames.get(i))) same++;
            shown.add("    at " + traces.frame(frames.get(i)) + (same > i ? "   (" + (same - i + 1) + " times)" : ""));
            i = same;
        }
        if (shown.size() <= MOST_FRAMES) return shown;
        List<String> cut = new ArrayList<>(shown.subList(0, MOST_FRAMES - 1));
        cut.add("    … " + (shown.size() - MOST_FRAMES) + " more");
        cut.add(shown.get(shown.size() - 1));
        return cut;
    }

    private static String name(Throwable e) {
        return e instanceof SPIResolutionException ? "unresolved reference" : PlainText.plain(e.getClass().getName());
    }

    /** Where the JVM has made the message, it may name a cell's class or variable; what anybody else has written stays as it is. */
    private static String message(Throwable e) {
        boolean ofTheJvm = e instanceof NullPointerException || e instanceof ClassCastException
                || e instanceof ArrayStoreException || e instanceof LinkageError;
        return ofTheJvm ? PlainText.plain(e.getMessage()) : e.getMessage();
    }
}
