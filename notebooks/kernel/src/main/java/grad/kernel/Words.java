package grad.kernel;

import java.util.ArrayList;
import java.util.List;

/** The words of a line as a shell divides it: quotes of both kinds hold a word together, and a backslash takes what follows as it is. */
final class Words {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word; // null between words
    private int start;
    private char quote;

    private Words(String line) {
        this.line = line;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean blank = quote == 0 && Character.isWhitespace(c);
            if (blank) {
                end();
                continue;
            }
            if (word == null) {
                word = new StringBuilder();
                start = i;
            }
            if (quote != 0 && c == quote) quote = 0;
            else if (quote == 0 && (c == '"' || c == '\'')) quote = c;
            else word.append(escaped(i) ? line.charAt(++i) : c);
        }
    }

    /** In double quotes a backslash has its meaning only before one of these; in single ones it has none. */
    private boolean escaped(int i) {
        if (line.charAt(i) != '\\' || i + 1 == line.length() || quote == '\'') return false;
        return quote == 0 || line.charAt(i + 1) == '"' || line.charAt(i + 1) == '\\';
    }

    private void end() {
        if (word != null) words.add(word.toString());
        word = null;
    }

    static List<String> of(String line) throws MagicError {
        Words all = new Words(line);
        if (all.quote != 0) throw new MagicError("the quote " + all.quote + " is left open");
        all.end();
        return all.words;
    }

    /** A word that is being written, and where in the line it begins. */
    record Last(String text, int start) { }

    static Last last(String line) {
        Words all = new Words(line);
        return all.word == null ? new Last("", line.length()) : new Last(all.word.toString(), all.start);
    }

    /** The text as one word. */
    static String quoted(String text) {
        return text.replaceAll("[\\s\"'\\\\]", "\\\\$0");
    }
}
