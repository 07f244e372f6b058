package grad;

import grad.scalar.Arithmetic;
import grad.scalar.Op;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
 * <p>The elementwise vocabulary ({@code add}, {@code mul}, {@code relu} and so on) is that of {@link Arithmetic}, the derivatives are those of
 * {@link Op}. Shapes broadcast as in NumPy: axes are matched from the last, and an axis of size 1 is repeated. Only what depends on a
 * tensor that {@link #requiresGrad()} is recorded. A graph is used once: {@code backward()} frees it. One graph belongs to one thread.
 */
public final class Tensor implements Arithmetic<Tensor> {
    private final int[] shape;
    private final float[] data;
    private final String operation;     // empty for a leaf
    private final Node node;            // null where no gradient is wanted
    private boolean requiresGrad;
    private float[] grad;
    private boolean blank;              // the gradient is 0, whatever its array still holds
    private int version;
    private String name;

    private Tensor(String operation, int[] shape, float[] data, Node node) {
        this.operation = operation;
        this.shape = shape;
        this.data = data;
        this.node = node;
        this.requiresGrad = node != null;
    }

    private static Tensor leaf(float[] data, int... shape) { return new Tensor("", shape, data, null); }

    /** The result of an operation. It is recorded only where a parent's gradient is wanted. */
    static Tensor node(String operation, int[] shape, float[] data, Node.Backward backward, Tensor... parents) {
        boolean wanted = false;
        for (Tensor p : parents) wanted |= p.requiresGrad;
        return new Tensor(operation, shape, data, wanted ? new Node(operation, backward, parents) : null);
    }

    /** How this tensor was computed; null for a leaf, and where no gradient is wanted. */
    Node node() { return node; }

    /** How often its numbers were changed in place. */
    int version() { return version; }

    // ---- making tensors

    /** The numbers of {@code data}, copied, in the given shape; without a shape they form one axis. */
    public static Tensor of(float[] data, int... shape) { return leaf(data.clone(), sizes("of", data, shape)); }

    /** As {@link #of(float[], int...)}, but without a copy: the array is the tensor's from now on, and is changed by {@link #update} alone. */
    public static Tensor wrap(float[] data, int... shape) { return leaf(data, sizes("wrap", data, shape)); }

    private static int[] sizes(String what, float[] data, int[] shape) {
        int[] sizes = shape.length == 0 ? new int[] {data.length} : shape.clone();
        if (Shape.size(sizes) != data.length) {
            throw new IllegalArgumentException(what + ": shape " + Arrays.toString(sizes) + " holds " + Shape.size(sizes) + " numbers, got " + data.length);
        }
        return sizes;
    }

    /** A matrix of the given rows, which must be equally long. */
    public static Tensor of(double[][] rows) {
        for (int i = 0; i < rows.length; i++) if (rows[i] == null) throw new NullPointerException("of: row " + i + " is null");
        int columns = rows.length == 0 ? 0 : rows[0].length;
        float[] data = new float[Shape.size(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException("of: row " + i + " has " + rows[i].length + " numbers, row 0 has " + columns);
            }
            for (int j = 0; j < columns; j++) data[i * columns + j] = (float) rows[i][j];
        }
        return leaf(data, rows.length, columns);
    }

    /** A single number, shape []. */
    public static Tensor scalar(double x) { return leaf(new float[] {(float) x}); }

    public static Tensor zeros(int... shape) { return full(0, shape); }

    public static Tensor ones(int... shape) { return full(1, shape); }

    public static Tensor full(double x, int... shape) {
        float[] data = new float[Shape.size(shape)];
        if (x != 0) Arrays.fill(data, (float) x);
        return leaf(data, shape.clone());
    }

    /** 0, 1, … n − 1. */
    public static Tensor arange(int n) {
        float[] data = new float[Shape.size(n)];
        for (int i = 0; i < n; i++) data[i] = i;
        return leaf(data, n);
    }

    /** Numbers drawn uniformly from [low, high), each rounded to the nearest float. */
    public static Tensor uniform(RandomGenerator rng, double low, double high, int... shape) {
        Tensor x = zeros(shape);
        for (int i = 0; i < x.data.length; i++) x.data[i] = (float) (low + (high - low) * rng.nextDouble());
        return x;
    }

    /** Numbers drawn from the normal distribution. */
    public static Tensor normal(RandomGenerator rng, double mean, double deviation, int... shape) {
        Tensor x = zeros(shape);
        for (int i = 0; i < x.data.length; i++) x.data[i] = (float) (mean + deviation * rng.nextGaussian());
        return x;
    }

    /** A leaf with the numbers of {@code initial}, copied, whose gradient is wanted. */
    public static Tensor parameter(Tensor initial) {
        Tensor p = leaf(initial.data.clone(), initial.shape);
        p.requiresGrad = true;
        return p;
    }

    @Override public Tensor constant(double c) { return scalar(c); }

    /** What computes: {@code vector (16 lanes)}, or {@code plain} where Java runs without {@code --add-modules jdk.incubator.vector}. */
    public static String kernels() { return Kernels.LIVE.name(); }

    // ---- looking at tensors

    public int[] shape() { return shape.clone(); }

    /** The shape itself, which nobody changes. */
    int[] sizes() { return shape; }

    public int rank() { return shape.length; }

    public int size() { return data.length; }

    /** The numbers in row-major order: the tensor's own array, to be read. Change numbers with {@link #update}, so that it is noticed. */
    public float[] data() { return data; }

    /** One number. */
    public float get(int... index) { return data[offset("get", index)]; }

    /** The number of a tensor that holds just one. */
    public float item() {
        if (data.length != 1) throw new IllegalStateException("item: shape " + Arrays.toString(shape) + " holds " + data.length + " numbers, not 1");
        return data[0];
    }

    /** Where the largest number is, counted in row-major order; the first of several. */
    public int argmax() {
        int[] flat = {data.length};
        return new Reduction(flat, Shape.axisWithElements("argmax", 0, flat)).argmax(data)[0];
    }

    /** Where along the axis the largest number is, for each line along it, in row-major order. */
    public int[] argmax(int axis) { return new Reduction(shape, Shape.axisWithElements("argmax", axis, shape)).argmax(data); }

    /** Gives this tensor a name for messages and tables, and returns it. */
    public Tensor named(String name) {
        this.name = name;
        return this;
    }

    /** Its name, or null. */
    public String name() { return name; }

    // ---- changing tensors

    /** Changes numbers in place. A graph that used the old ones refuses to go backward afterwards. */
    public Tensor update(Consumer<float[]> change) {
        version++;
        change.accept(data);
        return this;
    }

    /** As {@link #update(Consumer)}, given the gradient too: {@code p.update((x, g) -> …)} is a step of an optimiser. */
    public Tensor update(BiConsumer<float[], float[]> change) {
        float[] g = gradientThatIs("update");
        return update((float[] x) -> change.accept(x, g));
    }

    /** Hands out the gradient's own numbers, where {@link #grad} would copy them: to be read, or changed in place to clip them. */
    public void withGradient(Consumer<float[]> use) {
        use.accept(gradientThatIs("withGradient"));
        blank = false;
    }

    private int offset(String what, int[] index) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(what + ": " + index.length + " indices for shape " + Arrays.toString(shape));
        }
        int offset = 0;
        for (int i = 0; i < index.length; i++) offset = offset * shape[i] + checked(what, index[i], i);
        return offset;
    }

    private int checked(String what, int index, int axis) {
        if (index < 0 || index >= shape[axis]) {
            throw new IndexOutOfBoundsException(what + ": index " + index + " on axis " + axis + " of shape " + Arrays.toString(shape));
        }
        return index;
    }

    // ---- gradients

    /** Whether a gradient for this tensor is wanted, or for one it was computed from. */
    public boolean requiresGrad() { return requiresGrad; }

    /** Asks for this leaf's gradient, or freezes the leaf: what depends on frozen leaves only is not recorded and costs nothing. */
    public Tensor requiresGrad(boolean wanted) {
        if (!isLeaf()) throw new IllegalStateException("requiresGrad: " + this + " is computed; only a leaf can be set, detach() makes one");
        requiresGrad = wanted;
        return this;
    }

    /** Whether nobody computed it: only a leaf keeps a gradient, and only a leaf can be learned. */
    public boolean isLeaf() { return operation.isEmpty(); }

    /** Whether {@code backward()} has added to the gradient since it was last set to 0. */
    public boolean hasGrad() { return grad != null && !blank; }

    /** A copy of the gradient that {@code backward()} added up in this leaf, of the same shape. */
    public Tensor grad() { return leaf(gradientThatIs("grad").clone(), shape); }

    private float[] gradientThatIs(String wanted) {
        if (!isLeaf()) throw new IllegalStateException(wanted + ": " + this + " is computed, and only leaves (parameters and inputs) keep their gradient");
        if (grad != null && blank) Arrays.fill(grad, 0);
        if (grad != null) return grad;
        throw new IllegalStateException(wanted + ": " + this + " has no gradient; " + (requiresGrad ? "call backward() on a result that depends on it"
                : "ask for it with requiresGrad(true), then call backward() on a result that depends on it"));
    }

    /** Sets the gradient to 0, so that the next {@code backward()} starts afresh; until then an optimiser has no gradient to follow. */
    public void zeroGrad() { blank = true; }

    /** The same numbers without their past: a leaf that no gradient flows through. */
    public Tensor detach() { return leaf(data.clone(), shape); }

    /** The array gradients are added to. */
    float[] gradient() {
        prepareGradient();
        if (blank) Arrays.fill(grad, 0);
        blank = false;
        return grad;
    }

    private void prepareGradient() {
        if (grad != null) return;
        float[] used = isLeaf() ? null : GradientPool.take(data.length);
        blank = used != null;
        grad = blank ? used : new float[data.length];
    }

    /** Adds {@code op(a) · op(b)}, of shape [m, n], to the gradient; see {@link Product}. */
    private void addProduct(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b) {
        prepareGradient();
        new Product(transposeA, transposeB, m, n, k, a, b).compute(blank ? new float[n] : null, grad);
        blank = false;
    }

    /** Ends the life of a computed tensor's gradient, once it has been passed on. */
    void dropGradient() {
        GradientPool.give(grad);
        grad = null;
    }

    /** {@link #backward(Tensor)} from a single number, with an upstream gradient of 1. */
    public void backward() {
        if (data.length != 1) {
            throw new IllegalStateException("backward: shape " + Arrays.toString(shape) + " is not a single number; reduce it, with sum() say, or pass a gradient");
        }
        backward(ones(shape));
    }

    /**
     * Adds to every leaf's gradient, where it is wanted, what the upstream gradient means for it. The graph is freed on the way.
     *
     * @param upstream ∂result/∂this, of this shape
     * @throws IllegalStateException when nothing here wants a gradient, the graph was freed before, or an operand was changed in place
     */
    public void backward(Tensor upstream) {
        if (!Arrays.equals(upstream.shape, shape)) {
            throw new IllegalArgumentException("backward: a gradient of shape " + Arrays.toString(upstream.shape) + " for " + Arrays.toString(shape));
        }
        if (!requiresGrad) throw new IllegalStateException("backward: " + this + " depends on nothing that requires a gradient");
        Node.backward(this, upstream.data);
    }

    // ---- elementwise operations

    @Override public Tensor apply(Op op) {
        op.takes(1);
        Pointwise f = new Pointwise(op, shape, this, this);
        return node(op.word(), shape, f.forward(), g -> f.backward(true, g, gradient()), this);
    }

    @Override public Tensor apply(Op op, Tensor b) {
        op.takes(2);
        if (b == null) throw new NullPointerException(op.word() + ": the second operand is null");
        return pointwise(op.word(), op, Shape.broadcast(op.word(), shape, b.shape), b);
    }

    private Tensor pointwise(String name, Op op, int[] stretched, Tensor b) {
        Pointwise f = new Pointwise(op, stretched, this, b);
        return node(name, stretched, f.forward(), g -> {
            if (requiresGrad) f.backward(true, g, gradient());
            if (b.requiresGrad) f.backward(false, g, b.gradient());
        }, this, b);
    }

    /** Each number moved into [low, high]. The gradient passes where nothing had to be moved, and where x is NaN it does not. */
    public Tensor clamp(double low, double high) {
        if (!(low <= high)) throw new IllegalArgumentException("clamp: no number lies between " + low + " and " + high);
        float[] y = new float[data.length];
        Kernels.LIVE.clamp(data, y, (float) low, (float) high);
        return node("clamp", shape, y, g -> Kernels.LIVE.addInside(data, g, gradient(), (float) low, (float) high), this);
    }

    /** {@code a} where the condition is not 0, {@code b} elsewhere. All three broadcast; the condition gets no gradient. */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        int[] shape = Shape.broadcast("where", condition.shape, Shape.broadcast("where", a.shape, b.shape));
        float[] c = condition.detach().expand(shape).data;
        Tensor x = a.expand(shape);
        Tensor z = b.expand(shape);
        float[] y = new float[c.length];
        for (int i = 0; i < y.length; i++) y[i] = c[i] != 0 ? x.data[i] : z.data[i];
        return node("where", shape, y, g -> {
            float[] dx = x.requiresGrad ? x.gradient() : null;
            float[] dz = z.requiresGrad ? z.gradient() : null;
            for (int i = 0; i < g.length; i++) {
                float[] chosen = c[i] != 0 ? dx : dz;
                if (chosen != null) chosen[i] += g[i];
            }
        }, x, z);
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
     * Dropout (Srivastava et al. 2014): each number becomes 0 with probability {@code rate}, and the others grow by 1 / (1 − rate), so that the
     * expected sum stays. Which ones depends on one number drawn from {@code rng} and on their place.
     */
    public Tensor dropout(double rate, RandomGenerator rng) {
        if (!(rate >= 0 && rate < 1)) throw new IllegalArgumentException("dropout: the rate must be at least 0 and below 1, got " + rate);
        int seed = rng.nextInt();
        int threshold = (int) (rate * (1L << 31));
        float scale = (float) (1 / (1 - rate));
        float[] y = new float[data.length];
        Kernels.LIVE.dropout(data, y, y.length, seed, threshold, scale);
        return node("dropout", shape, y, g -> Kernels.LIVE.dropout(g, gradient(), g.length, seed, threshold, scale), this);
    }

    // ---- matrices

    /** The matrix product: [m, k] · [k, n] is [m, n]. */
    public Tensor matmul(Tensor b) {
        requireMatrices("matmul", b);
        int m = shape[0];
        int k = shape[1];
        int n = b.shape[1];
        if (k != b.shape[0]) throw new IllegalArgumentException("matmul: " + shapes(b) + ": inner sizes " + k + " and " + b.shape[0] + " differ");
        float[] y = new float[Shape.size(m, n)];
        new Product(false, false, m, n, k, data, b.data).compute(null, y);
        return node("matmul", new int[] {m, n}, y, g -> {
            if (requiresGrad) addProduct(false, true, m, k, n, g, b.data);                     // ∂a = g · bᵀ
            if (b.requiresGrad) b.addProduct(true, false, k, n, m, data, g);                   // ∂b = aᵀ · g
        }, this, b);
    }

    /**
     * A linear layer as one step: {@code x · wᵀ + bias}.
     *
     * @param w weights [outputs, inputs], as PyTorch stores them
     * @param bias [outputs]
     * @return [n, outputs] for x of shape [n, inputs]
     */
    public Tensor linear(Tensor w, Tensor bias) {
        requireMatrices("linear", w);
        int m = shape[0];
        int k = shape[1];
        int n = w.shape[0];
        if (k != w.shape[1]) throw new IllegalArgumentException("linear: " + shapes(w) + ": the layer expects " + w.shape[1] + " inputs, got " + k);
        if (bias.rank() != 1 || bias.data.length != n) {
            throw new IllegalArgumentException("linear: a bias of shape " + Arrays.toString(bias.shape) + " for " + n + " outputs");
        }
        float[] y = new float[Shape.size(m, n)];
        new Product(false, true, m, n, k, data, w.data).compute(bias.data, y);
        return node("linear", new int[] {m, n}, y, g -> {
            if (requiresGrad) addProduct(false, false, m, k, n, g, w.data);                    // ∂x = g · w
            if (w.requiresGrad) w.addProduct(true, false, n, k, m, g, data);                   // ∂w = gᵀ · x
            if (bias.requiresGrad) new Reduction(new int[] {m, n}, 0).addSums(g, bias.gradient());
        }, this, w, bias);
    }

    private void requireMatrices(String what, Tensor b) {
        if (rank() != 2 || b.rank() != 2) throw new IllegalArgumentException(what + ": " + shapes(b) + ": both must be matrices; reshape adds an axis");
    }

    private String shapes(Tensor b) { return Arrays.toString(shape) + " x " + Arrays.toString(b.shape); }

    /** The transposed matrix. */
    public Tensor t() {
        if (rank() != 2) throw new IllegalStateException("t: shape " + Arrays.toString(shape) + " is not a matrix");
        int m = shape[0];
        int n = shape[1];
        return node("t", new int[] {n, m}, PlainKernels.transpose(data, m, n), g -> {
            float[] d = gradient();
            for (int i = 0; i < d.length; i++) d[i] += g[i % n * m + i / n];
        }, this);
    }

    // ---- rearranging

    /** The same numbers in another shape; one size may be −1 and is worked out. */
    public Tensor reshape(int... shape) {
        int[] sizes = shape.clone();
        if (Arrays.stream(sizes).filter(n -> n == -1).count() > 1) {
            throw new IllegalArgumentException("reshape: only one size can be worked out, but " + Arrays.toString(shape) + " leaves more open");
        }
        int open = 0;
        while (open < sizes.length && sizes[open] != -1) open++;
        if (open < sizes.length) {
            sizes[open] = 1;
            int others = Shape.size(sizes);
            if (others == 0) {
                throw new IllegalArgumentException("reshape: beside a size of 0 the −1 in " + Arrays.toString(shape) + " could be anything; write the number");
            }
            sizes[open] = data.length / others;
        }
        if (Shape.size(sizes) != data.length) {
            throw new IllegalArgumentException("reshape: " + Arrays.toString(this.shape) + " has " + data.length + " numbers, which do not fit "
                    + Arrays.toString(shape));
        }
        return node("reshape", sizes, data.clone(), g -> addTo(gradient(), 0, g, 0, g.length), this);
    }

    /** The given entries of the first axis, in the given order; one may appear twice. */
    public Tensor rows(int... index) {
        if (rank() == 0) throw new IllegalStateException("rows: a single number has no rows");
        int[] from = index.clone();
        int width = Shape.size(shape, 1, rank());
        int[] sizes = shape.clone();
        sizes[0] = from.length;
        float[] y = new float[Shape.size(sizes)];
        for (int i = 0; i < from.length; i++) System.arraycopy(data, checked("rows", from[i], 0) * width, y, i * width, width);
        return node("rows", sizes, y, g -> addRows(from, width, g, gradient()), this);
    }

    /** Adds the rows of g to the given rows of d. Those that one row of d receives are added up first, in doubles: there may be millions. */
    private static void addRows(int[] to, int width, float[] g, float[] d) {
        long[] places = new long[to.length];
        for (int i = 0; i < to.length; i++) places[i] = (long) to[i] << 32 | i;
        Arrays.sort(places);
        double[] sums = new double[width];
        for (int i = 0; i < places.length; i++) {
            int row = (int) (places[i] >> 32);
            int from = (int) places[i] * width;
            for (int j = 0; j < width; j++) sums[j] += g[from + j];
            if (i + 1 < places.length && places[i + 1] >> 32 == row) continue;
            for (int j = 0; j < width; j++) d[row * width + j] += sums[j];
            Arrays.fill(sums, 0);
        }
    }

    /** One entry of an axis, which disappears: {@code x.select(1, 3)} is column 3. */
    public Tensor select(int axis, int index) {
        int along = Shape.axis("select", axis, shape);
        checked("select", index, along);
        int outer = Shape.size(shape, 0, along);
        int inner = Shape.size(shape, along + 1, rank());
        int n = shape[along];
        float[] y = new float[outer * inner];
        for (int o = 0; o < outer; o++) System.arraycopy(data, (o * n + index) * inner, y, o * inner, inner);
        return node("select", Shape.reduced(shape, along, Dims.DROP), y, g -> {
            for (int o = 0; o < outer; o++) addTo(gradient(), (o * n + index) * inner, g, o * inner, inner);
        }, this);
    }

    /** From each row of a matrix the element in the given column: shape [n] for n columns. Also known as gather. */
    public Tensor pick(int... column) {
        if (rank() != 2 || column.length != shape[0]) {
            throw new IllegalArgumentException("pick: " + column.length + " columns for shape " + Arrays.toString(shape) + "; it takes one for each row of a matrix");
        }
        int n = shape[1];
        int[] from = column.clone();
        float[] y = new float[from.length];
        for (int i = 0; i < y.length; i++) y[i] = data[i * n + checked("pick", from[i], 1)];
        return node("pick", new int[] {y.length}, y, g -> {
            float[] d = gradient();
            for (int i = 0; i < g.length; i++) d[i * n + from[i]] += g[i];
        }, this);
    }

    /** Tensors put one after the other along an axis; the other sizes must agree. */
    public static Tensor concat(int axis, Tensor... parts) { return new Concat(axis, parts).node(); }

    /** Adds n numbers of x to a part of a sum. */
    static void addTo(float[] sum, int at, float[] x, int from, int n) {
        for (int i = 0; i < n; i++) sum[at + i] += x[from + i];
    }

    // ---- reductions

    /** The sum of all numbers, shape []. */
    public Tensor sum() { return sum(new Reduction(new int[] {data.length}, 0), new int[0]); }

    public Tensor sum(int axis) { return sum(axis, Dims.DROP); }

    public Tensor sum(int axis, Dims dims) {
        int along = Shape.axis("sum", axis, shape);
        return sum(new Reduction(shape, along), Shape.reduced(shape, along, dims));
    }

    private Tensor sum(Reduction lines, int[] reduced) {
        return node("sum", reduced, lines.sum(data, 1), g -> lines.addRepeated(g, gradient()), this);
    }

    /** The mean of all numbers, shape []; NaN if there are none. */
    public Tensor mean() { return mean(new Reduction(new int[] {data.length}, 0), data.length, new int[0]); }

    public Tensor mean(int axis) { return mean(axis, Dims.DROP); }

    public Tensor mean(int axis, Dims dims) {
        int along = Shape.axis("mean", axis, shape);
        return mean(new Reduction(shape, along), shape[along], Shape.reduced(shape, along, dims));
    }

    private Tensor mean(Reduction lines, int n, int[] reduced) {
        return node("mean", reduced, lines.sum(data, n), g -> {
            float[] each = new float[g.length];
            for (int i = 0; i < g.length; i++) each[i] = g[i] / n;
            lines.addRepeated(each, gradient());
        }, this);
    }

    /** The largest of all numbers, shape []. The gradient goes to the first of several. */
    public Tensor max() {
        int[] flat = {data.length};
        return max(new Reduction(flat, Shape.axisWithElements("max", 0, flat)), new int[0]);
    }

    public Tensor max(int axis) { return max(axis, Dims.DROP); }

    public Tensor max(int axis, Dims dims) {
        int along = Shape.axisWithElements("max", axis, shape);
        return max(new Reduction(shape, along), Shape.reduced(shape, along, dims));
    }

    private Tensor max(Reduction lines, int[] reduced) {
        int[] best = lines.argmax(data);
        float[] y = new float[best.length];
        for (int k = 0; k < y.length; k++) y[k] = data[lines.at(k, best[k])];
        return node("max", reduced, y, g -> {
            float[] d = gradient();
            for (int k = 0; k < g.length; k++) d[lines.at(k, best[k])] += g[k];
        }, this);
    }

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
        return max(Shape.axisWithElements(operation, axis, shape), Dims.KEEP).detach().update(m -> { for (int i = 0; i < m.length; i++) if (Float.isInfinite(m[i])) m[i] = 0; });
    }

    /**
     * Softmax and cross-entropy in one stable step: the mean over the rows of {@code −log softmax(x)[label]}, in nats.
     *
     * @param labels one class for each of the n rows of this [n, classes] matrix
     * @param smoothing the part of the target that is spread evenly over all classes (Szegedy et al. 2016); 0 for none
     */
    public Tensor crossEntropy(int[] labels, double smoothing) { return new CrossEntropy(this, labels, smoothing).node(); }

    /** A readable summary: {@code relu [32, 10]: 0, 0.25, 0, … 1.5}. */
    @Override public String toString() {
        String what = name != null ? name + " " : operation.isEmpty() ? "" : operation + " ";
        StringBuilder text = new StringBuilder(what + Arrays.toString(shape) + ":");
        int shown = data.length <= 8 ? data.length : 5;
        for (int i = 0; i < shown; i++) text.append(i == 0 ? " " : ", ").append(number(data[i]));
        if (shown < data.length) text.append(", … ").append(number(data[data.length - 1]));
        return text.toString();
    }

    private static String number(float x) {
        String text = String.format(Locale.ROOT, "%.4g", x);
        return text.contains("e") || !text.contains(".") ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
