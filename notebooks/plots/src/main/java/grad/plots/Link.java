package grad.plots;

import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * An arrow of a graph, from an operand to the value computed from it, with the line of {@link Op}'s table that differentiates it.
 *
 * @param a what stands for a in the formula
 * @param b what stands for b; null where there is none
 * @param y what stands for y
 * @param derivative the local derivative ∂y/∂operand
 * @param formula the local derivative in a, b and y
 */
record Link(Value operand, Value a, Value b, Value y, double derivative, String formula) {
    /** The arrows into a computed value, in the order in which {@link Value#propagate()} takes them; none into a leaf. */
    static List<Link> into(Value y) {
        List<Value> parents = y.parents();
        Op op = y.op();
        if (op == Op.DOT) return intoDot(y, parents);
        if (parents.isEmpty()) return List.of();
        if (parents.size() == 1) return List.of(first(op, parents.get(0), null, y));
        return List.of(first(op, parents.get(0), parents.get(1), y), second(op, parents.get(0), parents.get(1), y));
    }

    /** The bias is added, each pair is a product. */
    private static List<Link> intoDot(Value y, List<Value> parents) {
        int pairs = parents.size() / 2;
        Value bias = parents.get(2 * pairs);
        List<Link> links = new ArrayList<>(List.of(second(Op.ADD, y, bias, y)));
        for (int i = 0; i < pairs; i++) {
            links.add(first(Op.DOT, parents.get(i), parents.get(pairs + i), y));
            links.add(second(Op.DOT, parents.get(i), parents.get(pairs + i), y));
        }
        return links;
    }

    private static Link first(Op op, Value a, Value b, Value y) {
        return new Link(a, a, b, y, op.da(a.data, b == null ? 0 : b.data, y.data), op.formulaDa());
    }

    private static Link second(Op op, Value a, Value b, Value y) {
        return new Link(b, a, b, y, op.db(a.data, b.data, y.data), op.formulaDb());
    }
}
