package grad.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.UnresolvedReferenceException;

/** Compiler messages and exceptions as text that points into the cell. */
final class ErrorText {
    static final String COMPILATION = "CompilationError";

    private static final int MOST_FRAMES = 12;
    private static final int LONG_LINE = 500;
    private static final List<String> HIDDEN = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "grad.kernel.");

    private ErrorText() { }

    /** A compile error: the message, the cell's own line, and carets under what is wrong. */
    static CellError of(List<Diag> errors, Source source) {
        List<String> details = new ArrayList<>();
        for (Diag error : errors) {
            if (!details.isEmpty()) details.add(message(error));
            details.addAll(excerpt(error, source));
        }
        return new CellError(COMPILATION, errors.isEmpty() ? "this does not compile" : message(errors.get(0)), details);
    }

    private static List<String> excerpt(Diag error, Source source) {
        String code = source.code();
        int at = (int) Math.max(0, Math.min(error.getPosition(), code.length()));
        int lineStart = code.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = code.indexOf('\n', at) < 0 ? code.length() : code.indexOf('\n', at);
        int from = (int) Math.max(lineStart, Math.min(error.getStartPosition(), at));
        int to = (int) Math.max(from + 1, Math.min(error.getEndPosition(), lineEnd));
        int number = source.firstLine() + (int) code.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        String prefix = source.place() + ", line " + number + ": ";
        if (from - lineStart > LONG_LINE) lineStart = from;
        String indent = code.substring(lineStart, from).replaceAll("[^\t]", " "); // tabs stay, so that the carets line up
        if (lineEnd - from > LONG_LINE) lineEnd = from + LONG_LINE;
        return List.of(prefix + code.substring(lineStart, lineEnd), " ".repeat(prefix.length()) + indent + "^".repeat(Math.min(to, lineEnd) - from));
    }

    /** javac's message on one line, without the wrapper class that stands around a snippet. */
    private static String message(Diag error) {
        List<String> lines = error.getMessage(Locale.ENGLISH).lines().map(String::strip).toList();
        String details = lines.stream().skip(1)
                .filter(line -> !line.equals("location: class") && !line.contains("REPL."))
                .map(line -> line.replaceFirst("^symbol: +", "").replaceFirst("^location: +", "in ").replaceAll(": +", ": "))
                .collect(Collectors.joining(", "));
        String title = lines.get(0).replaceFirst("[;:]$", "");
        return details.isEmpty() ? title : title + ": " + details;
    }

    static CellError of(UnresolvedReferenceException e, List<String> missing) {
        return new CellError(COMPILATION, "cannot find symbol: " + String.join(", ", missing) + " (needed by " + e.getSnippet().name() + ")");
    }

    /** A user's exception with the frames of cells and libraries, each cell's frame with its line of code. */
    static CellError of(EvalException e, Map<String, Source> snippets) {
        List<String> details = new ArrayList<>(frames(e, snippets));
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? "" : ": " + plain(cause.getMessage());
            details.add("Caused by: " + (cause instanceof EvalException eval ? name(eval) : "unresolved reference") + message);
            details.addAll(frames(cause, snippets));
        }
        return new CellError(name(e), plain(e.getMessage()), details);
    }

    /** A failure outside the cell's own code: in a value's toString, in a magic, in the kernel. */
    static CellError of(Throwable e) {
        List<String> frames = frames(e, Map.of());
        if (frames.isEmpty()) frames = Arrays.stream(e.getStackTrace()).limit(MOST_FRAMES).map(frame -> "    at " + frame).toList();
        return new CellError(plain(e.getClass().getName()), e.getMessage(), frames);
    }

    private static List<String> frames(Throwable e, Map<String, Source> snippets) {
        List<StackTraceElement> frames = Arrays.stream(e.getStackTrace())
                .filter(frame -> HIDDEN.stream().noneMatch(frame.getClassName()::startsWith))
                .toList();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            int same = i;
            while (same + 1 < frames.size() && frames.get(same + 1).equals(frames.get(i))) same++;
            shown.add("    at " + frame(frames.get(i), snippets) + (same > i ? "   (" + (same - i + 1) + " times)" : ""));
            i = same;
        }
        if (shown.size() <= MOST_FRAMES) return shown;
        List<String> cut = new ArrayList<>(shown.subList(0, MOST_FRAMES - 1));
        cut.add("    … " + (shown.size() - MOST_FRAMES) + " more");
        cut.add(shown.get(shown.size() - 1));
        return cut;
    }

    private static String frame(StackTraceElement frame, Map<String, Source> snippets) {
        String file = frame.getFileName();
        Source source = file == null || !file.startsWith("#") ? null : snippets.get(file.substring(1));
        if (source == null) return frame.getClassName().startsWith("REPL.") ? plain(frame.getClassName() + "." + frame.getMethodName()) : frame.toString();
        int line = source.firstLine() + frame.getLineNumber() - 1;
        String method = frame.getMethodName().startsWith("lambda$") ? "lambda" : frame.getMethodName();
        String where = (frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".") + method;
        return (where.isEmpty() ? "" : where + ", ") + source.place() + ", line " + line + ": " + source.line(line).strip();
    }

    private static String name(EvalException e) {
        return plain(e.getExceptionClassName());
    }

    /** The cell's own names without the wrapper class around them, as in {@code because "REPL.$JShell$32.s" is null}. */
    static String plain(String text) {
        return text == null ? null : text.replaceAll("REPL\\.\\$JShell\\$\\w+[.$]", "");
    }
}
