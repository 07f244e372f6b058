package grad;

import grad.kernels.Concat;
import grad.kernels.CrossEntropy;
import grad.kernels.Gather;
import grad.kernels.Kernels;
import grad.kernels.AlongAxis;
import grad.kernels.Chosen;
import grad.kernels.Pointwise;
import grad.scalar.Arithmetic;
import grad.scalar.Op;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * An array of floats, of any rank and in row-major order, that remembers how it was computed. Arithmetic on tensors builds a graph;
 * {@link #backward()} on a single number fills the gradients of the parameters it was computed from.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
 * Tensor w = Tensor.parameter(Tensor.zeros(2, 1));
 * Tensor loss = x.matmul(w).sub(1).pow(2).mean();
 * loss.backward();                 // w.grad() is ∂loss/∂w, shape [2, 1]
 * }</pre>
 *
 * <p>The elementwise vocabulary ({@code add}, {@code mul}, {@code relu} and so on) is that of {@link Arithmetic}, the derivatives are those
 * of {@link Op}. Shapes broadcast as in NumPy: axes are matched from the last, and an axis of size 1 is repeated. Only what depends on a
 * tensor that {@link #requiresGrad()} is recorded. A graph is used once: {@code backward()} frees it. One graph belongs to one thread.
 */
public final class Tensor extends FloatArray implements Arithmetic<Tensor> {
    private final Node node;

    /** A leaf of these very numbers. */
    Tensor(float[] data, int... shape) {
        super(data, shape);
        this.node = new Node(this, data.length);
    }

    /** The result of an operation. */
    Tensor(String operation, int[] shape, float[] data, Node.Backward backward, Node... parents) {
        super(data, shape);
        this.node = new Node(this, operation, data.length, backward, parents);
    }

    static Node[] nodes(Tensor[] tensors) {
        Node[] nodes = new Node[tensors.length];
        for (int i = 0; i < nodes.length; i++) nodes[i] = tensors[i].node;
        return nodes;
    }

    // ---- making tensors

    /** The numbers of {@code data}, copied, in the given shape; without a shape they form one axis. */
    public static Tensor of(float[] data, int... shape) { return new Tensor(data.clone(), Shape.of("of", data.length, shape)); }

    /** As {@link #of(float[], int...)}, without a copy: the array is the tensor's from now on, and is changed by {@link #update} alone. */
    public static Tensor wrap(float[] data, int... shape) { return new Tensor(data, Shape.of("wrap", data.length, shape)); }

    /** A matrix of the given rows, which must be equally long. */
    public static Tensor of(double[][] rows) {
        float[] data = flat(rows);
        return new Tensor(data, rows.length, rows.length == 0 ? 0 : rows[0].length);
    }

    /** A single number, shape []. */
    public static Tensor scalar(double x) { return new Tensor(new float[] {(float) x}); }

    public static Tensor zeros(int... shape) { return full(0, shape); }
    public static Tensor ones(int... shape) { return full(1, shape); }

    public static Tensor full(double x, int... shape) {
        float[] data = new float[Shape.size(shape)];
        if (x != 0) Arrays.fill(data, (float) x);
        return new Tensor(data, shape.clone());
    }

    /** 0, 1, … n − 1. */
    public static Tensor arange(int n) {
        float[] data = new float[Shape.size(n)];
        for (int i = 0; i < n; i++) data[i] = i;
        return new Tensor(data, n);
    }

    /** Numbers drawn uniformly from [low, high), each rounded to the nearest float. */
    public static Tensor uniform(RandomGenerator rng, double low, double high, int... shape) {
        return drawn(() -> low + (high - low) * rng.nextDouble(), shape);
    }

    /** Numbers drawn from the normal distribution. */
    public static Tensor normal(RandomGenerator rng, double mean, double deviation, int... shape) {
        return drawn(() -> mean + deviation * rng.nextGaussian(), shape);
    }

    private static Tensor drawn(DoubleSupplier numbers, int... shape) {
        return zeros(shape).update(x -> { for (int i = 0; i < x.length; i++) x[i] = (float) numbers.getAsDouble(); });
    }

    /** A leaf with the numbers of {@code initial}, copied, whose gradient is wanted. */
    public static Tensor parameter(Tensor initial) { return initial.detach().requiresGrad(true); }

    @Override public Tensor constant(double c) { return scalar(c); }

    /** What computes: {@code vector (16 lanes)}, or {@code plain} where Java runs without {@code --add-modules jdk.incubator.vector}. */
    public static String kernels() { return Chosen.KERNELS.name(); }

    /** Gives this tensor a name for messages and tables, and returns it. */
    public Tensor named(String name) {
        this.name = name;
        return this;
    }

    @Override String operation() { return node.operation(); }

    // ---- changing tensors

    /** Changes numbers in place. A graph that used the old ones refuses to go backward afterwards. */
    public Tensor update(Consumer<float[]> change) {
        node.change();
        change.accept(data);
        return this;
    }

    /** As {@link #update(Consumer)}, given the gradient too: {@code p.update((x, g) -> …)} is a step of an optimiser. */
    public Tensor update(BiConsumer<float[], float[]> change) {
        float[] g = node.leafGradient("update");
        return update((float[] x) -> change.accept(x, g));
    }

    /** Hands out the gradient's own numbers, where {@link #grad} would copy them: to be read, or changed in place. */
    public void withGradient(Consumer<float[]> use) {
        use.accept(node.leafGradient("withGradient"));
    }

    // ---- gradients

    /** Whether a gradient for this tensor is wanted, or for one it was computed from. */
    public boolean requiresGrad() { return node.wanted(); }

    /** Asks for this leaf's gradient, or freezes the leaf: what depends on frozen leaves only is not recorded, and they receive nothing. */
    public Tensor requiresGrad(boolean wanted) {
        node.wanted(wanted);
        return this;
    }

    /** Whether nobody computed it: only a leaf keeps a gradient, and only a leaf can be learned. */
    public boolean isLeaf() { return node.isLeaf(); }

    /** Whether {@code backward()} has added to the gradient since it was last set to 0. */
    public boolean hasGrad() { return isLeaf() && node.gradient().isSet(); }

    /** A copy of the gradient that {@code backward()} added up in this leaf, of the same shape. */
    public Tensor grad() { return new Tensor(node.leafGradient("grad").clone(), shape); }

    /** What a backward pass adds to. */
    float[] gradient() { return node.gradient().sum(); }

    /** Sets the gradient to 0, so that the next {@code backward()} starts afresh; until then an optimiser has no gradient to follow. */
    public void zeroGrad() { node.gradient().zero(); }

    /** The same numbers without their past: a leaf that no gradient flows through. */
    public Tensor detach() { return new Tensor(data.clone(), shape); }

    /** {@link #backward(Tensor)} from a single number, with an upstream gradient of 1. */
    public void backward() {
        if (data.length != 1) {
            throw new IllegalStateException("backward: shape " + Arrays.toString(shape)
                    + " is not a single number; reduce it, with sum() say, or pass a gradient");
        }
        backward(ones(shape));
    }

    /**
     * Adds to every leaf's gradient, where it is wanted, what the upstream gradient means for it. The graph is freed on the way.
     * If it fails half-way, leaves may hold a part of their gradient.
     *
     * @param upstream ∂result/∂this, of this shape
     * @throws IllegalStateException when nothing here wants a gradient, the graph was freed before, or an operand was changed in place
     */
    public void backward(Tensor upstream) {
        if (!Arrays.equals(upstream.shape, shape)) {
            throw new IllegalArgumentException("backward: a gradient of shape "
                    + Arrays.toString(upstream.shape) + " for " + Arrays.toString(shape));
        }
        node.backward(upstream.data);
    }

    // ---- elementwise operations

    @Override public Tensor apply(Op op) {
        op.takes(1);
        Pointwise f = new Pointwise(op, shape, data, shape, data, shape);
        return new Tensor(op.word(), shape, f.forward(), g -> f.backward(true, g, gradient()), node);
    }

    @Override public Tensor apply(Op op, Tensor b) {
        op.takes(2);
        if (b == null) throw new NullPointerException(op.word() + ": the second operand is null");
        return pointwise(op.word(), op, Shape.broadcast(op.word(), shape, b.shape), b);
    }

    private Tensor pointwise(String name, Op op, int[] stretched, Tensor b) {
        Pointwise f = new Pointwise(op, stretched, data, shape, b.data, b.shape);
        if (op.isMask()) return new Tensor(f.forward(), stretched);
        return new Tensor(name, stretched, f.forward(), g -> {
            if (requiresGrad()) f.backward(true, g, gradient());
            if (b.requiresGrad()) f.backward(false, g, b.gradient());
        }, node, b.node);
    }

    /** Each number moved into [low, high]. The gradient passes where nothing had to be moved, and where x is NaN it does not. */
    public Tensor clamp(double low, double high) {
        if (!(low <= high)) throw new IllegalArgumentException("clamp: no number lies between " + low + " and " + high);
        float[] y = new float[data.length];
        Chosen.KERNELS.clamp(data, y, (float) low, (float) high);
        return new Tensor("clamp", shape, y, g -> Chosen.KERNELS.addInside(data, g, gradient(), (float) low, (float) high), node);
    }

    /** {@code a} where the condition is not 0, {@code b} elsewhere. All three broadcast; the condition gets no gradient. */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        int[] shape = Shape.broadcast("where", condition.shape, Shape.broadcast("where", a.shape, b.shape));
        float[] c = condition.detach().expand(shape).data;
        Tensor x = a.expand(shape);
        Tensor z = b.expand(shape);
        float[] y = new float[c.length];
        for (int i = 0; i < y.length; i++) y[i] = c[i] != 0 ? x.data[i] : z.data[i];
        return new Tensor("where", shape, y, g -> {
            if (x.requiresGrad()) Kernels.addWhere(true, c, g, x.gradient());
            if (z.requiresGrad()) Kernels.addWhere(false, c, g, z.gradient());
        }, x.node, z.node);
    }

    /** This tensor repeated to a shape it broadcasts to. */
    public Tensor expand(int... shape) {
        if (Arrays.equals(this.shape, shape)) return this;
        if (!Arrays.equals(Shape.broadcast("expand", this.shape, shape), shape)) {
            throw new IllegalArgumentException("expand: " + Arrays.toString(this.shape) + " does not stretch to " + Arrays.toString(shape));
        }
        return pointwise("expand", Op.MUL, shape.clone(), scalar(1));
    }

    /**
     * Dropout (Srivastava et al. 2014): each number becomes 0 with probability {@code rate}, and the others grow by 1 / (1 − rate), so that
     * the expected sum stays. Which ones depends on one number drawn from {@code rng} and on their place.
     */
    public Tensor dropout(double rate, RandomGenerator rng) {
        if (!(rate >= 0 && rate < 1)) throw new IllegalArgumentException("dropout: the rate must be at least 0 and below 1, got " + rate);
        int seed = rng.nextInt();
        int threshold = (int) (rate * (1L << 31));
        float scale = (float) (1 / (1 - rate));
        float[] y = new float[data.length];
        Chosen.KERNELS.dropout(data, y, y.length, seed, threshold, scale);
        return new Tensor("dropout", shape, y, g -> Chosen.KERNELS.dropout(g, gradient(), g.length, seed, threshold, scale), node);
    }

    // ---- matrices

    /**
     * The matrix product: [m, k] · [k, n] is [m, n]. Stacks of matrices are multiplied one by one, [s, m, k] · [s, k, n] is [s, m, n], and
     * the axes before the last two broadcast.
     */
    public Tensor matmul(Tensor b) {
        ProductShape f = ProductShape.of("matmul", shape, b.shape, false);
        Tensor x = b.rank() > 2 ? expand(f.stretchedA()) : this;
        Tensor z = b.rank() > 2 ? b.expand(f.stretchedB()) : b;
        return new Tensor("matmul", f.shape(), f.forward(x.data, z.data, null), g -> {
            if (x.requiresGrad()) x.node.gradient().addProducts(f.count(), false, true, f.m(), f.k(), f.n(), g, z.data);    // ∂x = g · zᵀ
            if (z.requiresGrad()) z.node.gradient().addProducts(f.count(), true, false, f.k(), f.n(), f.m(), x.data, g);    // ∂z = xᵀ · g
        }, x.node, z.node);
    }

    /**
     * A linear layer as one step: {@code x · wᵀ + bias}.
     *
     * @param w weights [outputs, inputs], as PyTorch stores them
     * @param bias [outputs]
     * @return [n, outputs] for x of shape [n, inputs], and so for every row where x has more axes
     */
    public Tensor linear(Tensor w, Tensor bias) {
        ProductShape f = ProductShape.of("linear", shape, w.shape, true);
        if (bias.rank() != 1 || bias.data.length != f.n()) {
            throw new IllegalArgumentException("linear: a bias of shape " + Arrays.toString(bias.shape) + " for " + f.n() + " outputs");
        }
        return new Tensor("linear", f.shape(), f.forward(data, w.data, bias.data), g -> {
            if (requiresGrad()) node.gradient().addProducts(1, false, false, f.m(), f.k(), f.n(), g, w.data);               // ∂x = g · w
            if (w.requiresGrad()) w.node.gradient().addProducts(1, true, false, f.n(), f.k(), f.m(), g, data);              // ∂w = gᵀ · x
            if (bias.requiresGrad()) new AlongAxis(1, f.m(), f.n()).addSums(g, bias.gradient());
        }, node, w.node, bias.node);
    }

    // ---- rearranging

    /** The same numbers in another shape; one size may be −1 and is worked out. */
    public Tensor reshape(int... shape) {
        return new Tensor("reshape", Shape.completed(this.shape, shape), data.clone(),
                g -> Kernels.addTo(gradient(), 0, g, 0, g.length), node);
    }

    private Tensor gather(String operation, int[] shape, Gather f) {
        return new Tensor(operation, shape, f.take(data), g -> f.giveBack(g, gradient()), node);
    }

    /** The axes in another order: {@code x.permute(0, 2, 1)} turns each matrix of a stack. */
    public Tensor permute(int... axes) {
        int[] order = Shape.order("permute", axes, shape);
        int[] sizes = new int[order.length];
        for (int i = 0; i < sizes.length; i++) sizes[i] = shape[order[i]];
        return gather("permute", sizes, Gather.permuted(shape, order));
    }

    /** The transposed matrix. */
    public Tensor t() {
        if (rank() != 2) throw new IllegalStateException("t: shape " + Arrays.toString(shape) + " is not a matrix; see permute()");
        return gather("t", new int[] {shape[1], shape[0]}, Gather.permuted(shape, new int[] {1, 0}));
    }

    /** The entries {@code first} to, and without, {@code last} of an axis. */
    public Tensor slice(int axis, int first, int last) {
        int along = Shape.axis("slice", axis, shape);
        return gather("slice", Shape.slice(along, first, last, shape), Gather.slice(shape, along, first, last));
    }

    /** The given entries of an axis, in the given order; one may appear twice. */
    public Tensor take(int axis, int... index) { return take("take", Shape.axis("take", axis, shape), index); }

    /** The given entries of the first axis: {@link #take} along axis 0. */
    public Tensor rows(int... index) {
        if (rank() == 0) throw new IllegalStateException("rows: a single number has no rows");
        return take("rows", 0, index);
    }

    private Tensor take(String operation, int axis, int... index) {
        for (int i : index) Shape.index(operation, i, axis, shape);
        return gather(operation, Shape.resized(shape, axis, index.length), Gather.entries(shape, axis, index));
    }

    /** One entry of an axis, which disappears: {@code x.select(1, 3)} is column 3. */
    public Tensor select(int axis, int index) {
        int along = Shape.axis("select", axis, shape);
        return gather("select", Shape.reduced(shape, along, Dims.DROP),
                Gather.entries(shape, along, Shape.index("select", index, along, shape)));
    }

    /** From each row of a matrix the element in the given column: shape [n] for n columns. Also known as gather. */
    public Tensor pick(int... column) {
        if (rank() != 2 || column.length != shape[0]) {
            throw new IllegalArgumentException("pick: " + column.length + " columns for shape "
                    + Arrays.toString(shape) + "; it takes one for each row of a matrix");
        }
        int[] from = new int[column.length];
        for (int i = 0; i < from.length; i++) from[i] = i * shape[1] + Shape.index("pick", column[i], 1, shape);
        return gather("pick", new int[] {from.length}, new Gather(from, 1, false));
    }

    /** Tensors put one after the other along an axis; the other sizes must agree. */
    public static Tensor concat(int axis, Tensor... parts) {
        Tensor[] from = parts.clone();
        int[][] shapes = new int[from.length][];
        for (int i = 0; i < from.length; i++) shapes[i] = from[i].shape;
        int[] shape = Shape.joined(axis, shapes);
        Concat f = new Concat(Shape.axis("concat", axis, shape), shape, shapes);
        float[] y = new float[Shape.size(shape)];
        for (int i = 0; i < from.length; i++) f.put(i, from[i].data, y);
        return new Tensor("concat", shape, y, g -> {
            for (int i = 0; i < from.length; i++) if (from[i].requiresGrad()) f.addGradient(i, g, from[i].gradient());
        }, nodes(from));
    }

    // ---- reductions

    /** The sum of all numbers, shape []. */
    public Tensor sum() { return sum(Reduction.ofAll("sum", data.length)); }

    public Tensor sum(int axis) { return sum(axis, Dims.DROP); }

    public Tensor sum(int axis, Dims dims) { return sum(Reduction.along("sum", axis, shape, dims)); }

    private Tensor sum(Reduction f) {
        return new Tensor("sum", f.reduced(), f.lines().sum(data, 1), g -> f.lines().addRepeated(g, gradient()), node);
    }

    /** The mean of all numbers, shape []; NaN if there are none. */
    public Tensor mean() { return mean(Reduction.ofAll("mean", data.length)); }

    public Tensor mean(int axis) { return mean(axis, Dims.DROP); }

    public Tensor mean(int axis, Dims dims) { return mean(Reduction.along("mean", axis, shape, dims)); }

    private Tensor mean(Reduction f) {
        return new Tensor("mean", f.reduced(), f.lines().sum(data, f.lines().n()), g -> f.lines().addShares(g, gradient()), node);
    }

    /** The mean squared distance from the mean along an axis; divided by n, not n − 1, as normalising layers do. */
    public Tensor variance(int axis, Dims dims) {
        Tensor distance = sub(mean(axis, Dims.KEEP));
        Tensor rounding = distance.mean(axis, dims);        // of the mean, which the squares are to be without
        return distance.mul(distance).mean(axis, dims).sub(rounding.mul(rounding));
    }

    /** The largest of all numbers, shape []. The gradient goes to the first of several. */
    public Tensor max() { return max(Reduction.ofAll("max", data.length)); }

    public Tensor max(int axis) { return max(axis, Dims.DROP); }

    public Tensor max(int axis, Dims dims) { return max(Reduction.along("max", axis, shape, dims)); }

    private Tensor max(Reduction f) { return gather(f.operation(), f.reduced(), f.withElements().largest(data)); }

    /** The smallest of all numbers, shape []. The gradient goes to the first of several. */
    public Tensor min() { return neg().max(Reduction.ofAll("min", data.length)).neg(); }

    public Tensor min(int axis) { return min(axis, Dims.DROP); }

    public Tensor min(int axis, Dims dims) { return neg().max(Reduction.along("min", axis, shape, dims)).neg(); }

    /** {@code log Σ exp x} along an axis, without overflow: the maximum is taken out first. */
    public Tensor logSumExp(int axis, Dims dims) {
        Tensor largest = largest("logSumExp", axis);
        Tensor sum = sub(largest).exp().sum(axis, dims).log();
        return sum.add(largest.reshape(sum.shape));
    }

    /** {@code exp x / Σ exp x} along an axis: positive numbers that add up to 1. */
    public Tensor softmax(int axis) {
        Tensor e = sub(largest("softmax", axis)).exp();
        return e.div(e.sum(axis, Dims.KEEP));
    }

    /** The maxima along an axis as constants; 0 where they are infinite, because x − maximum would be NaN there. */
    private Tensor largest(String operation, int axis) {
        Tensor largest = detach().max(Reduction.along(operation, axis, shape, Dims.KEEP));
        return where(largest.abs().eq(Double.POSITIVE_INFINITY), scalar(0), largest);
    }

    /**
     * Softmax and cross-entropy in one stable step: the mean over the rows of {@code −log softmax(x)[label]}, in nats.
     *
     * @param labels one class for each of the n rows of this [n, classes] matrix
     * @param smoothing the part of the target that is spread evenly over all classes (Szegedy et al. 2016); 0 for none
     */
    public Tensor crossEntropy(int[] labels, double smoothing) {
        CrossEntropy f = new CrossEntropy(data, shape, labels, smoothing);
        return new Tensor("crossEntropy", new int[0], new float[] {f.forward()}, g -> f.addGradient(g[0], gradient()), node);
    }
}
