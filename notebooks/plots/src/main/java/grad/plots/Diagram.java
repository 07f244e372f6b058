package grad.plots;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small directed graph, laid out in layers from left to right: boxes with lines of text, circles with a sign, arrows, and
 * numbered badges. The layout is made once; badges and accents may change between figures, which makes frames for an {@link Animation}.
 *
 * <pre>{@code
 * Diagram d = new Diagram("A diamond").node("a", "a").node("b", "b").edge("a", "b").badge("a", "1").accent("a");
 * show(d.figure());
 * }</pre>
 */
public final class Diagram {
    private static final double SIZE = 11.5;
    private static final double SIGN = 24;
    private static final double PAD_X = 9;
    private static final double PAD_Y = 5;
    private static final double COLUMN_GAP = 9;
    private static final double MARGIN = 14;

    private final String alt;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, String> badges = new HashMap<>();
    private final Set<String> accents = new HashSet<>();
    private final Set<String> dimmed = new HashSet<>();
    private final Map<String, Set<Integer>> marked = new HashMap<>();
    private double layerGap = 22;
    private double nodeGap = 12;
    private LayeredLayout layout;

    private record Edge(String from, String to) {}

    /** A line of text in a box, in one or more columns. */
    record Row(List<Cell> cells) {
        static Row of(Cell... cells) {
            return new Row(List.of(cells));
        }
    }

    /** Text at the left, centre or right of its column. */
    record Cell(String text, double align, boolean bold, Color color, double size) {
        Cell(String text, double align, boolean bold, Color color) {
            this(text, align, bold, color, SIZE);
        }

        /** Estimated from above, so that a box has the same size whatever font the reader's machine has. */
        double width() {
            return text.length() * size * (bold ? 0.66 : 0.62);
        }
    }

    /** A box, with a sign at its right side unless that is empty; or, without rows, the sign alone. */
    private record Node(List<Row> rows, double[] columns, double boxWidth, String sign) {
        double rowHeight() {
            return 1.4 * rows.stream().flatMap(row -> row.cells.stream()).mapToDouble(Cell::size).max().orElse(SIZE);
        }

        double signWidth() {
            return sign.isEmpty() ? 0 : Math.max(signHeight(), signCell().width() + signHeight() / 2);
        }

        double signHeight() {
            return rows.isEmpty() ? SIGN : 20;
        }

        Cell signCell() {
            return new Cell(sign, Ink.CENTRE, true, Theme.INK, sign.length() == 1 ? 16 : rows.isEmpty() ? SIZE : 10);
        }

        Node withRoomForSign() {
            return new Node(rows, columns, boxWidth + signWidth() / 2, sign);
        }

        double width() {
            return rows.isEmpty() ? signWidth() : boxWidth + signWidth() / 2;
        }

        double height() {
            return rows.isEmpty() ? SIGN : Math.max(SIGN, 2 * PAD_Y + rows.size() * rowHeight());
        }
    }

    /** The alt text says what the diagram shows. */
    public Diagram(String alt) {
        this.alt = alt;
    }

    /** A box with a bold title, which may be empty, and lines of text below it. */
    public Diagram node(String id, String title, String... lines) {
        List<Row> rows = new ArrayList<>();
        if (!title.isEmpty()) rows.add(Row.of(new Cell(title, Ink.CENTRE, true, Theme.INK)));
        for (String line : lines) rows.add(Row.of(new Cell(line, Ink.CENTRE, false, Theme.INK)));
        if (rows.isEmpty()) rows.add(Row.of(new Cell("", Ink.CENTRE, false, Theme.INK)));
        return box(id, rows, 0, "");
    }

    /** A circle with a sign in it, such as {@code +}. */
    public Diagram circle(String id, String sign) {
        return add(id, new Node(List.of(), new double[0], 0, sign));
    }

    public Diagram edge(String from, String to) {
        edges.add(new Edge(known(from), known(to)));
        layout = null;
        return this;
    }

