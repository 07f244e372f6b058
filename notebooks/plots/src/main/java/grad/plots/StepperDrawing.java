package grad.plots;

import grad.plots.Box.Cell;
import grad.plots.Box.Row;
import grad.scalar.Op;
import grad.scalar.Value;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The picture of a stepper, as it stands after the last step: a box per value with its operation at the left. Groups name what the script
 * moves: {@code g.value[data-value]} with {@code g.data}, {@code g.grad} and {@code g.turn}, and {@code g.link[data-from][data-to]}.
 */
final class StepperDrawing {
    private final List<Value> values;
    private final Wording wording;
    private final Function<Value, String> description;
    private final double width;
    private final LayeredLayout layout = new LayeredLayout(14, 34, 14);

    /** @param widest the longest number that a step will write */
    StepperDrawing(List<Value> values, Wording wording, Function<Value, String> description, int widest) {
        this.values = values;
        this.wording = wording;
        this.description = description;
        List<Row> longest = values.stream().map(this::name).collect(Collectors.toCollection(ArrayList::new));
        longest.add(number("data", "0".repeat(widest), Theme.INK));
        width = new Box(longest, 0, "", Ink.LEFT).width();
        for (Value value : values) layout.node(id(value), box(value, 0).width(), box(value, 0).height());
        for (Value value : values) Link.into(value).forEach(link -> layout.edge(id(link.operand()), id(value)));
        layout.run();
    }

    /** @param turn when the value passes its gradient on, or an empty text */
    Figure figure(String alt, ToDoubleFunction<Value> grad, Function<Value, String> turn) {
        Drawing drawing = new Drawing();
        int edge = 0;
        for (Value value : values) {
            for (Link link : Link.into(value)) drawLink(drawing, link, layout.curve(edge++));
        }
        for (Value value : values) {
            String attributes = "class=\"value\" data-value=\"%s\" aria-label=\"%s\""
                    .formatted(id(value), Html.escape(description.apply(value)));
            drawing.group(attributes, () -> drawValue(drawing, value, grad.applyAsDouble(value), turn.apply(value)));
        }
        return drawing.figure((int) Math.ceil(layout.width()), (int) Math.ceil(layout.height()), alt);
    }

    String id(Value value) {
        for (int i = 0; i < values.size(); i++) if (values.get(i) == value) return Integer.toString(i);
        throw new IllegalArgumentException(value + " is not part of this graph");
    }

    private Box box(Value value, double grad) {
        List<Row> rows = value.op() == Op.CONST ? List.of(name(value)) : List.of(name(value),
                number("data", Wording.number(value.data), Theme.INK), number("grad", Wording.number(grad), Theme.BLUE));
        return new Box(rows, width, value.op().symbol(), Ink.LEFT);
    }

    private Row name(Value value) {
        return Row.of(new Cell(wording.name(value), Ink.CENTRE, value.op() != Op.CONST, Theme.INK, Box.SIZE, "name"));
    }

    private static Row number(String key, String number, Color color) {
        return Row.of(new Cell(key, Ink.LEFT, false, Theme.MUTED, Box.SIZE, "key"),
                new Cell(number, Ink.RIGHT, false, color, Box.SIZE, key));
    }

    private void drawValue(Drawing drawing, Value value, double grad, String turn) {
        Rectangle2D at = layout.bounds(id(value));
        box(value, grad).draw(drawing, at, Box.Look.PLAIN);
        if (!turn.isEmpty()) drawing.part("turn", () -> drawing.badge(turn, at.getMaxX() + 6, at.getY() - 1));
    }

    private void drawLink(Drawing drawing, Link link, Path2D curve) {
        double start = layout.bounds(id(link.operand())).getMaxX(), startY = startOf(curve)[1];
        double y = curve.getCurrentPoint().getY();
        double x = box(link.y(), 0).leftSide(layout.bounds(id(link.y())), y);
        curve.lineTo(x - 3, y);
        drawing.group("class=\"link\" data-from=\"%s\" data-to=\"%s\"".formatted(id(link.operand()), id(link.y())), () -> {
            drawing.curve(curve, Theme.AXIS, 1.2);
            drawing.part("forward", () -> drawing.head(x, y, 1, Theme.MUTED));
            drawing.group("class=\"backward\" display=\"none\"", () -> drawing.head(start, startY, -1, Theme.BLUE));
        });
    }

    private static double[] startOf(Path2D curve) {
        double[] start = new double[6];
        curve.getPathIterator(null).currentSegment(start);
        return start;
    }
}
