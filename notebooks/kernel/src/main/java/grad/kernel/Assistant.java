package grad.kernel;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Help while typing: completion, documentation, and whether a cell is complete. */
final class Assistant {
    private static final int INDENT = 4;

    private final SourceCodeAnalysis analysis;

    Assistant(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    JsonObject complete(String code, int cursor) {
        String magic = magicBefore(code, cursor);
        if (magic != null) {
            List<String> names = Magics.NAMES.stream().filter(name -> name.startsWith(magic)).toList();
            return completions(names, cursor - magic.length(), cursor);
        }
        String java = CellRunner.withoutMagics(code);
        int[] anchor = new int[1];
        List<Suggestion> suggestions = analysis.completionSuggestions(java, cursor, anchor);
        int offset = 0;
        if (suggestions.isEmpty()) { // what stands before may be no statement (an import, a method): look at the last snippet alone
            offset = lastSnippet(java, cursor);
            suggestions = analysis.completionSuggestions(java.substring(offset), cursor - offset, anchor);
        }
        Set<String> matches = suggestions.stream()
                .sorted(Comparator.comparing((Suggestion suggestion) -> !suggestion.matchesType()))
                .map(Suggestion::continuation)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return completions(List.copyOf(matches), matches.isEmpty() ? cursor : offset + anchor[0], cursor);
    }

    private static JsonObject completions(List<String> matches, int start, int end) {
        return Json.object("status", "ok", "matches", matches, "cursor_start", start, "cursor_end", end, "metadata", new JsonObject());
    }

    /** The start of a magic's name before the cursor, or null. */
    private static String magicBefore(String code, int cursor) {
        String line = code.substring(code.lastIndexOf('\n', cursor - 1) + 1, cursor).stripLeading();
        return line.matches("%{1,2}\\w*") ? line : null;
    }

    JsonObject inspect(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) end++;
        int open = end;
        while (open < code.length() && code.charAt(open) == ' ') open++;
        if (open < code.length() && code.charAt(open) == '(') end = open + 1; // JShell documents a call once its bracket is there

        String java = CellRunner.withoutMagics(code);
        List<Documentation> found = analysis.documentation(java, end, true);
        if (found.isEmpty()) {
            int offset = lastSnippet(java, end);
            found = analysis.documentation(java.substring(offset), end - offset, true);
        }
        JsonObject data = new JsonObject();
        if (!found.isEmpty()) data.addProperty("text/plain", found.stream().map(Assistant::text).collect(Collectors.joining("\n\n")));
        return Json.object("status", "ok", "found", !found.isEmpty(), "data", data, "metadata", new JsonObject());
    }

    private static String text(Documentation documentation) {
        return documentation.javadoc() == null ? documentation.signature() : documentation.signature() + "\n" + documentation.javadoc();
    }

    /** Where the snippet that the cursor is in begins. */
    private int lastSnippet(String code, int cursor) {
        int at = 0;
        while (true) {
            CompletionInfo next = analysis.analyzeCompletion(code.substring(at, cursor));
            if (!next.completeness().isComplete() || next.remaining().isBlank()) return at;
            at = cursor - next.remaining().length();
        }
    }

    JsonObject isComplete(String code) {
        return switch (completeness(analysis, CellRunner.withoutMagics(code))) {
            case UNKNOWN -> Json.object("status", "invalid");
            case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> Json.object("status", "incomplete", "indent", indent(code));
            default -> Json.object("status", "complete");
        };
    }

    /** Of the last snippet in the code; of the first that is not complete, if there is one. */
    static Completeness completeness(SourceCodeAnalysis analysis, String code) {
        CompletionInfo next = analysis.analyzeCompletion(code);
        while (next.completeness().isComplete() && next.completeness() != Completeness.UNKNOWN && !next.remaining().isBlank())
            next = analysis.analyzeCompletion(next.remaining());
        return next.completeness();
    }

    private static String indent(String code) {
        String line = code.substring(code.lastIndexOf('\n') + 1);
        int deep = line.length() - line.stripLeading().length();
        return " ".repeat(line.stripTrailing().matches(".*[({]") ? deep + INDENT : deep);
    }
}
