package grad;

import static java.util.stream.Collectors.toMap;

import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One operation of {@link Tensor} beside the same expression in single values: the table that the gradient tests run through. Indices and
 * labels follow from the shapes, so that an operation is a function of its operands alone.
 */
record Operation(String name, Function<Tensor[], Tensor> tensor, Function<ValueArray[], ValueArray> reference) {
    /** Those of one operand and any shape. */
    static final List<Operation> ONE = new ArrayList<>();

    /** Those of two operands whose shapes broadcast. */
    static final List<Operation> TWO = new ArrayList<>();

    /** Those of matrices. */
    static final List<Operation> MATRIX = new ArrayList<>();

    static {
        for (Op op : Op.values()) {
            if (op.arity() == 1) one(op.name(), x -> x.apply(op), x -> x.map(v -> v.apply(op)));
            if (op.arity() == 2) TWO.add(new Operation(op.name(), x -> x[0].apply(op, x[1]), x -> x[0].zip(x[1], (a, b) -> a.apply(op, b))));
        }
        one("add(1.5)", x -> x.add(1.5), x -> x.map(v -> v.add(1.5)));
        one("sub(1.5)", x -> x.sub(1.5), x -> x.map(v -> v.sub(1.5)));
        one("mul(-1.5)", x -> x.mul(-1.5), x -> x.map(v -> v.mul(-1.5)));
        one("div(-1.5)", x -> x.div(-1.5), x -> x.map(v -> v.div(-1.5)));
        one("POW(3)", x -> x.pow(3), x -> x.map(v -> v.pow(3)));
        one("POW(-0.5)", x -> x.pow(-0.5), x -> x.map(v -> v.pow(-0.5)));
        one("maximum(0.75)", x -> x.maximum(0.75), x -> x.map(v -> v.maximum(0.75)));
        one("clamp", x -> x.clamp(-0.5, 0.75), x -> x.map(v -> v.data < -0.5 ? v.constant(-0.5) : v.data > 0.75 ? v.constant(0.75) : v));
        one("sum", Tensor::sum, x -> x.flat().reduce(0, Dims.DROP, Operation::sum));
        one("mean", Tensor::mean, x -> x.flat().reduce(0, Dims.DROP, Operation::sum).map(v -> v.div(x.size())));
        one("max", Tensor::max, x -> x.flat().reduce(0, Dims.DROP, Operation::max));
        one("reshape", x -> x.reshape(1, -1, 1), x -> x.reshape(1, x.size(), 1));
        TWO.add(new Operation("where", x -> Tensor.where(x[1].maximum(1).sub(1).detach(), x[0], x[1]),
                x -> x[0].zip(x[1], (a, b) -> b.data > 1 ? a : b)));
        MATRIX.add(new Operation("t", x -> x[0].t(), x -> x[0].t()));
        MATRIX.add(new Operation("pick", x -> x[0].pick(labels(x[0].shape())), x -> pick(x[0])));
        for (double smoothing : new double[] {0, 0.1}) {
            MATRIX.add(new Operation("crossEntropy(" + smoothing + ")", x -> x[0].crossEntropy(labels(x[0].shape()), smoothing), x -> crossEntropy(x[0], smoothing)));
        }
    }

    /** {@code [m, k] x [k, n]}. */
    static final Operation MATMUL = new Operation("matmul", x -> x[0].matmul(x[1]), x -> x[0].matmul(x[1]));

    /** {@code [n, inputs], [outputs, inputs], [outputs]}. */
    static final Operation LINEAR = new Operation("linear", x -> x[0].linear(x[1], x[2]),
            x -> x[0].matmul(x[1].t()).zip(x[2], Value::add));

    private static void one(String name, Function<Tensor, Tensor> tensor, Function<ValueArray, ValueArray> reference) {
        ONE.add(new Operation(name, x -> tensor.apply(x[0]), x -> reference.apply(x[0])));
    }

