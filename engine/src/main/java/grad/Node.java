package grad;

import java.util.ArrayList;
import java.util.List;

/**
 * How a tensor was computed, for as long as a gradient may be asked for: the operation, the tensors it was applied to, and the function
 * that takes a gradient back to them.
 */
final class Node {
    /** Adds to the parents' gradients what the upstream gradient g, of the result's shape, means for them. */
    interface Backward {
        void accept(float[] g);
    }

    private final String operation;
    private final int[] versions;       // of the parents, when they were used
    private Tensor[] parents;           // null once a backward pass has freed the graph
    private Backward backward;
    private int uses;                   // still to come, while a backward pass orders the graph; 0 otherwise

    Node(String operation, Backward backward, Tensor... parents) {
        this.operation = operation;
        this.backward = backward;
        this.parents = parents;
        this.versions = new int[parents.length];
        for (int i = 0; i < parents.length; i++) versions[i] = parents[i].version();
    }

    /** Takes a gradient of {@code result} back to the leaves behind it, and frees the graph on the way. */
    static void backward(Tensor result, float[] upstream) {
        List<Tensor> order = order(result);
        for (Tensor t : order) t.node().checkVersions(t);
        try {
            Tensor.addTo(result.gradient(), 0, upstream, 0, upstream.length);
            for (Tensor t : order) {
                t.node().backward.accept(t.gradient());
                t.node().free();
                t.dropGradient();
            }
        } catch (Throwable e) {     // stopped, or out of memory: gradients that are half passed on must not be passed on again
            for (Tensor t : order) t.node().free();
            throw e;
        }
    }

    /** The computed tensors behind this one, each before its parents, as in {@link grad.scalar.Value#backward()}. */
    private static List<Tensor> order(Tensor result) {
        List<Tensor> reached = new ArrayList<>();
        try {
            countUses(result, reached);
            List<Tensor> order = new ArrayList<>(reached.size());
            if (!reached.isEmpty()) order.add(result);
            for (int i = 0; i < reached.size(); i++) {
                for (Tensor p : order.get(i).node().parents) if (p.node() != null && --p.node().uses == 0) order.add(p);
            }
            return order;
        } catch (Throwable e) {     // refused, stopped, or out of memory: a count left behind would hide its node from the next pass
            for (Tensor t : reached) t.node().uses = 0;
            throw e;
        }
    }

    /** Lists the nodes behind the result, and notes in each how many others use it. */
    private static void countUses(Tensor result, List<Tensor> reached) {
        if (result.node() != null) reached.add(result);
        for (int i = 0; i < reached.size(); i++) {
            Tensor t = reached.get(i);
            if (t.node().parents == null) {
                throw new IllegalStateException("backward: the graph behind " + t + " was freed by an earlier backward(); compute the result again");
            }
            for (Tensor p : t.node().parents) if (p.node() != null && p.node().uses++ == 0) reached.add(p);
        }
    }

    private void checkVersions(Tensor result) {
        if (result.version() != 0) throw changed("its result " + result, "computed");
        for (int i = 0; i < parents.length; i++) {
            if (parents[i].version() != versions[i]) throw changed("its operand " + parents[i], "used");
        }
    }

    private IllegalStateException changed(String what, String before) {
        return new IllegalStateException("backward of " + operation + ": " + what + " was changed in place after it was " + before
                + "; change it after backward(), or change a copy");
    }

    private void free() {
        parents = null;
        backward = null;
    }
}
