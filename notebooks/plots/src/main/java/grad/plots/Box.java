package grad.plots;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Set;

/**
 * A node of a {@link Diagram} and a value of a {@link Stepper}: a box of text rows, with a sign in a circle at one side unless that is
 * empty; or, without rows, the sign alone.
 */
final class Box {
    /** A line of text in one or more columns. */
    record Row(List<Cell> cells) {
        static Row of(Cell... cells) {
            return new Row(List.of(cells));
        }
    }

    /** Text at the left, centre or right of its column; a script finds it as {@code part}, unless that is empty. */
    record Cell(String text, double align, boolean bold, Color color, double size, String part) {
        Cell(String text, double align, boolean bold, Color color, double size) {
            this(text, align, bold, color, size, "");
        }

        /** Estimated from above, so that a box has the same size whatever fonts the reader's machine has. */
        double width() {
            return text.length() * size * (bold ? 0.66 : 0.62);
        }
    }

    /** How a box looks in one figure: in the accent colour, pale, and with these rows marked. */
    record Look(boolean accent, boolean dim, Set<Integer> marked) {
        static final Look PLAIN = new Look(false, false, Set.of());
    }

    static final double SIZE = 11.5;
    static final double SMALL = 10;

    private static final double CIRCLE = 24;
    private static final double SMALL_CIRCLE = 20;
    private static final double PAD_Y = 5;

    private final List<Row> rows;
    private final double size;
    private final double[] columns;
    private final double boxWidth;
    private final Cell sign;
    private final double side;

    /** At least {@code minimum} wide, the sign, which is at the left or right {@code side}, not counted. */
    Box(List<Row> rows, double minimum, String sign, double side) {
        this.rows = List.copyOf(rows);
        size = rows.stream().flatMap(row -> row.cells.stream()).mapToDouble(Cell::size).max().orElse(SIZE);
        double signSize = sign.length() == 1 ? 16 : size;
        this.sign = new Cell(sign, Ink.CENTRE, true, Theme.INK, signSize, side == Ink.LEFT ? "sign" : "");
        this.side = side;
        columns = columns();
        double text = 2 * pad() - gap();
        for (double column : columns) text += column + gap();
        boxWidth = rows.isEmpty() ? 0 : Math.max(minimum, text) + overlap();
    }

    double width() {
        return boxWidth + signWidth() - overlap();
    }

    double height() {
        return rows.isEmpty() ? CIRCLE : Math.max(CIRCLE, 2 * PAD_Y + rows.size() * rowHeight());
    }

    /** The x at which an edge ends that arrives at height {@code y}: the side of a box, the arc of a circle. */
    double leftSide(Rectangle2D at, double y) {
        double radius = rows.isEmpty() || side == Ink.LEFT && signWidth() > 0 ? signHeight() / 2 : 0;
        double off = Math.abs(y - at.getCenterY());
        if (off >= radius) return rows.isEmpty() ? at.getX() + radius : boxLeft(at);
        return at.getX() + radius - Math.sqrt(radius * radius - off * off);
    }

    private double boxLeft(Rectangle2D at) {
        return at.getX() + (side == Ink.LEFT ? signWidth() : 0);
    }

    void draw(Drawing drawing, Rectangle2D at, Look look) {
        Color fill = look.accent ? Theme.ACCENT_TINT : Theme.PAPER;
        Color line = look.accent ? Theme.ORANGE : look.dim ? pale(Theme.AXIS) : Theme.AXIS;
        double lineWidth = look.accent ? 2 : 1.2;
        if (!rows.isEmpty()) {
            drawing.box(boxLeft(at), at.getY(), boxWidth, height(), 6, fill, line, lineWidth);
            drawRows(drawing, at, look);
        }
        if (!sign.text.isEmpty()) {
            double x = at.getX() + side * (at.getWidth() - signWidth());
            double y = at.getCenterY() - signHeight() / 2;
            drawing.part(sign.part, () -> {
                drawing.box(x, y, signWidth(), signHeight(), signHeight() / 2, look.accent ? fill : Theme.FAINT, line, lineWidth);
                drawing.text(sign.text, x + signWidth() / 2, at.getCenterY() + sign.size * 0.36, sign.align, sign.size, true, sign.color);
            });
        }
    }

    static Color pale(Color color) {
        return Theme.mix(color, Theme.PAPER, 0.4);
    }

    private void drawRows(Drawing drawing, Rectangle2D at, Look look) {
        double start = boxLeft(at) + pad();
        double end = boxLeft(at) + boxWidth - overlap() - pad();
        double top = at.getCenterY() - rows.size() * rowHeight() / 2;
        for (int i = 0; i < rows.size(); i++) {
            double y = top + i * rowHeight();
            if (look.marked.contains(i)) {
                boolean isTable = columns.length > 2;   // there only the last column is marked
                double from = isTable ? end - columns[columns.length - 1] - 4 : start - pad() + 3;
                double to = isTable ? end + 4 : end + pad() - 3;
                drawing.box(from, y + 0.5, to - from, rowHeight() - 1, 3, Theme.ACCENT, Theme.ACCENT, 0);
            }
            drawRow(drawing, rows.get(i), start, end, y + 0.74 * rowHeight(), look.dim);
        }
    }

    private void drawRow(Drawing drawing, Row row, double x, double end, double baseline, boolean dim) {
        for (int i = 0; i < row.cells.size(); i++) {
            Cell cell = row.cells.get(i);
            boolean last = i == row.cells.size() - 1;
            double width = last ? end - x : columns[i];
            double anchor = x + cell.align * width;
            Color color = dim ? pale(cell.color) : cell.color;
            drawing.part(cell.part, () -> drawing.text(cell.text, anchor, baseline, cell.align, cell.size, cell.bold, color));
            x += width + gap();
        }
    }

    /** Widths of the columns, from the rows that have several; a single cell spans the box. */
    private double[] columns() {
        int count = rows.stream().mapToInt(row -> row.cells.size()).max().orElse(0);
        double[] columns = new double[count];
        double spanning = 0;
        for (Row row : rows) {
            if (row.cells.size() == 1 && count > 1) spanning = Math.max(spanning, row.cells.get(0).width());
            else for (int i = 0; i < row.cells.size(); i++) columns[i] = Math.max(columns[i], row.cells.get(i).width());
        }
        if (count == 0) return columns;
        double sum = (count - 1) * gap();
        for (double column : columns) sum += column;
        columns[count - 1] += Math.max(0, spanning - sum);
        return columns;
    }

    private double rowHeight() {
        return 1.4 * size;
    }

    private double pad() {
        return size == SMALL ? 7 : 9;
    }

    private double gap() {
        return size == SMALL ? 7 : 9;
    }

    /** How much of the sign lies on the box: half of it at the right, nothing at the left. */
    private double overlap() {
        return rows.isEmpty() ? 0 : side * signWidth() / 2;
    }

    private double signHeight() {
        return rows.isEmpty() ? CIRCLE : SMALL_CIRCLE;
    }

    private double signWidth() {
        return sign.text.isEmpty() ? 0 : Math.max(signHeight(), sign.width() + signHeight() / 2);
    }
}