    /** Those that work along an axis. */
    static List<Operation> along(int axis) {
        List<Operation> all = new ArrayList<>();
        for (Dims dims : Dims.values()) {
            String where = "(" + axis + "," + dims + ")";
            all.add(new Operation("sum" + where, x -> x[0].sum(axis, dims), x -> x[0].reduce(axis, dims, Operation::sum)));
            all.add(new Operation("mean" + where, x -> x[0].mean(axis, dims),
                    x -> x[0].reduce(axis, dims, Operation::sum).map(v -> v.div(x[0].shape()[axis]))));
            all.add(new Operation("max" + where, x -> x[0].max(axis, dims), x -> x[0].reduce(axis, dims, Operation::max)));
            all.add(new Operation("logSumExp" + where, x -> x[0].logSumExp(axis, dims), x -> x[0].reduce(axis, dims, Operation::logSumExp)));
        }
        all.add(new Operation("softmax(" + axis + ")", x -> x[0].softmax(axis),
                x -> x[0].zip(x[0].reduce(axis, Dims.KEEP, Operation::logSumExp), (v, sum) -> v.sub(sum).exp())));
        all.add(new Operation("select(" + axis + ")", x -> x[0].select(axis, last(x[0].shape(), axis)),
                x -> x[0].reduce(axis, Dims.DROP, line -> line.get(line.size() - 1))));
        all.add(new Operation("concat(" + axis + ")", x -> Tensor.concat(axis, x[0], x[0].exp(), x[0]),
                x -> x[0].concat(axis, x[0].map(Value::exp)).concat(axis, x[0])));
        if (axis == 0) all.add(new Operation("rows", x -> x[0].rows(rows(x[0].shape())), x -> x[0].rows(rows(x[0].shape()))));
        return all;
    }

    /** All that are named in a golden file. */
    static Map<String, Operation> byName() {
        List<Operation> all = new ArrayList<>();
        all.addAll(ONE);
        all.addAll(TWO);
        all.addAll(MATRIX);
        all.addAll(List.of(MATMUL, LINEAR));
        for (int axis = 0; axis < 3; axis++) all.addAll(along(axis));
        return all.stream().collect(toMap(Operation::name, o -> o, (o, p) -> o, LinkedHashMap::new));
    }

    /** Whether it is defined for positive numbers only. */
    boolean needsPositive() { return name.matches("(LOG|SQRT|POW).*"); }

    @Override public String toString() { return name; }

    private static int last(int[] shape, int axis) { return shape[axis] - 1; }

    private static int[] rows(int[] shape) { return new int[] {last(shape, 0), 0, last(shape, 0)}; }

    private static int[] labels(int[] shape) { return IntStream.range(0, shape[0]).map(i -> (7 * i + 3) % shape[1]).toArray(); }

    private static ValueArray pick(ValueArray x) {
        int[] labels = labels(x.shape());
        return ValueArray.build(new int[] {labels.length}, i -> x.at(i[0], labels[i[0]]));
    }

    private static ValueArray crossEntropy(ValueArray x, double smoothing) {
        int classes = x.shape()[1];
        ValueArray wrong = x.reduce(1, Dims.KEEP, Operation::logSumExp).zip(x, Value::sub);
        ValueArray label = pick(wrong).reduce(0, Dims.DROP, Operation::sum).map(v -> v.mul((1 - smoothing) / x.shape()[0]));
        ValueArray all = wrong.flat().reduce(0, Dims.DROP, Operation::sum).map(v -> v.mul(smoothing / classes / x.shape()[0]));
        return label.zip(all, Value::add);
    }

    private static Value sum(List<Value> line) { return line.isEmpty() ? Value.of(0) : Value.sum(line); }

    private static Value max(List<Value> line) {
        Value max = line.get(0);
        for (Value v : line) max = v.data > max.data ? v : max;
        return max;
    }

    private static Value logSumExp(List<Value> line) { return Value.sum(line.stream().map(Value::exp).toList()).log(); }
}
