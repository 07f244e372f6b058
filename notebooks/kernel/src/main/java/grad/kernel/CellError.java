package grad.kernel;

import java.util.ArrayList;
import java.util.List;

/** What went wrong in a cell, as the front end shows it: name, one-line value, traceback. */
class CellError extends Exception {
    private static final int LONGEST = 10_000;
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final String name;
    private final List<String> details;

    CellError(String name, String value, List<String> details) {
        super(value == null ? null : PlainText.shortened(value, LONGEST));
        this.name = name;
        this.details = details.stream().map(line -> PlainText.shortened(line, LONGEST)).toList();
    }

    CellError(String name, String value) {
        this(name, value, List.of());
    }

    String name() {
        return name;
    }

    String value() {
        return getMessage() == null ? "" : getMessage();
    }

    List<String> traceback() {
        String title = value().isEmpty() ? name : name + ": " + value();
        List<String> lines = new ArrayList<>(List.of(RED + title + PLAIN));
        lines.addAll(details);
        return lines;
    }
}
