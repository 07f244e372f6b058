package grad.plots;

import grad.plots.Box.Cell;
import grad.plots.Box.Row;
import grad.scalar.Graph;
import grad.scalar.Op;
import grad.scalar.Value;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws the computation graph behind a value, from left to right: a box for every value with its name, data and gradient, a circle
 * for every operation. Drawn again after a backward step, it marks the gradients that have changed since its last figure.
 *
 * <pre>{@code
 * GraphDrawing drawing = new GraphDrawing(loss);
 * show(drawing.figure());
 * loss.backward();
 * show(drawing.figure());          // what has just arrived is marked
 * }</pre>
 */
public final class GraphDrawing {
    private static final int COMPACT_ABOVE = 30;
    private static final String COMPACT_KEY = "In each box: data in black, gradient in blue; the tables hold the parameters.";
    private static final int MOST = 1000;

    /** Room for {@code data 0.4869}, so that boxes line up and stay as they are when gradients arrive. */
    private static final double WIDTH = 99;
    private static final double SMALL_WIDTH = 51;
    private static final double TABLE_WIDTH = 127;

    private final Value root;
    private final List<Value> values;
    private final Map<Value, String> ids = new IdentityHashMap<>();
    private final Map<Value, Double> drawn = new IdentityHashMap<>();
    private final Map<Value, String> badges = new IdentityHashMap<>();
    private List<Value> highlighted = List.of();
    private boolean gradients = true;
    private boolean compact;

    /** Graphs of more than thirty values are drawn {@link #compact()}. @throws IllegalArgumentException for more than 1000 values */
    public GraphDrawing(Value root) {
        int size = Graph.record(root).nodes().size();
        Require.that(size <= MOST,
                "GraphDrawing: " + size + " values are more than a picture can hold (" + MOST + "); draw a part of the graph");
        this.root = root;
        this.values = ReadingOrder.of(root);
        for (Value value : values) ids.put(value, "v" + ids.size());
        compact = values.size() > COMPACT_ABOVE;
    }

    /** Leaves the gradients out, as before they are known. */
    public GraphDrawing withoutGradients() {
        gradients = false;
        return this;
    }

    /** Draws small boxes (data above, gradient below), a neuron's parameters as one table, operations beside what they are applied to. */
    public GraphDrawing compact() {
        compact = true;
        return this;
    }

    /** Numbers the values in the given order: 1, 2, 3, … */
    public GraphDrawing order(List<Value> order) {
        badges.clear();
        for (Value value : order) badge(value, Integer.toString(badges.size() + 1));
        return this;
    }

    /** Puts a small text at a value's corner, such as a count; an empty text takes it away. */
    public GraphDrawing badge(Value value, String text) {
        badges.put(known(value), text);
        return this;
    }

    /** Draws these values, and no others, in the accent colour. */
    public GraphDrawing highlight(Collection<Value> values) {
        values.forEach(this::known);
        highlighted = List.copyOf(values);
        return this;
    }

    /** The graph as it is now. From the second figure on, gradients that have changed in between are marked. */
    public Figure figure() {
        Arrangement arrangement = compact ? arrange() : new Arrangement(Map.of(), Set.of(), Map.of());
        List<Value> boxed = values.stream().filter(value -> !arrangement.inTables.contains(value)).toList();
        List<Value> computed = values.stream().filter(value -> value.op().arity() > 0).toList();
        Diagram diagram = new Diagram(describe()).spacing(compact ? 14 : 20, compact ? 9 : 12);
        for (Value value : values) {
            if (value.op().arity() > 0) addOperation(diagram, value, arrangement);
            if (!arrangement.inTables.contains(value)) addValue(diagram, value, arrangement);
        }
        computed.forEach(value -> connect(diagram, value, arrangement));
        for (Value value : boxed) {
            diagram.badge(ids.get(value), badges.getOrDefault(value, ""));
            if (highlighted.contains(value)) diagram.accent(ids.get(value));
        }
        values.forEach(value -> drawn.put(value, value.grad));
        return compact && gradients ? diagram.figure().withCaption(COMPACT_KEY) : diagram.figure();
    }

    /**
     * What a compact drawing puts together: the leaves that one n-ary operation alone uses, as a table; and the operation of a
     * value that is used just once, by it, at that value's box.
     */
    private record Arrangement(Map<Value, List<Value>> tables, Set<Value> inTables, Map<Value, Value> signs) {
        String signAt(Value value) {
            return signs.containsKey(value) ? signs.get(value).op().symbol() : "";
        }

        boolean isAtBox(Value computed) {
            return signs.get(computed.parents().get(0)) == computed;
        }
    }

    private Arrangement arrange() {
        Map<Value, Integer> uses = new IdentityHashMap<>();
        for (Value value : values) value.parents().forEach(parent -> uses.merge(parent, 1, Integer::sum));
        Arrangement arrangement = new Arrangement(new IdentityHashMap<>(), identitySet(), new IdentityHashMap<>());
        for (Value value : values) {
            List<Value> parents = value.parents();
            List<Value> own = parents.stream().filter(parent -> parent.op().arity() == 0 && uses.get(parent) == 1).toList();
            if (parents.size() > 2 && own.size() > 1) {
                arrangement.tables.put(value, own);
                arrangement.inTables.addAll(own);
            }
            if (parents.size() == 1 && uses.get(parents.get(0)) == 1) arrangement.signs.put(parents.get(0), value);
        }
        return arrangement;
    }

