package grad.kernel;

import java.util.UUID;

/** The functions every cell may call; their names and parameters are those of other Java kernels, so that notebooks run on each. */
public final class Notebook {
    private static Kernel kernel; // one process is one kernel, and cells can only reach it through something static

    private Notebook() { }

    static void bind(Kernel running) {
        kernel = running;
    }

    /** Shows a value, as the given mime types or as what suits it; returns the id that {@link #updateDisplay} takes. */
    public static String display(Object value, String... mimes) {
        String id = UUID.randomUUID().toString();
        kernel.display("display_data", id, render(value, mimes));
        return id;
    }

    /** Replaces what {@link #display} showed under this id. */
    public static void updateDisplay(String id, Object value, String... mimes) {
        kernel.display("update_display_data", id, render(value, mimes));
    }

    /** Renders a value without showing it. */
    public static DisplayData render(Object value, String... mimes) {
        return DisplayData.of(value, mimes);
    }

    /** Evaluates code as a cell would and returns its last value; for the cell that runs, on its own thread. */
    public static Object eval(String code) throws Exception {
        return kernel.eval(code);
    }

    /** As {@code System.out.printf}, but with no result that a cell would show. */
    public static void printf(String format, Object... values) {
        System.out.printf(format, values);
    }

    /** Removes the cell's output so far; with {@code wait} only when new output comes. */
    public static void clearOutput(boolean wait) {
        kernel.clearOutput(wait);
    }
}
