package grad.kernel;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Help while typing: completion, documentation, and whether a cell is complete. */
final class Assistant {
    private static final int INDENT = 4;
    private static final Pattern IMPORT = Pattern.compile("^[ \\t]*import\\s[^\\n]*$", Pattern.MULTILINE);

    private final Interpreter interpreter;
    private final ClassPath classPath;
    private final Magics magics;

    Assistant(Interpreter interpreter, ClassPath classPath, Magics magics) {
        this.interpreter = interpreter;
        this.classPath = classPath;
        this.magics = magics;
    }

    JsonObject complete(String code, int cursor) {
        int line = code.lastIndexOf('\n', cursor - 1) + 1;
        MagicParser.Begun magic = MagicParser.begun(code.substring(line, cursor)).orElse(null);
        if (magic != null && magic.word() == null) return completions(magics.names(magic.name()), code, line + magic.start(), cursor);
        if (magic != null && magics.known(magic.name()))
            return completions(magics.completions(magic.name(), magic.word()), code, line + magic.start(), cursor);
        return completeJava(code, cursor);
    }

    private JsonObject completeJava(String code, int cursor) {
        int[] anchor = new int[1];
        List<Suggestion> suggestions = interpreter.analysis().completionSuggestions(statements(code, cursor), cursor, anchor);
        int offset = 0;
        if (suggestions.isEmpty()) { // what stands before may be no statement (a method, a class): look at the last snippet alone
            String java = MagicParser.blanked(code);
            offset = lastSnippet(java, cursor);
            suggestions = interpreter.analysis().completionSuggestions(java.substring(offset), cursor - offset, anchor);
        }
        boolean dollar = !suggestions.isEmpty() && code.startsWith("$", offset + anchor[0]);
        Set<String> matches = suggestions.stream()
                .sorted(Comparator.comparing((Suggestion suggestion) -> !suggestion.matchesType()))
                .map(Suggestion::continuation)
                .filter(name -> !name.startsWith("$JShell$") && (dollar || !name.matches("\\$\\d+"))) // the shell's own
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
        return MagicParser.blanked(before + code.substring(line));
    }

    JsonObject inspect(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) end++;
        Optional<MagicParser.Begun> magic = MagicParser.begun(code.substring(code.lastIndexOf('\n', end - 1) + 1, end));
        if (magic.isPresent() && magics.known(magic.get().name())) return inspection(magics.help(magic.get().name()));
        String all = statements(code, end).substring(0, end);
        String last = all.substring(lastSnippet(all, end));
        boolean call = code.substring(end).stripLeading().startsWith("(");
        // JShell knows a method by its bracket
        Stream<String> asked = call ? Stream.of(all + "(", last + "(") : Stream.of(all, last, all + "(");
        List<Documentation> found = asked.map(text -> interpreter.analysis().documentation(text, text.length(), true))
                .filter(documentation -> !documentation.isEmpty()).findFirst().orElse(List.of());

        return inspection(found.stream().map(this::text).collect(Collectors.joining("\n\n")));
    }

    private static JsonObject inspection(String text) {
        JsonObject data = new JsonObject();
        if (!text.isEmpty()) data.addProperty("text/plain", text);
        return Json.object("status", "ok", "found", !text.isEmpty(), "data", data, "metadata", new JsonObject());
    }

    private String text(Documentation documentation) {
        String comment = documentation.javadoc() != null ? documentation.javadoc()
                : SourceDocs.find(documentation.signature(), classPath.sources(), this::fullName);
        return comment == null ? documentation.signature() : documentation.signature() + "\n\n" + SourceDocs.plain(comment);
    }

    /** The full name of a type that cells can see by its simple one, or null. */
    private String fullName(String type) {
        return interpreter.analysis().documentation(type, type.length(), false).stream().map(Documentation::signature)
                .filter(name -> name.endsWith("." + type)).findFirst().orElse(null);
    }

    /** Where the snippet that the cursor is in begins. */
    private int lastSnippet(String code, int cursor) {
        int at = 0;
        while (true) {
            CompletionInfo next = interpreter.analysis().analyzeCompletion(code.substring(at, cursor));
            if (!next.completeness().isComplete() || next.remaining().isBlank()) return at;
            at = cursor - next.remaining().length();
        }
    }

    JsonObject isComplete(String code) {
        return switch (interpreter.completeness(MagicParser.blanked(code))) {
            case UNKNOWN -> Json.object("status", "invalid");
            case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> Json.object("status", "incomplete", "indent", indent(code));
            default -> Json.object("status", "complete");
        };
    }

    private static String indent(String code) {
        String line = code.substring(code.lastIndexOf('\n') + 1);
        int deep = line.length() - line.stripLeading().length();
        return " ".repeat(line.stripTrailing().matches(".*[({]") ? deep + INDENT : deep);
    }
}
