package grad.kernel;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a whole cell: code goes to the interpreter, lines that start with a percent sign are magics. */
final class CellRunner {
    private static final Pattern MAGIC_CELL = Pattern.compile("\\A\\s*%%(\\w+)([^\\n]*)(?:\\n|\\z)");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Interpreter interpreter;
    private final Magics magics;

    CellRunner(Interpreter interpreter, ClassPath classPath) {
        this.interpreter = interpreter;
        magics = new Magics(classPath, new Maven(), this);
    }

    Magics magics() {
        return magics;
    }

    /** Runs the cell and returns the value of its last snippet, or null. */
    Object run(String place, String code) throws CellError {
        String text = code.startsWith(BYTE_ORDER_MARK) ? code.substring(1) : code;
        Matcher whole = MAGIC_CELL.matcher(text);
        if (whole.find()) {
            magic("%%" + whole.group(1), () -> Stream.concat(Words.of(whole.group(2)).stream(), Stream.of(text.substring(whole.end()))).toList());
            return null;
        }
        Source cell = new Source(place, text);
        int from = 0;
        Matcher line = Source.MAGIC_LINE.matcher(text);
        while (line.find()) {
            if (!endsBefore(line, text.substring(from, line.start()))) continue;
            interpreter.eval(cell.part(from, line.start()));
            magic("%" + line.group(1), () -> Words.of(line.group(2)));
            from = line.end();
        }
        return from == 0 ? interpreter.eval(cell) : interpreter.eval(cell.part(from, text.length()));
    }

    /** Whether the code before a percent sign has ended: inside a text block it has not, and x %y on two lines is Java too. */
    private boolean endsBefore(Matcher line, String code) {
        boolean mayEnd = switch (interpreter.completeness(code)) {
            case EMPTY, COMPLETE, COMPLETE_WITH_SEMI -> true;
            default -> false;
        };
        return mayEnd && (magics.known("%" + line.group(1)) || code.isBlank() || code.stripTrailing().matches("(?s).*[;}]"));
    }

    private void magic(String name, Callable<List<String>> arguments) throws CellError {
        try {
            interpreter.find(() -> magics.find(name, arguments.call())).apply();
        } catch (CellError | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
