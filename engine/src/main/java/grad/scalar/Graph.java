package grad.scalar;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A recorded computation: the nodes behind one result, in an order in which each follows its operands. It can be looked at
 * ({@link #nodes()}, {@link #toDot()}) and replayed: change the leaves, call {@link #forward()} and {@link #backward()}. A replay
 * works on flat arrays, allocates nothing, and gives the same bits as building the graph anew,
 * as long as the gradients of the leaves start at 0 (otherwise the same numbers are added in another order).
 *
 * <pre>{@code
 * Graph graph = Graph.record(loss);
 * for (int k = 0; k < 100; k++) {
 *     for (Value p : parameters) p.grad = 0;
 *     graph.forward();
 *     graph.backward();
 *     for (Value p : parameters) p.data -= 0.05 * p.grad;
 * }
 * }</pre>
 */
public final class Graph {
    private final Value[] nodes;
    private final int leaves;                 // nodes[0 .. leaves) are leaves and constants, the rest is computed
    private final Op[] op;
    private final int[] a;                    // index of the first operand; of a DOT, where its operands start in terms
    private final int[] b;                    // index of the second operand; of a DOT, how many pairs it has
    private final int[] terms;                // of each DOT: w₀ x₀ w₁ x₁ … bias
    private final double[] data;
    private final double[] grad;
    private Map<Value, Integer> index;        // made when somebody asks for a node

    private Graph(Value[] nodes, int leaves, int terms) {
        this.nodes = nodes;
        this.leaves = leaves;
        int n = nodes.length;
        this.op = new Op[n];
        this.a = new int[n];
        this.b = new int[n];
        this.terms = new int[terms];
        this.data = new double[n];
        this.grad = new double[n];
    }

    /** Records the computation of {@code result}. The values themselves stay as they are. */
    public static Graph record(Value result) {
        Value[] computed = result.order();
        Map<Value, Integer> leaves = new LinkedHashMap<>();        // leaves are not marked: another thread's graph may share them
        int terms = 0;
        try {
            for (Value v : computed) {
                List<Value> parents = v.parents();
                for (Value p : parents) if (p.op().arity() == 0) leaves.putIfAbsent(p, leaves.size());
                if (v.op() == Op.DOT) terms += parents.size();
            }
            if (computed.length == 0) leaves.put(result, 0);
            Value[] nodes = leaves.keySet().toArray(new Value[leaves.size() + computed.length]);
            for (int k = 0; k < computed.length; k++) {
                int at = nodes.length - 1 - k;
                nodes[at] = computed[k];
                computed[k].mark = at;
            }
            Graph graph = new Graph(nodes, leaves.size(), terms);
            graph.wire(leaves);
            return graph;
        } finally {
            for (Value v : computed) v.mark = 0;
        }
    }

    /** Turns references into indices, while the mark of every computed node holds its own. */
    private void wire(Map<Value, Integer> leafIndex) {
        ToIntFunction<Value> at = v -> v.op().arity() == 0 ? leafIndex.get(v) : v.mark;
        int end = 0;
        for (int k = 0; k < nodes.length; k++) {
            op[k] = nodes[k].op();
            data[k] = nodes[k].data;
            List<Value> parents = nodes[k].parents();
            if (op[k] == Op.DOT) {
                a[k] = end;
                b[k] = parents.size() / 2;
                for (int i = 0; i < b[k]; i++) {
                    terms[end++] = at.applyAsInt(parents.get(i));
                    terms[end++] = at.applyAsInt(parents.get(b[k] + i));
                }
                terms[end++] = at.applyAsInt(parents.get(parents.size() - 1));
            } else if (op[k].arity() > 0) {
                a[k] = at.applyAsInt(parents.get(0));
                b[k] = at.applyAsInt(parents.get(parents.size() - 1));
            }
        }
    }

    /** All nodes, each after its operands, the result last. */
    public List<Value> nodes() { return Collections.unmodifiableList(Arrays.asList(nodes)); }

    /**
     * Sets a leaf for the next {@link #forward()}; the same as assigning its {@code data}, but sure that the leaf is part of this graph.
     *
     * @throws IllegalArgumentException when the leaf is not in this graph, so that setting it would change nothing
     */
    public void set(Value leaf, double data) {
        if (indexOf(leaf) >= leaves) throw new IllegalArgumentException("set: " + leaf + " is computed; only a leaf can be set");
        leaf.data = data;
    }

    /** What {@code node} was in the last {@link #forward()}. */
    public double data(Value node) { return data[indexOf(node)]; }

    /** ∂result/∂node in the last {@link #backward()}. */
    public double grad(Value node) { return grad[indexOf(node)]; }

    private int indexOf(Value node) {
        if (index == null) {
            index = new IdentityHashMap<>();
            for (int k = 0; k < nodes.length; k++) index.put(nodes[k], k);
        }
        Integer k = index.get(node);
        if (k == null) throw new IllegalArgumentException(node + " is not part of this graph: record the result that uses it");
        return k;
    }

    /** Computes everything again from what the leaves hold now, and returns the result. */
    public double forward() {
        for (int k = 0; k < leaves; k++) data[k] = nodes[k].data;
        compute(op, a, b, terms, data, leaves);
        return data[data.length - 1];
    }

    /** Adds ∂result/∂leaf to the gradient of every leaf, at the numbers of the last {@link #forward()}. */
    public void backward() {
        Arrays.fill(grad, 0);
        grad[grad.length - 1] = 1;
        propagate(op, a, b, terms, data, grad, leaves);
        for (int k = 0; k < leaves; k++) {
            if (op[k] == Op.LEAF) nodes[k].grad += grad[k];
            else grad[k] = 0;                    // a constant has no gradient
        }
    }

    // The loops take the arrays as arguments, because fields would be read again at every node, and name the commonest operations,
    // so that the compiler puts their one line in place of a call. Each of the two halves the time.

    private static void compute(Op[] ops, int[] a, int[] b, int[] terms, double[] data, int leaves) {
        for (int k = leaves; k < data.length; k++) {
            Op op = ops[k];
            int i = a[k];
            int j = b[k];
            if (op == Op.ADD) data[k] = Op.ADD.forward(data[i], data[j]);
            else if (op == Op.MUL) data[k] = Op.MUL.forward(data[i], data[j]);
            else if (op == Op.DOT) data[k] = dot(terms, i, j, data);
            else data[k] = op.forward(data[i], data[j]);
        }
    }

    private static void propagate(Op[] ops, int[] a, int[] b, int[] terms, double[] data, double[] grad, int leaves) {
        for (int k = grad.length - 1; k >= leaves; k--) {
            Op op = ops[k];
            int i = a[k];
            int j = b[k];
            double g = grad[k];
            if (op == Op.ADD) propagate(Op.ADD, i, j, data, grad, data[k], g);
            else if (op == Op.MUL) propagate(Op.MUL, i, j, data, grad, data[k], g);
            else if (op == Op.DOT) propagateDot(terms, i, j, data, grad, g);
            else if (op.arity() == 1 || ops[j] == Op.CONST) grad[i] += op.passOn(op.da(data[i], data[j], data[k]), g);
            else propagate(op, i, j, data, grad, data[k], g);
        }
    }

    private static void propagate(Op op, int i, int j, double[] data, double[] grad, double y, double g) {
        double a = data[i];
        double b = data[j];
        grad[i] += op.passOn(op.da(a, b, y), g);
        grad[j] += op.passOn(op.db(a, b, y), g);
    }

    private static double dot(int[] terms, int from, int pairs, double[] data) {
        int bias = from + 2 * pairs;
        double sum = data[terms[bias]];
        for (int i = from; i < bias; i += 2) sum += Op.DOT.forward(data[terms[i]], data[terms[i + 1]]);
        return sum;
    }

    private static void propagateDot(int[] terms, int from, int pairs, double[] data, double[] grad, double g) {
        int bias = from + 2 * pairs;
        grad[terms[bias]] += g;
        for (int i = from; i < bias; i += 2) propagate(Op.DOT, terms[i], terms[i + 1], data, grad, 0, g);
    }

    /**
     * The graph in DOT, the language of Graphviz: a box per value with its name, number and gradient, a circle per operation.
     *
     * @see <a href="https://graphviz.org/doc/info/lang.html">The DOT language</a>
     */
    public String toDot() {
        StringBuilder dot = new StringBuilder("digraph {\n  rankdir=LR;\n  node [shape=record];\n");
        for (int k = 0; k < nodes.length; k++) {
            Value v = nodes[k];
            String name = v.label() == null ? "" : escape(v.label()) + " | ";
            String number = "data " + Value.text(v.data) + (v.op() == Op.CONST ? "" : " | grad " + Value.text(v.grad));
            dot.append("  n").append(k).append(" [label=\"{").append(name).append(number).append("}\"];\n");
            if (k < leaves) continue;
            dot.append("  o").append(k).append(" [shape=circle, label=\"").append(v.op().symbol()).append("\"];\n");
            dot.append("  o").append(k).append(" -> n").append(k).append(";\n");
            for (Value p : v.parents()) dot.append("  n").append(indexOf(p)).append(" -> o").append(k).append(";\n");
        }
        return dot.append("}\n").toString();
    }

    private static String escape(String label) { return label.replaceAll("([\\\\\"{}|<> ])", "\\\\$1"); }

    /**
     * A topological order of any graph: everything {@code root} depends on, each after its own dependencies, root last
     * (Kahn 1962, from the root backwards). Nodes are compared by {@code equals}.
     *
     * @param operands what a node directly depends on
     * @throws IllegalArgumentException when there is a cycle, with the cycle in its message
     */
    public static <T> List<T> order(T root, Function<? super T, ? extends Collection<? extends T>> operands) {
        return new NamedOrder<T>(operands).from(root);
    }
}
