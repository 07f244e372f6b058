package grad.scalar;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number that remembers how it was computed. Arithmetic on values builds a graph from the leaves to the result;
 * {@link #backward()} on the result fills {@link #grad} of everything it depends on with ∂result/∂value.
 *
 * <pre>{@code
 * Value a = Value.of(2), b = Value.of(3);
 * Value d = a.add(b).mul(4);      // d.data = 20
 * d.backward();                   // a.grad = 4, b.grad = 4
 * }</pre>
 *
 * <p>The parents of a value exist before it does and never change, so a graph of values has no cycles. One graph belongs to one thread.
 */
public sealed class Value implements Arithmetic<Value> {
    /** The number itself. Changing it on a leaf is how a parameter learns; results computed before keep their old numbers. */
    public double data;

    /** ∂result/∂this after {@code result.backward()}. Leaves add up over calls until it is set to 0; inner values start afresh. */
    public double grad;

    private final Op op;
    private final Value a;
    private final Value b;
    private String label;

    /** Scratch of one traversal: uses still to come, or the index in a recording; 0 between traversals. */
    int mark;

    private Value(double data, Op op, Value a, Value b) {
        this.data = data;
        this.op = op;
        this.a = a;
        this.b = b;
    }

    /** A leaf: an input or a parameter. */
    public static Value of(double data) { return new Value(data, Op.LEAF, null, null); }

    /** Leaves, one per number. */
    public static Value[] leaves(double... data) { return Arrays.stream(data).mapToObj(Value::of).toArray(Value[]::new); }

    @Override public Value constant(double c) { return new Value(c, Op.CONST, null, null); }

    @Override public Value apply(Op op) {
        op.takes(1);
        return new Value(op.forward(data, 0), op, this, null);
    }

    @Override public Value apply(Op op, Value b) {
        op.takes(2);
        if (b == null) throw new NullPointerException(op + ": the second operand is null");
        if (op == Op.DOT) return dot(new Value[] {this}, new Value[] {b}, constant(0));
        return new Value(op.forward(data, b.data), op, this, b);
    }

    /** {@code a + b} with a plain number on the left. */
    public static Value add(double a, Value b) { return b.constant(a).add(b); }

    /** {@code a − b} with a plain number on the left. */
    public static Value sub(double a, Value b) { return b.constant(a).sub(b); }

    /** {@code a · b} with a plain number on the left. */
    public static Value mul(double a, Value b) { return b.constant(a).mul(b); }

    /** {@code a / b} with a plain number on the left. */
    public static Value div(double a, Value b) { return b.constant(a).div(b); }

    /** {@code aᵇ} with a plain number on the left. */
    public static Value pow(double a, Value b) { return b.constant(a).pow(b); }

    /** The sum of all values, from left to right. */
    public static Value sum(List<Value> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("sum: no values to add");
        Value sum = values.get(0);
        for (Value v : values.subList(1, values.size())) sum = sum.add(v);
        return sum;
    }

    /**
     * What a neuron adds up, {@code w₀·x₀ + w₁·x₁ + … + bias}, as one node. The same graph made of {@code mul} and {@code add} has
     * twice as many nodes as inputs.
     *
     * @throws IllegalArgumentException when w and x differ in length
     */
    public static Value dot(Value[] w, Value[] x, Value bias) {
        if (w.length != x.length) throw new IllegalArgumentException("dot: " + w.length + " weights, but " + x.length + " inputs");
        double sum = bias.data;
        for (int i = 0; i < w.length; i++) sum += Op.DOT.forward(w[i].data, x[i].data);
        return new Dot(sum, w, x, bias);
    }

    /** Gives this value a name for drawings and print-outs, and returns it. */
    public Value named(String label) {
        this.label = label;
        return this;
    }

    /** Its name, or null. */
    public String label() { return label; }

    /** The operation that computed it. */
    public Op op() { return op; }

    /** The operands in order: none for a leaf; for {@link Op#DOT} all weights, then all inputs, then the bias. */
    public List<Value> parents() {
        if (a == null) return List.of();
        return b == null ? List.of(a) : List.of(a, b);
    }

    /**
     * Fills {@link #grad} with ∂this/∂value for every value this one was computed from: sets its own gradient to 1 and applies
     * {@link #propagate()} to each value after all that use it. Leaves add the new gradient to what they hold.
     */
    public void backward() {
        Value[] order = order();
        for (Value v : order) v.grad = 0;
        if (op.arity() == 0) grad += 1;
        else grad = 1;
        for (Value v : order) v.propagate();
    }

    /** One step of the chain rule: adds to each operand's gradient its local derivative times this gradient. */
    public void propagate() {
        if (a == null) return;
        if (b == null) {
            if (a.op != Op.CONST) a.grad += op.passOn(op.da(a.data, 0, data), grad);
            return;
        }
        if (a.op != Op.CONST) a.grad += op.passOn(op.da(a.data, b.data, data), grad);
        if (b.op != Op.CONST) b.grad += op.passOn(op.db(a.data, b.data, data), grad);
    }

    /**
     * The computed values this one depends on, itself first, each before its operands. First every use is counted, then a value
     * joins the list when its last user has been passed: Kahn's algorithm (1962), from the result backwards, without recursion.
     */
    Value[] order() {
        if (op.arity() == 0) return new Value[0];
        try {
            int n = countUses();
            Worklist ready = new Worklist(n);
            ready.add(this);
            // taken from the front, so that neighbours in the list do not wait for each other: a replay runs a third faster
            for (int i = 0; i < n; i++) ready.items[i].release(ready);
            return ready.items;
        } catch (Throwable e) {     // stopped, or out of memory: a mark left behind would hide its value from the next traversal
            markAll(-1);
            markAll(0);
            throw e;
        }
    }

    /** Marks this value and the computed ones behind it, none of which may carry that mark already. */
    private void markAll(int mark) {
        Worklist reached = new Worklist(64);
        reached.add(this);
        while (reached.size > 0) {
            Value v = reached.removeLast();
            v.mark = mark;
            for (Value p : v.parents()) if (p.op.arity() > 0 && p.mark != mark) reached.add(p);
        }
    }

    private int countUses() {
        Worklist reached = new Worklist(64);
        reached.add(this);
        int n = 0;
        for (; reached.size > 0; n++) reached.removeLast().claim(reached);
        return n;
    }

    /** Notes one more use of each operand, and lists those met for the first time. */
    void claim(Worklist work) {
        a.claimed(work);
        if (b != null) b.claimed(work);
    }

    /** Takes back one use of each operand, and lists those with none left. */
    void release(Worklist work) {
        a.released(work);
        if (b != null) b.released(work);
    }

    final void claimed(Worklist work) {
        if (op != Op.LEAF && op != Op.CONST && mark++ == 0) work.add(this);
    }

    final void released(Worklist work) {
        if (op != Op.LEAF && op != Op.CONST && --mark == 0) work.add(this);
    }

    /** {@code d = Value(20, grad 1)}: six significant digits, the name in front when there is one. */
    @Override public String toString() {
        String number = "Value(" + text(data) + ", grad " + text(grad) + ")";
        return label == null ? number : label + " = " + number;
    }

    /** A number with six significant digits and no trailing zeros. */
    static String text(double x) {
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) return x == 0 ? "0" : Double.toString(x);
        BigDecimal rounded = new BigDecimal(x).round(new MathContext(6)).stripTrailingZeros();
        boolean plain = Math.abs(x) >= 1e-4 && Math.abs(x) < 1e7;
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    /** The n-ary node of {@link #dot}. */
    private static final class Dot extends Value {
        private final Value[] w;
        private final Value[] x;
        private final Value bias;

        Dot(double sum, Value[] w, Value[] x, Value bias) {
            super(sum, Op.DOT, null, null);
            this.w = w.clone();                  // the caller's arrays may change, this value's parents never do
            this.x = x.clone();
            this.bias = bias;
        }

        @Override public List<Value> parents() {
            List<Value> parents = new ArrayList<>(2 * w.length + 1);
            parents.addAll(Arrays.asList(w));
            parents.addAll(Arrays.asList(x));
            parents.add(bias);
            return parents;
        }

        @Override public void propagate() {
            if (bias.op() != Op.CONST) bias.grad += grad;
            for (int i = 0; i < w.length; i++) {
                if (w[i].op() != Op.CONST) w[i].grad += Op.DOT.da(w[i].data, x[i].data, data) * grad;
                if (x[i].op() != Op.CONST) x[i].grad += Op.DOT.db(w[i].data, x[i].data, data) * grad;
            }
        }

        @Override void claim(Worklist work) {
            for (Value v : w) v.claimed(work);
            for (Value v : x) v.claimed(work);
            bias.claimed(work);
        }

        @Override void release(Worklist work) {
            for (Value v : w) v.released(work);
            for (Value v : x) v.released(work);
            bias.released(work);
        }
    }

    /** A growing list of values. */
    private static final class Worklist {
        private Value[] items;
        private int size;

        Worklist(int capacity) { items = new Value[capacity]; }

        void add(Value v) {
            if (size == items.length) items = Arrays.copyOf(items, 2 * size);
            items[size++] = v;
        }

        Value removeLast() { return items[--size]; }
    }
}