    /** A small numbered disc at the corner of a node; an empty text takes it away. */
    public Diagram badge(String id, String text) {
        badges.put(known(id), text);
        return this;
    }

    /** Draws these nodes in the accent colour. */
    public Diagram accent(String... ids) {
        for (String id : ids) accents.add(known(id));
        return this;
    }

    /** Draws these nodes pale. */
    public Diagram dim(String... ids) {
        for (String id : ids) dimmed.add(known(id));
        return this;
    }

    /** Takes away all badges, accents and dimming. */
    public Diagram plain() {
        badges.clear();
        accents.clear();
        dimmed.clear();
        marked.clear();
        return this;
    }

    public Figure figure() {
        Require.that(!nodes.isEmpty(), "Diagram: nothing to draw; add a node first");
        if (layout == null) layout = layOut();
        Drawing drawing = new Drawing();
        for (int i = 0; i < edges.size(); i++) drawEdge(drawing, edges.get(i), layout.curve(i));
        nodes.keySet().forEach(id -> drawNode(drawing, id));
        badges.forEach((id, text) -> drawBadge(drawing, layout.bounds(id), text));
        return drawing.figure((int) Math.ceil(layout.width()), (int) Math.ceil(layout.height()), alt);
    }

    /** A box at least {@code minimum} wide, with a sign at its right side unless that is empty. */
    Diagram box(String id, List<Row> rows, double minimum, String sign) {
        double[] columns = columns(rows);
        double width = 2 * PAD_X - COLUMN_GAP;
        for (double column : columns) width += column + COLUMN_GAP;
        Node box = new Node(List.copyOf(rows), columns, Math.max(minimum, width), sign);
        return add(id, box.withRoomForSign());
    }

    /** Marks a row of a box as just changed. */
    Diagram mark(String id, int row) {
        marked.computeIfAbsent(known(id), any -> new HashSet<>()).add(row);
        return this;
    }

    Diagram spacing(double layerGap, double nodeGap) {
        this.layerGap = layerGap;
        this.nodeGap = nodeGap;
        return this;
    }

    private Diagram add(String id, Node node) {
        Require.that(nodes.put(id, node) == null, "Diagram: there are two nodes named \"" + id + "\"");
        layout = null;
        return this;
    }

    private String known(String id) {
        Require.that(nodes.containsKey(id), "Diagram: there is no node named \"" + id + "\"; add nodes before edges, badges and accents");
        return id;
    }

    /** Widths of the columns, from the rows that have several; a single cell spans the box. */
    private static double[] columns(List<Row> rows) {
        int count = rows.stream().mapToInt(row -> row.cells.size()).max().orElse(1);
        double[] columns = new double[count];
        double spanning = 0;
        for (Row row : rows) {
            if (row.cells.size() == 1 && count > 1) spanning = Math.max(spanning, row.cells.get(0).width());
            else for (int i = 0; i < row.cells.size(); i++) columns[i] = Math.max(columns[i], row.cells.get(i).width());
        }
        double sum = (count - 1) * COLUMN_GAP;
        for (double column : columns) sum += column;
        columns[count - 1] += Math.max(0, spanning - sum);
        return columns;
    }

    private LayeredLayout layOut() {
        LayeredLayout layout = new LayeredLayout(MARGIN, layerGap, nodeGap);
        nodes.forEach((id, node) -> layout.node(id, node.width(), node.height()));
        edges.forEach(edge -> layout.edge(edge.from, edge.to));
        layout.run();
        return layout;
    }

