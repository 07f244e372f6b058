package grad.plots;

import static grad.plots.Wording.factor;
import static grad.plots.Wording.number;

import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A forward pass, and a backward pass in a given order, written down step by step. The values themselves stay as they are. */
final class Walk {
    /** What a step does, in the order in which they come. */
    enum Kind { START, FORWARD, SEED, BACKWARD, END }

    /**
     * One step.
     *
     * @param at the value that receives {@code number}, as data or gradient; the result at start and end
     * @param by the value that passes its gradient on; null when none does
     * @param warns whether something goes wrong in it
     * @param words a headline, then formulas
     */
    record Step(Kind kind, Value at, Value by, double number, boolean warns, List<String> words) {}

    private final Value result;
    private final Wording wording;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Value, Double> grads = new IdentityHashMap<>();
    private List<Value> wrong = List.of();
    private final Set<Value> passed = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param values all values behind the result, each after its operands
     * @param order who passes on its gradient, first to last; leaves have nothing to pass on
     */
    Walk(List<Value> values, List<Value> order, Wording wording) {
        this.result = values.get(values.size() - 1);
        this.wording = wording;
        add(Kind.START, result, result.data, "The inputs are given.",
                "Forward steps compute " + wording.name(result) + " from them; backward steps find how fast it follows each.");
        values.stream().filter(value -> value.op().arity() > 0).forEach(this::compute);
        seed();
        order.forEach(this::passOn);
    }

    /** Adds the last step, which compares the gradients with those of a walk in the right order. */
    Walk judgedBy(Walk right, List<Value> values) {
        wrong = values.stream().filter(value -> value.op() != Op.CONST && !agree(grad(value), right.grad(value))).toList();
        List<String> words = new ArrayList<>();
        if (wrong.isEmpty()) {
            words.add("Done: every gradient is complete.");
            words.add(values.stream().filter(value -> value.op() == Op.LEAF).map(this::gradient).collect(Collectors.joining(", ")));
        } else {
            words.add("Done, but " + (wrong.size() == 1 ? "one gradient is" : wrong.size() + " gradients are") + " wrong.");
            wrong.forEach(value -> words.add(gradient(value) + ", but "
                    + wording.derivative(result, value) + " = " + number(right.grad(value))));
        }
        steps.add(new Step(Kind.END, result, null, grad(result), !wrong.isEmpty(), words));
        return this;
    }

    List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** What the value has received in the whole walk. */
    double grad(Value value) {
        return grads.getOrDefault(value, 0.0);
    }

    /** Those with another gradient than in the right order. */
    List<Value> wrong() {
        return wrong;
    }

    /** Another order adds the same numbers in another order, which may differ in the last digits. */
    private static boolean agree(double grad, double right) {
        return Double.compare(grad, right) == 0 || Math.abs(grad - right) <= 1e-9 * Math.abs(right);
    }

    private void compute(Value value) {
        add(Kind.FORWARD, value, value.data, "Forward: compute " + wording.name(value) + ".", wording.forward(value));
    }

    private void seed() {
        grads.put(result, 1.0);
        String name = wording.name(result);
        add(Kind.SEED, result, 1, "Now backward. All gradients start at 0, only " + name + " follows itself one for one.",
                wording.derivative(result, result) + " = 1", change(result, 0, 1));
    }

    private void passOn(Value by) {
        for (Link link : Link.into(by)) {
            if (link.operand().op() != Op.CONST) passOn(by, link);
        }
        passed.add(by);
    }

    private void passOn(Value by, Link link) {
        Value at = link.operand();
        double before = grad(at), share = link.derivative() * grad(by);
        grads.put(at, before + share);
        List<String> words = new ArrayList<>();
        words.add("Backward: " + wording.name(by) + " passes its gradient on to " + wording.name(at) + ".");
        words.add(wording.local(link));
        words.add(wording.derivative(result, at) + " += " + wording.derivative(result, by) + " · " + wording.derivative(by, at)
                + " = " + number(grad(by)) + " · " + factor(link.derivative()) + " = " + number(share));
        words.add(change(at, before, grad(at)));
        boolean late = passed.contains(at) && at.op().arity() > 0;
        if (late) words.add("Too late: " + wording.name(at) + " has already passed on what it had.");
        steps.add(new Step(Kind.BACKWARD, at, by, grad(at), late, words));
    }

    private String gradient(Value value) {
        return wording.name(value) + ".grad = " + number(grad(value));
    }

    private String change(Value value, double from, double to) {
        return wording.name(value) + ".grad: " + number(from) + " → " + number(to);
    }

    private void add(Kind kind, Value at, double number, String... words) {
        steps.add(new Step(kind, at, null, number, false, List.of(words)));
    }
}
