package grad;

import grad.scalar.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * An array of scalar values, slow and plain: every element of a result is built from its index, one {@link Value} at a time, in doubles.
 * What {@link Tensor} computes is compared with this.
 */
record ValueArray(int[] shape, Value[] items) {
    static ValueArray leaves(int[] shape, double[] data) { return new ValueArray(shape, Value.leaves(data)); }

    /** An array whose element at each index is what {@code item} says. */
    static ValueArray build(int[] shape, Function<int[], Value> item) {
        Value[] items = new Value[Arrays.stream(shape).reduce(1, (m, n) -> m * n)];
        int[] index = new int[shape.length];
        for (int at = 0; at < items.length; at++) {
            items[at] = item.apply(index);
            for (int k = shape.length - 1; k >= 0 && ++index[k] == shape[k]; k--) index[k] = 0;
        }
        return new ValueArray(shape, items);
    }

    /** The element at an index of this array, or of a larger one that it broadcasts to. */
    Value at(int... index) {
        int skipped = index.length - shape.length;
        int offset = 0;
        for (int k = 0; k < shape.length; k++) offset = offset * shape[k] + (shape[k] == 1 ? 0 : index[skipped + k]);
        return items[offset];
    }

    int size() { return items.length; }

    double[] data() { return Arrays.stream(items).mapToDouble(v -> v.data).toArray(); }

    double[] grad() { return Arrays.stream(items).mapToDouble(v -> v.grad).toArray(); }

    /** {@code Σ weight · element}, one number to go backward from. */
    Value weighted(double[] weights) { return Value.dot(items, Value.leaves(weights), Value.of(0)); }

    ValueArray map(UnaryOperator<Value> f) { return build(shape, i -> f.apply(at(i))); }

    ValueArray zip(ValueArray b, BinaryOperator<Value> f) { return build(stretched(b), i -> f.apply(at(i), b.at(i))); }

    ValueArray expand(int... wanted) { return build(wanted, this::at); }

    private int[] stretched(ValueArray b) {
        int rank = Math.max(shape.length, b.shape.length);
        return IntStream.range(0, rank).map(i -> {
            int x = i - rank + shape.length < 0 ? 1 : shape[i - rank + shape.length];
            int y = i - rank + b.shape.length < 0 ? 1 : b.shape[i - rank + b.shape.length];
            return x == 1 ? y : x;
        }).toArray();
    }

    /** What {@code f} makes of each line along an axis. */
    ValueArray reduce(int axis, Dims dims, Function<List<Value>, Value> f) {
        int[] kept = shape.clone();
        kept[axis] = 1;
        ValueArray y = build(kept, i -> f.apply(IntStream.range(0, shape[axis]).mapToObj(p -> at(with(i, axis, p))).toList()));
        return dims == Dims.KEEP ? y : y.reshape(IntStream.range(0, shape.length).filter(k -> k != axis).map(k -> shape[k]).toArray());
    }

    private static int[] with(int[] index, int axis, int p) {
        int[] other = index.clone();
        other[axis] = p;
        return other;
    }

    ValueArray reshape(int... wanted) { return new ValueArray(wanted, items); }

    ValueArray flat() { return reshape(items.length); }

    ValueArray t() { return build(new int[] {shape[1], shape[0]}, i -> at(i[1], i[0])); }

    /** The axes in another order. */
    ValueArray permute(int... axes) {
        return build(Arrays.stream(axes).map(axis -> shape[axis]).toArray(), i -> {
            int[] index = new int[axes.length];
            for (int k = 0; k < axes.length; k++) index[axes[k]] = i[k];
            return at(index);
        });
    }

    /** Matrix products along the last two axes; those before them broadcast. */
    ValueArray matmul(ValueArray b) {
        int k = shape[shape.length - 1];
        int[] wanted = first(shape).stretched(first(b.shape));
        int rank = wanted.length + 2;
        wanted = Arrays.copyOf(wanted, rank);
        wanted[rank - 2] = shape[shape.length - 2];
        wanted[rank - 1] = b.shape[b.shape.length - 1];
        return build(wanted, i -> Value.dot(items(k, p -> at(with(i, rank - 1, p))),
                items(k, p -> b.at(with(i, rank - 2, p))), Value.of(0)));
    }

    /** A shape without its last two axes; what it holds is nobody's business. */
    private static ValueArray first(int[] shape) { return new ValueArray(Arrays.copyOf(shape, shape.length - 2), null); }

    private static Value[] items(int n, IntFunction<Value> item) { return IntStream.range(0, n).mapToObj(item).toArray(Value[]::new); }

    /** The given entries of an axis. */
    ValueArray take(int axis, int... index) {
        int[] wanted = shape.clone();
        wanted[axis] = index.length;
        return build(wanted, i -> at(with(i, axis, index[i[axis]])));
    }

    ValueArray concat(int axis, ValueArray b) {
        int[] wanted = shape.clone();
        wanted[axis] += b.shape[axis];
        return build(wanted, i -> i[axis] < shape[axis] ? at(i) : b.at(with(i, axis, i[axis] - shape[axis])));
    }
}