    private void addValue(Diagram diagram, Value value, Arrangement arrangement) {
        List<Row> rows = compact ? smallRows(value) : rows(value);
        double least = value.op() == Op.CONST ? 0 : compact ? SMALL_WIDTH : WIDTH;
        diagram.add(ids.get(value), new Box(rows, least, arrangement.signAt(value), Ink.RIGHT));
        if (isFresh(value)) diagram.mark(ids.get(value), rows.size() - 1);
        if (value.op() == Op.CONST) diagram.dim(ids.get(value));
    }

    private List<Row> rows(Value value) {
        List<Row> rows = new ArrayList<>();
        if (value.label() != null) rows.add(Row.of(new Cell(value.label(), Ink.CENTRE, true, Theme.INK, Box.SIZE)));
        if (value.op() == Op.CONST) {
            rows.add(Row.of(new Cell(Numbers.decimal(value.data), Ink.CENTRE, false, Theme.INK, Box.SIZE)));
            return rows;
        }
        rows.add(row("data", value.data, Theme.INK));
        if (gradients) rows.add(row("grad", value.grad, Theme.BLUE));
        return rows;
    }

    private static Row row(String name, double number, Color color) {
        return Row.of(new Cell(name, Ink.LEFT, false, Theme.MUTED, Box.SIZE),
                new Cell(Numbers.decimal(number), Ink.RIGHT, false, color, Box.SIZE));
    }

    private List<Row> smallRows(Value value) {
        List<Row> rows = new ArrayList<>();
        if (value.label() != null) rows.add(Row.of(new Cell(value.label(), Ink.CENTRE, true, Theme.INK, Box.SMALL)));
        rows.add(Row.of(small(value.data, Ink.CENTRE, Theme.INK)));
        if (hasGradient(value)) rows.add(Row.of(small(value.grad, Ink.CENTRE, Theme.BLUE)));
        return rows;
    }

    private Row tableRow(Value leaf) {
        String name = leaf.label() == null ? "" : leaf.label();
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell(name, Ink.LEFT, true, Theme.INK, Box.SMALL));
        cells.add(small(leaf.data, Ink.RIGHT, Theme.INK));
        Cell none = new Cell("", Ink.LEFT, false, Theme.INK, Box.SMALL);
        if (gradients) cells.add(hasGradient(leaf) ? small(leaf.grad, Ink.RIGHT, Theme.BLUE) : none);
        return new Row(cells);
    }

    private static Cell small(double number, double align, Color color) {
        return new Cell(Numbers.decimal(number), align, false, color, Box.SMALL);
    }

    private void addOperation(Diagram diagram, Value value, Arrangement arrangement) {
        if (arrangement.isAtBox(value)) return;
        List<Value> table = arrangement.tables.getOrDefault(value, List.of());
        if (table.isEmpty()) {
            diagram.circle(operation(value), value.op().symbol());
            return;
        }
        List<Row> rows = table.stream().map(this::tableRow).toList();
        diagram.add(operation(value), new Box(rows, gradients ? TABLE_WIDTH : 0, value.op().symbol(), Ink.RIGHT));
        for (int row = 0; row < table.size(); row++) {
            if (isFresh(table.get(row))) diagram.mark(operation(value), row);
        }
    }

    private void connect(Diagram diagram, Value value, Arrangement arrangement) {
        if (arrangement.isAtBox(value)) {
            diagram.edge(ids.get(value.parents().get(0)), ids.get(value));
            return;
        }
        for (Value parent : value.parents()) {
            if (!arrangement.inTables.contains(parent)) diagram.edge(ids.get(parent), operation(value));
        }
        diagram.edge(operation(value), ids.get(value));
    }

    private boolean hasGradient(Value value) {
        return gradients && value.op() != Op.CONST;
    }

    private boolean isFresh(Value value) {
        Double before = drawn.get(value);
        return hasGradient(value) && before != null && before != value.grad;
    }

    private static Set<Value> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private String operation(Value value) {
        return "op " + ids.get(value);
    }

    private Value known(Value value) {
        Require.that(ids.containsKey(value), "GraphDrawing: " + value + " is not part of this graph");
        return value;
    }

    private String describe() {
        long operations = values.stream().filter(value -> value.op().arity() > 0).count();
        String name = root.label() == null ? "" : root.label() + " = ";
        return "Computation graph: " + Numbers.count(values.size(), "value") + ", " + Numbers.count(operations, "operation")
                + ", output " + name + Numbers.brief(root.data, 6) + (gradients ? describeGradients() : "") + describeMarks();
    }

    /** In a large drawing only those that have just arrived: forty numbers in a row tell nobody anything. */
    private String describeGradients() {
        Wording wording = new Wording(values);
        List<Value> told = values.stream().filter(value -> isFresh(value) || hasGradient(value) && value.grad != 0 && !compact).toList();
        if (told.isEmpty()) return values.stream().allMatch(value -> value.grad == 0) ? "; all gradients 0" : "";
        return "; gradients " + told.stream()
                .map(value -> wording.name(value) + " " + Wording.number(value.grad) + (isFresh(value) ? " (just arrived)" : ""))
                .collect(Collectors.joining(", "));
    }

    private String describeMarks() {
        Wording wording = new Wording(values);
        String numbered = values.stream().filter(value -> !badges.getOrDefault(value, "").isEmpty())
                .map(value -> wording.name(value) + " " + badges.get(value)).collect(Collectors.joining(", "));
        String accented = highlighted.stream().map(wording::name).collect(Collectors.joining(", "));
        return (numbered.isEmpty() ? "" : "; badges " + numbered) + (accented.isEmpty() ? "" : "; highlighted " + accented);
    }
}
