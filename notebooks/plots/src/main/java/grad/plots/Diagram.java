package grad.plots;

import grad.plots.Box.Cell;
import grad.plots.Box.Row;
import java.awt.geom.Path2D;
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
    private static final double MARGIN = 14;

    private final String alt;
    private final Map<String, Box> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, String> badges = new HashMap<>();
    private final Set<String> accents = new HashSet<>();
    private final Set<String> dimmed = new HashSet<>();
    private final Map<String, Set<Integer>> marked = new HashMap<>();
    private double layerGap = 22;
    private double nodeGap = 12;
    private LayeredLayout layout;

    private record Edge(String from, String to) {}

    /** The alt text says what the diagram shows. */
    public Diagram(String alt) {
        this.alt = alt;
    }

    /** A box with a bold title, which may be empty, and lines of text below it. */
    public Diagram node(String id, String title, String... lines) {
        List<Row> rows = new ArrayList<>();
        if (!title.isEmpty() || lines.length == 0) rows.add(Row.of(new Cell(title, Ink.CENTRE, true, Theme.INK, Box.SIZE)));
        for (String line : lines) rows.add(Row.of(new Cell(line, Ink.CENTRE, false, Theme.INK, Box.SIZE)));
        return add(id, new Box(rows, 0, "", Ink.RIGHT));
    }

    /** A circle with a sign in it, such as {@code +}. */
    public Diagram circle(String id, String sign) {
        return add(id, new Box(List.of(), 0, sign, Ink.RIGHT));
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
        nodes.forEach((id, box) -> box.draw(drawing, layout.bounds(id),
                new Box.Look(accents.contains(id), dimmed.contains(id), marked.getOrDefault(id, Set.of()))));
        badges.forEach((id, text) -> {
            if (!text.isEmpty()) drawing.badge(text, layout.bounds(id).getX() + 8, layout.bounds(id).getY() - 1);
        });
        return drawing.figure((int) Math.ceil(layout.width()), (int) Math.ceil(layout.height()), alt);
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

    Diagram add(String id, Box box) {
        Require.that(nodes.put(id, box) == null, "Diagram: there are two nodes named \"" + id + "\"");
        layout = null;
        return this;
    }

    private String known(String id) {
        Require.that(nodes.containsKey(id), "Diagram: there is no node named \"" + id + "\"; add nodes before edges, badges and accents");
        return id;
    }

    private LayeredLayout layOut() {
        LayeredLayout layout = new LayeredLayout(MARGIN, layerGap, nodeGap);
        nodes.forEach((id, box) -> layout.node(id, box.width(), box.height()));
        edges.forEach(edge -> layout.edge(edge.from, edge.to));
        layout.run();
        return layout;
    }

    private void drawEdge(Drawing drawing, Edge edge, Path2D curve) {
        boolean dim = dimmed.contains(edge.from) || dimmed.contains(edge.to);
        double y = curve.getCurrentPoint().getY();
        double x = nodes.get(edge.to).leftSide(layout.bounds(edge.to), y);
        curve.lineTo(x - 3, y);
        drawing.curve(curve, dim ? Box.pale(Theme.AXIS) : Theme.AXIS, 1.2);
        drawing.head(x, y, 1, dim ? Theme.AXIS : Theme.MUTED);
    }
}
