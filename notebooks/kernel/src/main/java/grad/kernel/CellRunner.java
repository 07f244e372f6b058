package grad.kernel;

import java.nio.file.Path;
import java.util.Deque;
import java.util.Optional;

/** Runs a whole cell: code goes to the interpreter, lines that start with a percent sign are magics. */
final class CellRunner {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Interpreter interpreter;
    private final Magics magics;

    CellRunner(Interpreter interpreter, ClassPath classPath) {
        this.interpreter = interpreter;
        magics = new Magics(classPath, new MavenResolver(), this::load);
    }

    Magics magics() {
        return magics;
    }

    /** Runs the cell and returns the value of its last snippet, or null. */
    Object run(String place, String code) throws CellError {
        String text = code.startsWith(BYTE_ORDER_MARK) ? code.substring(1) : code;
        Optional<MagicParser.Call> whole = MagicParser.wholeCell(text);
        if (whole.isPresent()) {
            run(whole.get());
            return null;
        }
        Source cell = new Source(place, text);
        int from = 0;
        for (MagicParser.Call line : MagicParser.lines(text)) {
            if (!endsBefore(line, text.substring(from, line.start()))) continue;
            interpreter.eval(cell.part(from, line.start()));
            run(line);
            from = line.end();
        }
        return from == 0 ? interpreter.eval(cell) : interpreter.eval(cell.part(from, text.length()));
    }

    /** Whether the code before a percent sign has ended: inside a text block it has not, and x %y on two lines is Java too. */
    private boolean endsBefore(MagicParser.Call line, String code) {
        boolean mayEnd = switch (interpreter.completeness(code)) {
            case EMPTY, COMPLETE, COMPLETE_WITH_SEMI -> true;
            default -> false;
        };
        return mayEnd && (magics.known(line.name()) || code.isBlank() || code.stripTrailing().matches("(?s).*[;}]"));
    }

    private void run(MagicParser.Call magic) throws CellError {
        try {
            interpreter.find(() -> magics.find(magic.name(), magic.arguments())).apply();
        } catch (CellError | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void load(CodeFile file) throws CellError {
        Deque<Path> loading = interpreter.request().loading;
        if (loading.contains(file.path())) throw new MagicError("%load: " + file.path().getFileName() + " loads itself");
        loading.push(file.path());
        try {
            for (Source cell : file.code()) run(cell.place(), cell.code());
        } finally {
            loading.pop();
        }
    }
}
