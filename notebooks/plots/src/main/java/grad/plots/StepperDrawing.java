package grad.plots;

import grad.scalar.Op;
import grad.scalar.Value;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The picture of a stepper, as it stands after the last step: a box per value with its operation at the left. Groups name what the script
 * moves: {@code g.value[data-value]} with {@code g.data}, {@code g.grad} and {@code g.turn}, and {@code g.link[data-from][data-to]}.
 */
final class StepperDrawing {
    private static final double ROW = 16.5;
    private static final double PAD = 7;
    private static final double SIGN = 22;
    private static final double SIZE = 12;
    private static final double KEY = 30;

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
        int name = values.stream().mapToInt(value -> wording.name(value).length()).max().getAsInt();
        width = 2 * PAD + Math.max(KEY + widest * 0.6 * SIZE, name * 0.66 * SIZE);
        for (Value value : values) layout.node(id(value), signWidth(value) + width, height(value));
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
            String attributes = "class=\"value\" data-value=\"%s\" aria-label=\"%s\"".formatted(id(value), Html.escape(description.apply(value)));
            drawing.group(attributes, () -> drawValue(drawing, value, grad.applyAsDouble(value), turn.apply(value)));
        }
        return drawing.figure((int) Math.ceil(layout.width()), (int) Math.ceil(layout.height()), alt);
    }

    String id(Value value) {
        for (int i = 0; i < values.size(); i++) if (values.get(i) == value) return Integer.toString(i);
        throw new IllegalArgumentException(value + " is not part of this graph");
    }

    private void drawValue(Drawing drawing, Value value, double grad, String turn) {
        Rectangle2D at = layout.bounds(id(value));
        double sign = signWidth(value), x = at.getX() + sign, y = at.getY();
        boolean isConstant = value.op() == Op.CONST;
        drawing.box(x, y, width, at.getHeight(), 6, Theme.PAPER, Theme.AXIS, 1.2);
        if (sign > 0) {
            double top = at.getCenterY() - SIGN / 2;
            drawing.group("class=\"sign\"", () -> {
                drawing.box(at.getX(), top, sign, SIGN, SIGN / 2, Theme.FAINT, Theme.AXIS, 1.2);
                double size = value.op().symbol().length() == 1 ? 16 : 11;
                drawing.text(value.op().symbol(), at.getX() + sign / 2, at.getCenterY() + size * 0.36, Ink.CENTRE, size, true, Theme.INK);
            });
        }
        drawing.group("class=\"name\"", () -> drawing.text(wording.name(value), x + width / 2, y + ROW, Ink.CENTRE, SIZE, !isConstant, Theme.INK));
        if (isConstant) return;
        row(drawing, "data", value.data, x, y + 2 * ROW, Theme.INK);
        row(drawing, "grad", grad, x, y + 3 * ROW, Theme.BLUE);
        if (!turn.isEmpty()) drawing.group("class=\"turn\"", () -> {
            drawing.box(x + width - 12, y - 10, 18, 18, 9, Theme.INK, Theme.PAPER, 1.5);
            drawing.text(turn, x + width - 3, y + 2.8, Ink.CENTRE, 10.5, true, Theme.PAPER);
        });
    }

    private void row(Drawing drawing, String key, double number, double x, double baseline, Color color) {
        drawing.group("class=\"key\"", () -> drawing.text(key, x + PAD, baseline, Ink.LEFT, SIZE - 1, false, Theme.MUTED));
        drawing.group("class=\"" + key + "\"", () -> drawing.text(Wording.number(number), x + width - PAD, baseline, Ink.RIGHT, SIZE, false, color));
    }

    private void drawLink(Drawing drawing, Link link, Path2D curve) {
        Rectangle2D to = layout.bounds(id(link.y())), from = layout.bounds(id(link.operand()));
        double y = curve.getCurrentPoint().getY(), x = leftSide(link.y(), to, y), start = from.getMaxX(), startY = startOf(curve)[1];
        curve.lineTo(x - 3, y);
        drawing.group("class=\"link\" data-from=\"%s\" data-to=\"%s\"".formatted(id(link.operand()), id(link.y())), () -> {
            drawing.curve(curve, Theme.AXIS, 1.2);
            drawing.group("class=\"forward\"", () -> drawing.shape(head(x, y, -1), Theme.MUTED));
            drawing.group("class=\"backward\" display=\"none\"", () -> drawing.shape(head(start, startY, 1), Theme.BLUE));
        });
    }

    private static double[] startOf(Path2D curve) {
        double[] start = new double[6];
        curve.getPathIterator(null).currentSegment(start);
        return start;
    }

    /** Edges end at the round sign of the operation, or above and below it at the box. */
    private static double leftSide(Value value, Rectangle2D at, double y) {
        double radius = SIGN / 2, off = Math.abs(y - at.getCenterY());
        return off >= radius ? at.getX() + signWidth(value) : at.getX() + radius - Math.sqrt(radius * radius - off * off);
    }

    private static Path2D head(double x, double y, int direction) {
        Path2D head = new Path2D.Double();
        head.moveTo(x, y);
        head.lineTo(x + direction * 7, y - 3.5);
        head.lineTo(x + direction * 7, y + 3.5);
        head.closePath();
        return head;
    }

    private static double signWidth(Value value) {
        int length = value.op().symbol().length();
        return length == 0 ? 0 : length == 1 ? SIGN : SIGN + 4.5 * length;
    }

    private static double height(Value value) {
        return (value.op() == Op.CONST ? 1 : 3) * ROW + 9;
    }
}
