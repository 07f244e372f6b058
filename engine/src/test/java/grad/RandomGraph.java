package grad;

import grad.scalar.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A graph drawn from a seed: mixed operations on shapes that broadcast, nodes used several times, numbers of size about 1. */
final class RandomGraph {
    /** An intermediate result, and the same in single values where those are wanted; null elsewhere. */
    record Node(Tensor tensor, ValueArray values) {
        Node then(OperationCase operation, Node... others) {
            Tensor[] x = new Tensor[others.length + 1];
            ValueArray[] v = new ValueArray[others.length + 1];
            x[0] = tensor;
            v[0] = values;
            for (int i = 0; i < others.length; i++) {
                x[i + 1] = others[i].tensor;
                v[i + 1] = others[i].values;
            }
            return new Node(operation.tensor().apply(x), values == null ? null : operation.reference().apply(v));
        }

        Node then(Op op) { return new Node(tensor.apply(op), values == null ? null : values.map(v -> v.apply(op))); }

        Node plus(double c) { return new Node(tensor.add(c), values == null ? null : values.map(v -> v.add(c))); }
    }

    private static final Map<String, OperationCase> OPERATIONS = OperationCase.byName();
    private static final List<List<OperationCase>> ALONG = List.of(OperationCase.along(0), OperationCase.along(1));

    final List<Node> leaves = new ArrayList<>();
    final List<Node> nodes = new ArrayList<>();
    final int shared;
    private final Random rng;

    private RandomGraph(Random rng, int rows, int columns, boolean singleValues) {
        this.rng = rng;
        for (int[] shape : new int[][] {{rows, columns}, {rows, 1}, {columns}, {}}) leaves.add(leaf(singleValues, shape));
        nodes.addAll(leaves);
        int[] uses = new int[40];
        for (int i = 0; i < 25; i++) {
            int a = rng.nextInt(nodes.size());
            int b = rng.nextInt(nodes.size());
            uses[a]++;
            uses[b]++;
            nodes.add(tamed(next(nodes.get(a), nodes.get(b))));
        }
        shared = (int) IntStream.of(uses).filter(n -> n > 1).count();
    }

    /** Small, and in single values too. */
    static RandomGraph inSingleValues(long seed) { return new RandomGraph(new Random(seed), 3, 4, true); }

    /** Of tensors alone, whose sizes hold some vectors and what is left over. */
    static RandomGraph ofTensors(long seed) {
        Random rng = new Random(seed);
        return new RandomGraph(rng, 1 + rng.nextInt(7), 1 + rng.nextInt(40), false);
    }

    /** What node i counts in the loss. */
    static double weight(int i) { return 0.5 + i % 7 / 8.0; }

    /** A weighted sum of all nodes' means, so that none is in vain. */
    Tensor loss() {
        Tensor loss = Tensor.scalar(0);
        for (int i = 0; i < nodes.size(); i++) loss = loss.add(nodes.get(i).tensor.mul(weight(i)).mean());
        return loss;
    }

    private Node leaf(boolean singleValues, int... shape) {
        double[] data = rng.doubles(Shape.size(shape), -1.5, 1.5).map(x -> (float) x).toArray();
        Tensor x = Tensor.zeros(shape).update(numbers -> { for (int i = 0; i < data.length; i++) numbers[i] = (float) data[i]; });
        return new Node(Tensor.parameter(x), singleValues ? ValueArray.leaves(shape, data) : null);
    }

    private Node next(Node a, Node b) {
        int rank = a.tensor.rank();
        List<OperationCase> along = ALONG.get(rank == 0 ? 0 : rng.nextInt(rank));
        return switch (rng.nextInt(rank == 0 ? 8 : 12)) {
            case 0 -> a.then(operation("ADD"), b);
            case 1 -> a.then(operation("SUB"), b);
            case 2 -> a.then(operation("MUL"), b);
            case 3 -> a.then(operation("MAX"), b);
            case 4 -> a.then(operation("DIV"), b.then(Op.ABS).plus(0.5));
            case 5 -> a.then(Op.ABS).plus(0.5).then(operation("POW"), b);
            case 6 -> nearlyOne(b) ? a.then(operation("SUB"), b) : a.then(operation("where"), b);
            case 7 -> a.then(new Op[] {Op.NEG, Op.EXP, Op.TANH, Op.RELU, Op.SIGMOID, Op.ABS}[rng.nextInt(6)]);
            case 8 -> a.then(Op.ABS).plus(0.1).then(rng.nextBoolean() ? Op.LOG : Op.SQRT);
            case 9 -> rank == 2 && a.tensor.size() == nodes.get(0).tensor.size()
                    ? a.then(OperationCase.MATMUL, a.then(operation("t"))).then(operation("sum(0,KEEP)")).then(operation("sum"))
                    : a.then(operation("mean"));
            default -> along(along, a);
        };
    }

    /** Where rounding would decide which branch {@code where} takes. */
    private static boolean nearlyOne(Node b) {
        for (float x : b.tensor.data()) if (Math.abs(x - 1) < 1e-4) return true;
        return false;
    }

    /** Along an axis, back in a shape that still broadcasts against all others. */
    private Node along(List<OperationCase> along, Node a) {
        List<OperationCase> keeping = along.stream().filter(o ->
                o.name().matches("(sum|mean|max|logSumExp)\\(.*KEEP.*|softmax.*")).toList();
        return a.then(keeping.get(rng.nextInt(keeping.size())));
    }

    private static OperationCase operation(String name) { return OPERATIONS.get(name); }

    /** Numbers that have grown large are squashed, on both sides: errors would grow with them. */
    private static Node tamed(Node node) {
        boolean large = false;
        for (float x : node.tensor.data()) large |= Math.abs(x) > 2;
        return large ? node.then(Op.TANH) : node;
    }
}
