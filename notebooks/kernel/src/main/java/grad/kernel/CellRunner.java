package grad.kernel;

import java.nio.file.InvalidPathException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Runs a whole cell: code goes to the interpreter, lines that start with a percent sign are magics. */
final class CellRunner {
    private static final Pattern MAGIC_LINE = Pattern.compile("^[ \\t]*%(\\w+)([^\\n]*)$", Pattern.MULTILINE);
    private static final Pattern MAGIC_CELL = Pattern.compile("\\A\\s*%%(\\w+)([^\\n]*)(?:\\n|\\z)");

    private final Interpreter interpreter;
    private final Magics magics;

    CellRunner(Interpreter interpreter, ClassPath classPath) {
        this.interpreter = interpreter;
        magics = new Magics(classPath, this);
    }

    /** Runs the cell and returns the value of its last snippet, or null. */
    Object run(String place, String text) throws CellError {
        Matcher whole = MAGIC_CELL.matcher(text);
        if (whole.find()) {
            magic(whole, () -> magics.cell(whole.group(1), whole.group(2), text.substring(whole.end())));
            return null;
        }
        Source cell = new Source(place, text);
        Object value = null;
        int from = 0;
        Matcher line = MAGIC_LINE.matcher(text);
        while (line.find()) {
            if (!endsBefore(line, text.substring(from, line.start()))) continue;
            interpreter.eval(cell.part(from, line.start()));
            magic(line, () -> magics.line(line.group(1), line.group(2)));
            from = line.end();
        }
        return from == 0 ? interpreter.eval(cell) : interpreter.eval(cell.part(from, text.length()));
    }

    /** Whether the code before a percent sign has ended: inside a text block it has not, and x %y on two lines is Java too. */
    private boolean endsBefore(Matcher line, String code) {
        boolean mayEnd = switch (Assistant.completeness(interpreter.analysis(), code)) {
            case EMPTY, COMPLETE, COMPLETE_WITH_SEMI -> true;
            default -> false;
        };
        return mayEnd && (Magics.known(line.group(1)) || code.isBlank() || code.stripTrailing().matches("(?s).*[;}]"));
    }

    private interface Work {
        void run() throws MagicError, CellError;
    }

    private static void magic(Matcher found, Work work) throws CellError {
        try {
            work.run();
        } catch (MagicError e) {
            throw new CellError("MagicError", e.getMessage());
        } catch (InvalidPathException | PatternSyntaxException e) {
            throw new CellError("MagicError", found.group().strip() + ": this can be no file: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** The code with its magic lines blanked, every offset kept: what completion and inspection may look at. */
    static String withoutMagics(String code) {
        return MAGIC_LINE.matcher(code).replaceAll(found -> " ".repeat(found.end() - found.start()));
    }
}