    private void drawNode(Drawing drawing, String id) {
        Node node = nodes.get(id);
        Rectangle2D at = layout.bounds(id);
        Color fill = accents.contains(id) ? Theme.ACCENT_TINT : Theme.PAPER;
        Color line = accents.contains(id) ? Theme.ORANGE : dimmed.contains(id) ? pale(Theme.AXIS) : Theme.AXIS;
        double lineWidth = accents.contains(id) ? 2 : 1.2;
        if (!node.rows.isEmpty()) {
            drawing.box(at.getX(), at.getY(), node.boxWidth, node.height(), 6, fill, line, lineWidth);
            drawRows(drawing, node, at, marked.getOrDefault(id, Set.of()), dimmed.contains(id));
        }
        if (!node.sign.isEmpty()) {
            double x = at.getMaxX() - node.signWidth();
            double height = node.signHeight();
            drawing.box(x, at.getCenterY() - height / 2, node.signWidth(), height, height / 2, Theme.FAINT, line, lineWidth);
            Cell cell = node.signCell();
            drawing.text(cell.text, x + node.signWidth() / 2, at.getCenterY() + cell.size * 0.36, cell.align, cell.size, true, cell.color);
        }
    }

    private static void drawRows(Drawing drawing, Node node, Rectangle2D at, Set<Integer> marked, boolean dim) {
        double height = node.rowHeight();
        double top = at.getCenterY() - node.rows.size() * height / 2;
        for (int i = 0; i < node.rows.size(); i++) {
            double y = top + i * height;
            if (marked.contains(i)) drawing.box(at.getX() + 3, y + 0.5, node.boxWidth - 6, height - 1, 3, Theme.ACCENT, Theme.ACCENT, 0);
            drawRow(drawing, node, node.rows.get(i), at.getX() + PAD_X, y + 0.74 * height, dim);
        }
    }

    private static void drawRow(Drawing drawing, Node node, Row row, double x, double baseline, boolean dim) {
        double end = x + node.boxWidth - node.signWidth() / 2 - 2 * PAD_X;
        for (int i = 0; i < row.cells.size(); i++) {
            Cell cell = row.cells.get(i);
            boolean last = i == row.cells.size() - 1;
            double width = last ? end - x : node.columns[i];
            drawing.text(cell.text, x + cell.align * width, baseline, cell.align, cell.size, cell.bold, dim ? pale(cell.color) : cell.color);
            x += width + COLUMN_GAP;
        }
    }

    private static Color pale(Color color) {
        return Theme.mix(color, Theme.PAPER, 0.4);
    }

    private void drawEdge(Drawing drawing, Edge edge, Path2D curve) {
        boolean dim = dimmed.contains(edge.from) || dimmed.contains(edge.to);
        Color color = dim ? pale(Theme.AXIS) : Theme.AXIS;
        Point2D end = meet(nodes.get(edge.to), layout.bounds(edge.to), curve.getCurrentPoint());
        curve.lineTo(end.getX() - 3, end.getY());
        drawing.curve(curve, color, 1.2);
        Path2D head = new Path2D.Double();
        head.moveTo(end.getX(), end.getY());
        head.lineTo(end.getX() - 6, end.getY() - 3);
        head.lineTo(end.getX() - 6, end.getY() + 3);
        head.closePath();
        drawing.shape(head, dim ? Theme.AXIS : Theme.MUTED);
    }

    /** Splines end at the side of a rectangle; a circle curves away from it. */
    private static Point2D meet(Node node, Rectangle2D at, Point2D end) {
        if (!node.rows.isEmpty()) return end;
        double radius = SIGN / 2;
        double off = end.getY() - at.getCenterY();
        return new Point2D.Double(at.getX() + radius - Math.sqrt(Math.max(0, radius * radius - off * off)), end.getY());
    }

    private static void drawBadge(Drawing drawing, Rectangle2D at, String text) {
        if (text.isEmpty()) return;
        double height = 17;
        double width = Math.max(height, text.length() * 7 + 8);
        double x = at.getX() + 8 - width;
        double y = at.getY() - height / 2 - 1;
        drawing.box(x, y, width, height, height / 2, Theme.INK, Theme.PAPER, 1.5);
        drawing.text(text, x + width / 2, y + 12.4, Ink.CENTRE, 10.5, true, Theme.PAPER);
    }
}
