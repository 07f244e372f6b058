package grad;

import static grad.TensorGradientTest.assertClose;
import static grad.TensorGradientTest.tensor;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whole programs: random graphs of mixed operations and shared nodes mean the same to tensors as to single values. */
class RandomGraphTest {
    /** Rounding errors grow from node to node. */
    private static final double TOLERANCE = 1e-4;

    private static final int ROWS = 3;
    private static final int COLUMNS = 4;

    /** The same intermediate result on both sides. */
    private record Node(Tensor tensor, ValueArray values) {
        Node then(Operation operation, Node... others) {
            Tensor[] x = new Tensor[others.length + 1];
            ValueArray[] v = new ValueArray[others.length + 1];
            x[0] = tensor;
            v[0] = values;
            for (int i = 0; i < others.length; i++) {
                x[i + 1] = others[i].tensor;
                v[i + 1] = others[i].values;
            }
            return new Node(operation.tensor().apply(x), operation.reference().apply(v));
        }

        Node then(Op op) { return new Node(tensor.apply(op), values.map(v -> v.apply(op))); }

        Node plus(double c) { return new Node(tensor.add(c), values.map(v -> v.add(c))); }
    }

    private final List<Node> leaves = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private int shared;

    @Test void randomGraphsAgreeWithTheScalarEngine() {
        int sharedNodes = 0;
        for (int seed = 0; seed < 300; seed++) {
            RandomGraphTest graph = new RandomGraphTest();
            graph.grow(new Random(seed));
            graph.compare("seed " + seed);
            sharedNodes += graph.shared;
        }
        assertTrue(sharedNodes > 1000, "the graphs share " + sharedNodes + " nodes");
    }

    private void grow(Random rng) {
        for (int[] shape : new int[][] {{ROWS, COLUMNS}, {ROWS, 1}, {COLUMNS}, {}}) leaves.add(leaf(rng, shape));
        nodes.addAll(leaves);
        int[] uses = new int[40];
        for (int i = 0; i < 25; i++) {
            int a = rng.nextInt(nodes.size());
            int b = rng.nextInt(nodes.size());
            uses[a]++;
            uses[b]++;
            nodes.add(tamed(next(rng, nodes.get(a), nodes.get(b))));
        }
        shared = (int) IntStream.of(uses).filter(n -> n > 1).count();
    }

    private static Node leaf(Random rng, int... shape) {
        double[] data = rng.doubles(Shape.size(shape), -1.5, 1.5).map(x -> (float) x).toArray();
        return new Node(Tensor.parameter(tensor(shape, data)), ValueArray.leaves(shape, data));
    }

    private static Node next(Random rng, Node a, Node b) {
        List<Operation> along = Operation.along(a.tensor.rank() == 0 ? 0 : rng.nextInt(a.tensor.rank()));
        return switch (rng.nextInt(a.tensor.rank() == 0 ? 8 : 12)) {
            case 0 -> a.then(operation("ADD"), b);
            case 1 -> a.then(operation("SUB"), b);
            case 2 -> a.then(operation("MUL"), b);
            case 3 -> a.then(operation("MAX"), b);
            case 4 -> a.then(operation("DIV"), b.then(Op.ABS).plus(0.5));
            case 5 -> a.then(Op.ABS).plus(0.5).then(operation("POW"), b);
            case 6 -> a.then(operation("where"), b);
            case 7 -> a.then(new Op[] {Op.NEG, Op.EXP, Op.TANH, Op.RELU, Op.SIGMOID, Op.ABS}[rng.nextInt(6)]);
            case 8 -> a.then(Op.ABS).plus(0.1).then(rng.nextBoolean() ? Op.LOG : Op.SQRT);
            case 9 -> a.tensor.rank() == 2 && a.tensor.shape()[1] == COLUMNS && a.tensor.shape()[0] == ROWS
                    ? a.then(Operation.MATMUL, a.then(operation("t"))).then(operation("sum(0,KEEP)")).then(operation("sum"))
                    : a.then(operation("mean"));
            default -> along(rng, along, a);
        };
    }

    /** Along an axis, back in a shape that still broadcasts against all others. */
    private static Node along(Random rng, List<Operation> along, Node a) {
        List<Operation> keeping = along.stream().filter(o -> o.name().contains("KEEP") || o.name().startsWith("softmax")).toList();
        return a.then(keeping.get(rng.nextInt(keeping.size())));
    }

    private static Operation operation(String name) { return Operation.byName().get(name); }

    /** Numbers that have grown large are squashed, on both sides: errors would grow with them. */
    private static Node tamed(Node node) {
        boolean large = false;
        for (float x : node.tensor.data()) large |= Math.abs(x) > 2;
        return large ? node.then(Op.TANH) : node;
    }

    /** Goes backward from a weighted sum of all nodes, so that none is in vain. */
    private void compare(String where) {
        Tensor loss = Tensor.scalar(0);
        Value expected = Value.of(0);
        for (int i = 0; i < nodes.size(); i++) {
            double weight = 0.5 + i % 7 / 8.0;
            Node node = nodes.get(i);
            loss = loss.add(node.tensor.mul(weight).mean());
            expected = expected.add(Value.sum(List.of(node.values.items())).mul(weight / node.values.size()));
        }
        loss.backward();
        expected.backward();
        assertClose(TOLERANCE, new double[] {expected.data}, loss.data(), where);
        for (int i = 0; i < nodes.size(); i++) assertClose(TOLERANCE, nodes.get(i).values.data(), nodes.get(i).tensor.data(), where + ", node " + i);
        for (int i = 0; i < leaves.size(); i++) {
            assertClose(TOLERANCE, leaves.get(i).values.grad(), leaves.get(i).tensor.grad().data(), where + ", gradient of leaf " + i);
        }
    }
}
