package grad.kernel;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Help while typing: completion, documentation, and whether a cell is complete. */
final class Assistant {
    private static final int INDENT = 4;
    private static final Pattern IMPORT = Pattern.compile("^[ \\t]*import\\s[^\\n]*$", Pattern.MULTILINE);

    private final SourceCodeAnalysis analysis;
    private final ClassPath classPath;

    Assistant(SourceCodeAnalysis analysis, ClassPath classPath) {
        this.analysis = analysis;
        this.classPath = classPath;
    }

    JsonObject complete(String code, int cursor) {
        String magic = magicBefore(code, cursor);
        if (magic != null) {
            List<String> names = Magics.NAMES.stream().filter(name -> name.startsWith(magic)).toList();
            return completions(names, code, cursor - magic.length(), cursor);
        }
        int[] anchor = new int[1];
        List<Suggestion> suggestions = analysis.completionSuggestions(statements(code, cursor), cursor, anchor);
        int offset = 0;
        if (suggestions.isEmpty()) { // what stands before may be no statement (a method, a class): look at the last snippet alone
            String java = CellRunner.withoutMagics(code);
            offset = lastSnippet(java, cursor);
            suggestions = analysis.completionSuggestions(java.substring(offset), cursor - offset, anchor);
        }
        Set<String> matches = suggestions.stream()
                .sorted(Comparator.comparing((Suggestion suggestion) -> !suggestion.matchesType()))
                .map(Suggestion::continuation)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return completions(List.copyOf(matches), code, matches.isEmpty() ? cursor : offset + anchor[0], cursor);
    }

    private static JsonObject completions(List<String> matches, String code, int start, int end) {
        return Json.object("status", "ok", "matches", matches, "metadata", new JsonObject(),
                "cursor_start", code.codePointCount(0, start), "cursor_end", code.codePointCount(0, end));
    }

    /** The code as the body of one method, which is how JShell looks at it: the lines before the cursor's lose their imports. */
    private static String statements(String code, int cursor) {
        int line = code.lastIndexOf('\n', cursor - 1) + 1;
        String before = IMPORT.matcher(code.substring(0, line)).replaceAll(found -> " ".repeat(found.end() - found.start()));
        return CellRunner.withoutMagics(before + code.substring(line));
    }

    /** The start of a magic's name before the cursor, or null. */
    private static String magicBefore(String code, int cursor) {
        String line = code.substring(code.lastIndexOf('\n', cursor - 1) + 1, cursor).stripLeading();
        return line.matches("%{1,2}\\w*") ? line : null;
    }

    JsonObject inspect(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) end++;
        String all = statements(code, end).substring(0, end);
        String last = all.substring(lastSnippet(all, end));
        boolean call = code.substring(end).stripLeading().startsWith("(");
        Stream<String> asked = call ? Stream.of(all + "(", last + "(") : Stream.of(all, last, all + "("); // JShell knows a method by its bracket
        List<Documentation> found = asked.map(text -> analysis.documentation(text, text.length(), true))
                .filter(documentation -> !documentation.isEmpty()).findFirst().orElse(List.of());

        JsonObject data = new JsonObject();
        if (!found.isEmpty()) data.addProperty("text/plain", found.stream().map(this::text).collect(Collectors.joining("\n\n")));
        return Json.object("status", "ok", "found", !found.isEmpty(), "data", data, "metadata", new JsonObject());
    }

    private String text(Documentation documentation) {
        String comment = documentation.javadoc() != null ? documentation.javadoc()
                : SourceDocs.find(documentation.signature(), classPath.sources(), this::fullName);
        return comment == null ? documentation.signature() : documentation.signature() + "\n\n" + SourceDocs.plain(comment);
    }

    /** The full name of a type that cells can see by its simple one, or null. */
    private String fullName(String type) {
        return analysis.documentation(type, type.length(), false).stream().map(Documentation::signature)
                .filter(name -> name.endsWith("." + type)).findFirst().orElse(null);
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
