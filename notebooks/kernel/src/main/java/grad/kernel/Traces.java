package grad.kernel;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/** Frames of stack traces in the words of the cells: which cell a class of JShell's came from, and on which line of it. */
final class Traces {
    private static final Pattern FRAME = Pattern.compile("(\\t*)\\tat (?:\\S*/)?([^/(]+)\\.([^.(]+)\\(([^:()]*)(?::(\\d+))?\\)");
    private static final Pattern CAPTION = Pattern.compile("^(\\t*(?:Caused by|Suppressed): )REPL\\.\\$JShell\\$\\w+[.$]");
    private static final String[] INSIDE = {"grad.kernel.", "java.lang.reflect.", "jdk.internal.reflect.", "REPL.$Cancel$"};

    /** A cell, and for each line of a class that holds some of its code the line of the cell, or 0. */
    private record Origin(Source source, int[] lines) { }

    private final Map<String, Origin> origins = new ConcurrentHashMap<>();
    private final Map<String, Source> running = new ConcurrentHashMap<>();
    private final Consumer<String> lookUp;

    /** Classes known only by what is being evaluated are looked up when they are needed: that adds them, if there is time for it. */
    Traces(Consumer<String> lookUp) {
        this.lookUp = lookUp;
    }

    /** Notes what is being evaluated while a class of this name is loaded. */
    void loaded(String type, Source source) {
        running.put(type, source);
    }

    Source running(String type) {
        return running.get(type);
    }

    private Origin origin(String type) {
        Origin origin = origins.get(type);
        Source source = running.get(type);
        if (origin != null || source == null) return origin;
        lookUp.accept(type);
        return origins.getOrDefault(type, new Origin(source, new int[0]));
    }

    /** Notes that the class which JShell has wrapped around a snippet holds this code. */
    void add(String type, SnippetWrapper snippet, Source source) {
        String[] wrapped = snippet.wrapped().split("\n", -1);
        Origin known = origins.get(type);
        boolean enough = known != null && known.lines.length > wrapped.length;
        Origin origin = new Origin(source, enough ? known.lines : new int[wrapped.length + 1]);
        int start = 0;
        for (int i = 0; i < wrapped.length; i++) {
            int at = ownPosition(snippet, start, start + wrapped[i].length());
            if (at >= 0 && at <= source.code().length()) origin.lines[i + 1] = source.lineOf(at);
            start += wrapped[i].length() + 1;
        }
        origins.put(type, origin);
        running.remove(type);
    }

    /** The first position in this part of the wrapper that is the snippet's, as a position in the snippet; or -1. */
    private static int ownPosition(SnippetWrapper snippet, int from, int to) {
        for (int at = from; at < to; at++) {
            int own = snippet.wrappedToSourcePosition(at);
            if (own >= 0 && snippet.sourceToWrappedPosition(own) == at) return own;
        }
        return -1;
    }

    /** A frame as text, that of a cell with the cell's name and its line of code. */
    String frame(StackTraceElement frame) {
        String type = frame.getClassName();
        if (!type.startsWith("REPL.")) return frame.toString();
        Origin origin = origin(outermost(type));
        String inner = type.replaceFirst("REPL\\.\\$JShell\\$\\w+\\$?", "");
        String method = frame.getMethodName().replaceFirst("^do_it\\$$", "").replaceFirst("^lambda\\$.*", "lambda");
        String where = inner.isEmpty() || method.isEmpty() ? inner + method : inner + "." + method;
        if (origin == null) return where;
        int line = frame.getLineNumber() < 1 || frame.getLineNumber() >= origin.lines.length ? 0 : origin.lines[frame.getLineNumber()];
        String place = origin.source.place() + (line == 0 ? "" : ", line " + line + ": " + origin.source.line(line).strip());
        return where.isEmpty() ? place : where + ", " + place;
    }

    /** The class that JShell has wrapped around a snippet, of which this one is a part. */
    static String outermost(String type) {
        return type.replaceFirst("(\\.\\$JShell\\$\\w+)\\$.*", "$1");
    }

    /**
     * What an exception prints, so that it names cells. It prints its lines as objects, though they are texts, and nobody else does that:
     * what a cell prints itself stays as it is.
     */
    void print(Object printed, PrintStream to) {
        if (printed instanceof String line && line.startsWith("\t")) printFrame(line, to);
        else if (printed instanceof String line) to.println(withoutWrapper(line));
        else to.println(printed instanceof Throwable ? PlainText.own(printed) : String.valueOf(printed));
    }

    private void printFrame(String line, PrintStream to) {
        Matcher found = FRAME.matcher(line);
        if (!found.matches()) {
            to.println(withoutWrapper(line));
            return;
        }
        if (Arrays.stream(INSIDE).anyMatch(found.group(2)::startsWith)) return;
        int number = found.group(5) == null ? -1 : Integer.parseInt(found.group(5));
        boolean ofCell = found.group(2).startsWith("REPL.");
        StackTraceElement frame = new StackTraceElement(found.group(2), found.group(3), found.group(4), number);
        to.println(ofCell ? found.group(1) + "\tat " + frame(frame) : line);
    }

    private static String withoutWrapper(String line) {
        return CAPTION.matcher(line).replaceFirst("$1");
    }
}
