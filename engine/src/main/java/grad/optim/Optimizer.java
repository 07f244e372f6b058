package grad.optim;

import grad.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What all optimisers share: the parameters, the learning rate, and clipping. One of your own says how a parameter moves:
 *
 * <pre>{@code
 * class SignDescent extends Optimizer {
 *     SignDescent(List<Tensor> parameters, double learningRate) { super(parameters, learningRate); }
 *     @Override protected void step(int i, float[] x, float[] g) {
 *         for (int k = 0; k < x.length; k++) x[k] -= learningRate() * Math.signum(g[k]);
 *     }
 * }
 * }</pre>
 */
public abstract class Optimizer {
    private final List<Tensor> parameters;
    private double learningRate;

    /** @throws IllegalArgumentException for no parameters, a computed tensor, or one that is there twice */
    protected Optimizer(List<Tensor> parameters, double learningRate) {
        if (parameters.isEmpty()) throw new IllegalArgumentException(name() + ": no parameters to optimise");
        Set<Tensor> different = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Tensor p : parameters) {
            if (!p.isLeaf()) {
                throw new IllegalArgumentException(name() + ": " + p
                        + " is computed and would never move; give it the parameters");
            }
            if (!different.add(p)) {
                throw new IllegalArgumentException(name() + ": " + p + " is there twice and would move twice a step");
            }
        }
        this.parameters = List.copyOf(parameters);
        this.learningRate = atLeastZero("learning rate", learningRate);
    }

    /** Moves every parameter that has a gradient one step against it; frozen ones stay. */
    public void step() {
        beforeStep();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor p = parameters.get(i);
            int place = i;
            if (moves(p)) p.update((x, g) -> step(place, x, g));
        }
    }

    /** Work that is done once a step, for all parameters. */
    protected void beforeStep() { }

    /**
     * Moves the i-th parameter.
     *
     * @param x its numbers, to be changed in place
     * @param g its gradient, as long
     */
    protected abstract void step(int i, float[] x, float[] g);

    /** Sets the gradients of all parameters to 0: those that get no new one until {@link #step()} do not move. */
    public void zeroGrad() { for (Tensor p : parameters) p.zeroGrad(); }

    public List<Tensor> parameters() { return parameters; }

    /** The learning rate per step. */
    public double learningRate() { return learningRate; }

    public void learningRate(double rate) {
        this.learningRate = atLeastZero("learning rate", rate);
    }

    /** Whose mistake a message tells of; an anonymous class has no name. */
    private String name() { return getClass().isAnonymousClass() ? "Optimizer" : getClass().getSimpleName(); }

    /** Refuses a setting that is negative or not finite, and returns it. */
    protected final double atLeastZero(String what, double x) {
        if (!(x >= 0) || Float.isInfinite((float) x)) {
            throw new IllegalArgumentException(name() + ": the " + what + " must be finite and not negative, got " + x);
        }
        return x;
    }

    /** Refuses a setting that is not in [0, 1), and returns it. */
    protected final double belowOne(String what, double x) {
        if (!(x >= 0 && x < 1)) {
            throw new IllegalArgumentException(name() + ": " + what + " must be at least 0 and below 1, got " + x);
        }
        return x;
    }

    /**
     * Shrinks all gradients by one factor where their common Euclidean norm exceeds {@code most} (Pascanu et al. 2013). The gradients are
     * those that {@link #step()} follows.
     *
     * @return the norm before; not finite where a gradient is not, and then the gradients are not to be followed
     */
    public double clipNorm(double most) {
        atLeastZero("norm to clip at", most);
        double[] squares = {0};
        for (Tensor p : parameters) if (moves(p)) p.withGradient(g -> { for (float x : g) squares[0] += (double) x * x; });
        double norm = Math.sqrt(squares[0]);
        float factor = (float) (most / (norm + 1e-6));
        if (factor < 1) {
            for (Tensor p : parameters) if (moves(p)) p.withGradient(g -> { for (int i = 0; i < g.length; i++) g[i] *= factor; });
        }
        return norm;
    }

    private static boolean moves(Tensor p) { return p.hasGrad() && p.requiresGrad(); }
}
