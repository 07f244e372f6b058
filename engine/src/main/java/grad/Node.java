package grad;

import grad.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor's place in the graph: whether its gradient is wanted, the gradient, and, for as long as one may be asked for, how it was
 * computed: the operation, the nodes it was applied to, and the function that takes a gradient back to them.
 */
final class Node {
    /** Adds to the parents' gradients what the upstream gradient g, of the result's shape, means for them. */
    interface Backward {
        void accept(float[] g);
    }

    private static final Node[] NONE = {};
    private static final int[] NO_VERSIONS = {};

    private final Object tensor;        // for messages
    private final String operation;     // empty for a leaf
    private final int size;
    private final boolean recorded;
    private final int[] versions;       // of the parents, when they were used
    private Node[] parents;             // null once a backward pass has freed the graph
    private Backward backward;
    private boolean wanted;
    private Gradient gradient;
    private int version;
    private int uses;                   // still to come, while a backward pass orders the graph; 0 otherwise

    /** A leaf of so many numbers. */
    Node(Object tensor, int size) { this(tensor, "", size, null, NONE); }

    /** The result of an operation. It is recorded only where a parent's gradient is wanted. */
    Node(Object tensor, String operation, int size, Backward backward, Node... parents) {
        this.tensor = tensor;
        this.operation = operation;
        this.size = size;
        for (Node p : parents) wanted |= p.wanted;
        this.recorded = wanted;
        this.backward = recorded ? backward : null;
        this.parents = recorded ? parents : NONE;
        this.versions = recorded ? new int[parents.length] : NO_VERSIONS;
        for (int i = 0; i < versions.length; i++) versions[i] = parents[i].version;
    }

    String operation() { return operation; }

    boolean isLeaf() { return operation.isEmpty(); }

    boolean wanted() { return wanted; }

    /** Asks for a leaf's gradient, or freezes the leaf. */
    void wanted(boolean wanted) {
        if (!isLeaf()) {
            throw new IllegalStateException("requiresGrad: " + tensor + " is computed; only a leaf can be set, detach() makes one");
        }
        this.wanted = wanted;
    }

    /** Notes that the tensor's numbers are changed in place. */
    void change() { version++; }

    Gradient gradient() {
        if (gradient == null) gradient = new Gradient(size, isLeaf());
        return gradient;
    }

    /** The numbers of a leaf's gradient, to be read; {@code asked} is who asks. */
    float[] leafGradient(String asked) {
        if (!isLeaf()) {
            throw new IllegalStateException(asked + ": " + tensor
                    + " is computed, and only leaves (parameters and inputs) keep their gradient");
        }
        float[] numbers = gradient().numbers();
        if (numbers != null) return numbers;
        String first = wanted ? "" : "ask for it with requiresGrad(true), then ";
        throw new IllegalStateException(asked + ": " + tensor + " has no gradient; " + first
                + "call backward() on a result that depends on it");
    }

    /** Takes a gradient back to the leaves behind this node, and frees the graph on the way. */
    void backward(float[] upstream) {
        if (!wanted) throw new IllegalStateException("backward: " + tensor + " depends on nothing that requires a gradient");
        List<Node> order = order();
        for (Node node : order) node.checkVersions();
        try {
            Kernels.addTo(gradient().sum(), 0, upstream, 0, size);
            for (Node node : order) {
                if (node.backward == null) {
                    throw new IllegalStateException("backward: the graph behind " + node.tensor + " was freed on the way");
                }
                if (node.isWantedBehind()) node.backward.accept(node.gradient().sum());
                node.free();
            }
        } catch (Throwable e) {     // stopped, or out of memory: gradients that are half passed on must not be passed on again
            for (Node node : order) node.free();
            throw e;
        }
    }

    /** The computed nodes behind this one, each before its parents, as in {@link grad.scalar.Value#backward()}. */
    private List<Node> order() {
        List<Node> reached = new ArrayList<>();
        try {
            countUses(reached);
            List<Node> order = new ArrayList<>(reached.size());
            if (recorded) order.add(this);
            for (int i = 0; i < reached.size(); i++) {
                for (Node p : order.get(i).parents) if (p.recorded && --p.uses == 0) order.add(p);
            }
            return order;
        } catch (Throwable e) {     // refused, stopped, or out of memory: a count left behind would hide its node from the next pass
            for (Node node : reached) node.uses = 0;
            throw e;
        }
    }

    /** Lists the computed nodes behind this one, and notes in each how many others use it. */
    private void countUses(List<Node> reached) {
        if (recorded) reached.add(this);
        for (int i = 0; i < reached.size(); i++) {
            Node node = reached.get(i);
            if (node.parents == null) {
                throw new IllegalStateException("backward: the graph behind " + node.tensor
                        + " was freed by an earlier backward(); compute the result again");
            }
            for (Node p : node.parents) if (p.recorded && p.uses++ == 0) reached.add(p);
        }
    }

    private void checkVersions() {
        if (version != 0) throw changed("its result " + tensor, "computed");
        for (int i = 0; i < versions.length; i++) {
            if (parents[i].version != versions[i]) throw changed("its operand " + parents[i].tensor, "used");
        }
    }

    private IllegalStateException changed(String what, String before) {
        return new IllegalStateException("backward of " + operation + ": " + what + " was changed in place after it was " + before
                + "; change it after backward(), or change a copy");
    }

    /** Whether a parent still wants its gradient: the only one may have been frozen since. */
    private boolean isWantedBehind() {
        for (Node p : parents) if (p.wanted) return true;
        return false;
    }

    private void free() {
        parents = null;
        backward = null;
        if (gradient != null) gradient.drop();
    }
}
