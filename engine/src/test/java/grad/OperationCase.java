package grad;

import static java.util.stream.Collectors.toMap;

import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One operation of {@link Tensor} beside the same expression in single values: the table that the gradient tests run through. Indices and
 * labels follow from the shapes, so that an operation is a function of its operands alone.
 */
record OperationCase(String name, Function<Tensor[], Tensor> tensor, Function<ValueArray[], ValueArray> reference) {
    /** Those of one operand and any shape. */
    static final List<OperationCase> ONE = new ArrayList<>();

    /** Those of two operands whose shapes broadcast. */
    static final List<OperationCase> TWO = new ArrayList<>();

    /** Those of matrices. */
    static final List<OperationCase> MATRIX = new ArrayList<>();

    static {
        for (Op op : Op.values()) {
            if (op.arity() == 1) one(op.name(), x -> x.apply(op), x -> x.map(v -> v.apply(op)));
            if (op.arity() == 2) TWO.add(new OperationCase(op.name(), x -> x[0].apply(op, x[1]),
                    x -> x[0].zip(x[1], (a, b) -> a.apply(op, b))));
        }
        one("add(1.5)", x -> x.add(1.5), x -> x.map(v -> v.add(1.5)));
        one("sub(1.5)", x -> x.sub(1.5), x -> x.map(v -> v.sub(1.5)));
        one("mul(-1.5)", x -> x.mul(-1.5), x -> x.map(v -> v.mul(-1.5)));
        one("div(-1.5)", x -> x.div(-1.5), x -> x.map(v -> v.div(-1.5)));
        one("POW(3)", x -> x.pow(3), x -> x.map(v -> v.pow(3)));
        one("POW(-0.5)", x -> x.pow(-0.5), x -> x.map(v -> v.pow(-0.5)));
        one("maximum(0.75)", x -> x.maximum(0.75), x -> x.map(v -> v.maximum(0.75)));
        one("clamp", x -> x.clamp(-0.5, 0.75), x -> x.map(v -> v.data < -0.5 ? v.constant(-0.5) : v.data > 0.75 ? v.constant(0.75) : v));
        one("sum", Tensor::sum, x -> x.flat().reduce(0, Dims.DROP, OperationCase::sum));
        one("mean", Tensor::mean, x -> x.flat().reduce(0, Dims.DROP, OperationCase::sum).map(v -> v.div(x.size())));
        one("max", Tensor::max, x -> x.flat().reduce(0, Dims.DROP, OperationCase::max));
        one("min", Tensor::min, x -> x.flat().reduce(0, Dims.DROP, OperationCase::min));
        one("reshape", x -> x.reshape(1, -1, 1), x -> x.reshape(1, x.size(), 1));
        TWO.add(new OperationCase("where", x -> Tensor.where(x[1].maximum(1).sub(1).detach(), x[0], x[1]),
                x -> x[0].zip(x[1], (a, b) -> b.data > 1 ? a : b)));
        MATRIX.add(new OperationCase("t", x -> x[0].t(), x -> x[0].t()));
        MATRIX.add(new OperationCase("pick", x -> x[0].pick(labels(x[0].shape())), x -> pick(x[0])));
        for (double smoothing : new double[] {0, 0.1}) {
            MATRIX.add(new OperationCase("crossEntropy(" + smoothing + ")", x ->
                    x[0].crossEntropy(labels(x[0].shape()), smoothing), x -> crossEntropy(x[0], smoothing)));
        }
    }

    /** {@code [m, k] x [k, n]}. */
    static final OperationCase MATMUL = new OperationCase("matmul", x -> x[0].matmul(x[1]), x -> x[0].matmul(x[1]));

    /** {@code [n, inputs], [outputs, inputs], [outputs]}. */
    static final OperationCase LINEAR = new OperationCase("linear", x -> x[0].linear(x[1], x[2]),
            x -> x[0].matmul(x[1].t()).zip(x[2], Value::add));

    /** Of stacks of matrices, beside the shapes they are tried with. */
    static final Map<OperationCase, int[][]> STACKS = new LinkedHashMap<>();

    static {
        for (int[] axes : new int[][] {{0, 2, 1}, {2, 0, 1}, {1, 0, 2}, {2, 1, 0}, {0, 1, 2}}) {
            STACKS.put(new OperationCase("permute" + Arrays.toString(axes).replace(" ", ""), x ->
                    x[0].permute(axes), x -> x[0].permute(axes)), new int[][] {{2, 3, 4}});
        }
        stacks("matmul.stack", new int[] {2, 3, 4}, new int[] {2, 4, 5});
        stacks("matmul.matrix", new int[] {2, 3, 4}, new int[] {4, 5});
        stacks("matmul.repeated", new int[] {2, 1, 3, 4}, new int[] {3, 4, 2});
        stacks("matmul.repeated.first", new int[] {3, 4}, new int[] {2, 4, 1});
        STACKS.put(new OperationCase("linear.stack", LINEAR.tensor, x -> x[0].matmul(x[1].t()).zip(x[2], Value::add)),
                new int[][] {{2, 3, 5}, {4, 5}, {4}});
    }

    private static void stacks(String name, int[]... shapes) {
        STACKS.put(new OperationCase(name, MATMUL.tensor, MATMUL.reference), shapes);
    }

    private static void one(String name, Function<Tensor, Tensor> tensor, Function<ValueArray, ValueArray> reference) {
        ONE.add(new OperationCase(name, x -> tensor.apply(x[0]), x -> reference.apply(x[0])));
    }

