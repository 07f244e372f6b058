package grad.plots;

import grad.scalar.Graph;
import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Plays a computation: values appear one by one from the inputs to the result, then gradients flow back, with every multiplication
 * written out. Without script, as in a notebook that is not trusted yet, it shows the last step and all steps in words.
 *
 * <pre>{@code
 * display(Stepper.of(loss).html(), "text/html");
 * }</pre>
 *
 * <p>It reads data when it is asked for {@link #html()} or {@link #text()}, and computes gradients of its own:
 * those in the values stay as they are.
 */
public final class Stepper {
    private static final int MOST = 60;

    private final List<Value> values;
    private final Map<String, List<Value>> orders = new LinkedHashMap<>();
    private final List<Value> rightOrder;
    private String caption = "";

    private Stepper(Value result) {
        List<Value> nodes = new ArrayList<>(Graph.record(result).nodes());
        Require.that(nodes.size() <= MOST,
                "Stepper: " + nodes.size() + " values are too many to step through (" + MOST + "); take a part of the graph");
        values = ReadingOrder.of(result);
        Collections.reverse(nodes);
        rightOrder = nodes;
    }

    /** Steps to the result and back in the order of {@link Value#backward()}. @throws IllegalArgumentException for more than 60 values */
    public static Stepper of(Value result) {
        return new Stepper(result);
    }

    /**
     * Goes back in this order instead, first to last, right or wrong. Several orders stand side by side and move together.
     *
     * @throws IllegalArgumentException when the order holds a value that is not in the graph, or the name is taken
     */
    public Stepper order(String name, List<Value> order) {
        for (Value value : order) {
            Require.that(values.stream().anyMatch(known -> known == value), "Stepper: " + value + " is not part of this graph");
        }
        Require.that(orders.putIfAbsent(name, List.copyOf(order)) == null, "Stepper: there are two orders named \"" + name + "\"");
        return this;
    }

    /** A line of text below it. */
    public Stepper withCaption(String caption) {
        this.caption = caption;
        return this;
    }

    /**
     * The stepper for {@code display(stepper.html(), "text/html")}: whole in itself, and as often on a page as one likes.
     *
     * @throws IllegalArgumentException when inputs have changed since the result was computed
     */
    public String html() {
        Wording wording = new Wording(values);
        Walk right = new Walk(values, rightOrder, wording);
        Map<String, Walk> walks = walks(wording, right);
        Paths paths = new Paths(values, wording);
        Function<Value, String> description = value -> paths.describe(value, right.grad(value));
        StepperDrawing drawing = new StepperDrawing(values, wording, description, widest(walks.values()));
        StringBuilder html = new StringBuilder();
        walks.forEach((name, walk) -> html.append(html(name, walk, drawing, wording)));
        return "<figure class=\"javagrad-stepper\" style=\"margin:4px 0;padding:10px;color:#24292f;"
                + "background-color:#ffffff;border:1px solid #e3e6ea;border-radius:10px\">"
                + "<style>" + Resource.text("stepper.css") + "</style>"
                + "<div class=\"walks\">" + html + "</div>"
                + "<p class=\"still\">This is the last step. To play the steps, trust this notebook and run the cell.</p>"
                + (caption.isEmpty() ? "" : "<figcaption>" + Html.escape(caption) + "</figcaption>")
                + "<script>" + Resource.text("stepper.js") + "</script></figure>";
    }

    /** The length of the longest number that is ever shown. */
    private int widest(Collection<Walk> walks) {
        DoubleStream written = walks.stream().flatMap(walk -> walk.steps().stream()).mapToDouble(Walk.Step::number);
        return DoubleStream.concat(written, values.stream().mapToDouble(value -> value.data))
                .mapToInt(number -> Wording.number(number).length()).max().getAsInt();
    }

    private String html(String name, Walk walk, StepperDrawing drawing, Wording wording) {
        List<Value> turns = orders.getOrDefault(name, List.of()).stream().filter(value -> value.op().arity() > 0).toList();
        Figure figure = drawing.figure(describe(walk, wording), walk::grad, value -> turn(turns, value));
        String items = walk.steps().stream().map(step -> item(step, walk, drawing)).collect(Collectors.joining());
        return "<div class=\"walk\">" + (name.isEmpty() ? "" : "<p class=\"order\"><b>" + Html.escape(name) + "</b></p>")
                + "<details><summary>The " + walk.steps().size() + " steps in words</summary><ol>" + items + "</ol></details>"
                + "<div class=\"picture\">" + figure.image("display:block;max-width:100%;height:auto") + "</div></div>";
    }

    private String describe(Walk walk, Wording wording) {
        return "Computation graph of " + wording.name(values.get(values.size() - 1)) + " after the backward pass: "
                + values.stream().filter(value -> value.op() != Op.CONST)
                        .map(value -> wording.name(value) + " " + Wording.number(value.data) + ", grad " + Wording.number(walk.grad(value)))
                        .collect(Collectors.joining("; "));
    }

    private static String turn(List<Value> turns, Value value) {
        for (int i = 0; i < turns.size(); i++) if (turns.get(i) == value) return Integer.toString(i + 1);
        return "";
    }

    private String item(Walk.Step step, Walk walk, StepperDrawing drawing) {
        StringBuilder item = new StringBuilder("<li data-kind=\"%s\" data-at=\"%s\" data-number=\"%s\"".formatted(
                step.kind().name().toLowerCase(Locale.ROOT), drawing.id(step.at()), Wording.number(step.number())));
        if (step.warns()) item.append(" data-warns=\"\"");
        if (step.by() != null) item.append(" data-by=\"").append(drawing.id(step.by())).append('"');
        if (step.kind() == Walk.Kind.END) {
            item.append(" data-wrong=\"").append(walk.wrong().stream().map(drawing::id).collect(Collectors.joining(" "))).append('"');
        }
        item.append('>');
        for (String line : step.words()) item.append("<div>").append(Html.escape(line)).append("</div>");
        return item.append("</li>").toString();
    }

    /** All steps in words, for front ends that show text alone. */
    public String text() {
        StringBuilder text = new StringBuilder();
        Wording wording = new Wording(values);
        walks(wording, new Walk(values, rightOrder, wording)).forEach((name, walk) -> {
            if (!name.isEmpty()) text.append(name).append('\n');
            int number = 0;
            for (Walk.Step step : walk.steps()) {
                text.append(String.format(Locale.ROOT, "%3d. ", ++number)).append(String.join("\n     ", step.words())).append('\n');
            }
        });
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }

    Map<String, Walk> walks() {
        Wording wording = new Wording(values);
        return walks(wording, new Walk(values, rightOrder, wording));
    }

    private Map<String, Walk> walks(Wording wording, Walk right) {
        values.forEach(Stepper::requireUpToDate);
        Map<String, List<Value>> named = orders.isEmpty() ? Map.of("", rightOrder) : orders;
        Map<String, Walk> walks = new LinkedHashMap<>();
        named.forEach((name, order) -> walks.put(name, new Walk(values, order, wording).judgedBy(right, values)));
        return walks;
    }

    /** Equations of an old result and new operands would not hold. */
    private static void requireUpToDate(Value value) {
        List<Value> parents = value.parents();
        if (parents.isEmpty()) return;
        double now = value.op() == Op.DOT ? dot(parents) : value.op().forward(parents.get(0).data, parents.get(parents.size() - 1).data);
        Require.that(Double.compare(now, value.data) == 0,
                "Stepper: " + value + " is older than the numbers it was computed from; compute the result again");
    }

    private static double dot(List<Value> parents) {
        int pairs = parents.size() / 2;
        double sum = parents.get(2 * pairs).data;
        for (int i = 0; i < pairs; i++) sum += Op.DOT.forward(parents.get(i).data, parents.get(pairs + i).data);
        return sum;
    }
}
