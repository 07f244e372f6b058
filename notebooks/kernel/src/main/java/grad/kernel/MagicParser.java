package grad.kernel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How magics are written: {@code %name words} on a line of its own, or {@code %%name words} with the rest of the cell below it. */
final class MagicParser {
    private static final Pattern CELL = Pattern.compile("\\A\\s*(%%\\w+)([^\\n]*)(?:\\n|\\z)");
    private static final Pattern LINE = Pattern.compile("^[ \\t]*(%\\w+)([^\\n]*)$", Pattern.MULTILINE);
    private static final Pattern BEGUN = Pattern.compile("[ \\t]*(%{1,2}\\w*)(?:([ \\t]+)(.*))?");

    private MagicParser() { }

    /** A magic in a cell, from one offset to another; a body belongs to {@code %%} alone and is null else. */
    record Call(String name, String words, String body, int start, int end) {
        List<String> arguments() throws MagicError {
            return Stream.concat(Words.of(words).stream(), Stream.ofNullable(body)).toList();
        }
    }

    /** The magic that takes the whole cell. */
    static Optional<Call> wholeCell(String code) {
        Matcher found = CELL.matcher(code);
        if (!found.find()) return Optional.empty();
        return Optional.of(new Call(found.group(1), found.group(2), code.substring(found.end()), 0, code.length()));
    }

    /** The lines that may be magics; inside a text block, and where an expression goes on, they are Java. */
    static List<Call> lines(String code) {
        return LINE.matcher(code).results().map(line -> new Call(line.group(1), line.group(2), null, line.start(), line.end())).toList();
    }

    /** The code with its magic lines blanked, every offset kept: what completion and inspection may look at. */
    static String blanked(String code) {
        return LINE.matcher(code).replaceAll(found -> " ".repeat(found.end() - found.start()));
    }

    /** A magic that is being written: its name, the word that is begun (null while the name is), and where in the line that begins. */
    record Begun(String name, String word, int start) { }

    static Optional<Begun> begun(String line) {
        Matcher found = BEGUN.matcher(line);
        if (!found.matches()) return Optional.empty();
        if (found.group(2) == null) return Optional.of(new Begun(found.group(1), null, found.start(1)));
        Words.Last last = Words.last(found.group(3));
        return Optional.of(new Begun(found.group(1), last.text(), found.start(3) + last.start()));
    }
}