    /** Those that work along an axis. */
    static List<OperationCase> along(int axis) {
        List<OperationCase> all = new ArrayList<>();
        for (Dims dims : Dims.values()) {
            String where = "(" + axis + "," + dims + ")";
            all.add(new OperationCase("sum" + where, x -> x[0].sum(axis, dims), x -> x[0].reduce(axis, dims, OperationCase::sum)));
            all.add(new OperationCase("mean" + where, x -> x[0].mean(axis, dims),
                    x -> x[0].reduce(axis, dims, OperationCase::sum).map(v -> v.div(x[0].shape()[axis]))));
            all.add(new OperationCase("max" + where, x -> x[0].max(axis, dims), x -> x[0].reduce(axis, dims, OperationCase::max)));
            all.add(new OperationCase("min" + where, x -> x[0].min(axis, dims), x -> x[0].reduce(axis, dims, OperationCase::min)));
            all.add(new OperationCase("variance" + where, x -> x[0].variance(axis, dims),
                    x -> x[0].reduce(axis, dims, OperationCase::variance)));
            all.add(new OperationCase("logSumExp" + where, x -> x[0].logSumExp(axis, dims),
                    x -> x[0].reduce(axis, dims, OperationCase::logSumExp)));
        }
        all.add(new OperationCase("softmax(" + axis + ")", x -> x[0].softmax(axis),
                x -> x[0].zip(x[0].reduce(axis, Dims.KEEP, OperationCase::logSumExp), (v, sum) -> v.sub(sum).exp())));
        all.add(new OperationCase("select(" + axis + ")", x -> x[0].select(axis, last(x[0].shape(), axis)),
                x -> x[0].reduce(axis, Dims.DROP, line -> line.get(line.size() - 1))));
        all.add(new OperationCase("concat(" + axis + ")", x -> Tensor.concat(axis, x[0], x[0].exp(), x[0]),
                x -> x[0].concat(axis, x[0].map(Value::exp)).concat(axis, x[0])));
        all.add(new OperationCase("slice(" + axis + ")", x -> x[0].slice(axis, first(x[0].shape(), axis), x[0].shape()[axis]),
                x -> x[0].take(axis, IntStream.range(first(x[0].shape(), axis), x[0].shape()[axis]).toArray())));
        all.add(new OperationCase("take(" + axis + ")", x -> x[0].take(axis, ends(x[0].shape(), axis)),
                x -> x[0].take(axis, ends(x[0].shape(), axis))));
        if (axis == 0) all.add(new OperationCase("rows", x -> x[0].rows(ends(x[0].shape(), 0)), x -> x[0].take(0, ends(x[0].shape(), 0))));
        return all;
    }

    /** All that are named in a golden file. */
    static Map<String, OperationCase> byName() {
        List<OperationCase> all = new ArrayList<>();
        all.addAll(ONE);
        all.addAll(TWO);
        all.addAll(MATRIX);
        all.addAll(List.of(MATMUL, LINEAR));
        all.addAll(STACKS.keySet());
        for (int axis = 0; axis < 3; axis++) all.addAll(along(axis));
        return all.stream().collect(toMap(OperationCase::name, o -> o, (o, p) -> o, LinkedHashMap::new));
    }

    /** Whether it is defined for positive numbers only. */
    boolean needsPositive() { return name.matches("(LOG|SQRT|RSQRT|POW).*"); }

    @Override public String toString() { return name; }

    private static int last(int[] shape, int axis) { return shape[axis] - 1; }

    private static int first(int[] shape, int axis) { return shape[axis] / 3; }

    private static int[] ends(int[] shape, int axis) { return new int[] {last(shape, axis), 0, last(shape, axis)}; }

    private static int[] labels(int[] shape) { return IntStream.range(0, shape[0]).map(i -> (7 * i + 3) % shape[1]).toArray(); }

    private static ValueArray pick(ValueArray x) {
        int[] labels = labels(x.shape());
        return ValueArray.build(new int[] {labels.length}, i -> x.at(i[0], labels[i[0]]));
    }

    private static ValueArray crossEntropy(ValueArray x, double smoothing) {
        int classes = x.shape()[1];
        ValueArray wrong = x.reduce(1, Dims.KEEP, OperationCase::logSumExp).zip(x, Value::sub);
        ValueArray label = pick(wrong).reduce(0, Dims.DROP, OperationCase::sum).map(v -> v.mul((1 - smoothing) / x.shape()[0]));
        ValueArray all = wrong.flat().reduce(0, Dims.DROP, OperationCase::sum).map(v -> v.mul(smoothing / classes / x.shape()[0]));
        return label.zip(all, Value::add);
    }

    private static Value sum(List<Value> line) { return line.isEmpty() ? Value.of(0) : Value.sum(line); }

    private static Value max(List<Value> line) {
        Value max = line.get(0);
        for (Value v : line) max = v.data > max.data ? v : max;
        return max;
    }

    private static Value min(List<Value> line) {
        Value min = line.get(0);
        for (Value v : line) min = v.data < min.data ? v : min;
        return min;
    }

    /** The mean squared distance from the mean. */
    private static Value variance(List<Value> line) {
        Value mean = sum(line).div(line.size());
        return sum(line.stream().map(v -> v.sub(mean)).map(v -> v.mul(v)).toList()).div(line.size());
    }

    private static Value logSumExp(List<Value> line) { return Value.sum(line.stream().map(Value::exp).toList()).log(); }
}
