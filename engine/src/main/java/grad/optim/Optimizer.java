package grad.optim;

import grad.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What all optimisers share: the parameters, the learning rate, and clipping. */
public abstract class Optimizer {
    private final List<Tensor> parameters;
    private double learningRate;

    Optimizer(List<Tensor> parameters, double learningRate) {
        if (parameters.isEmpty()) throw new IllegalArgumentException(getClass().getSimpleName() + ": no parameters to optimise");
        Set<Tensor> different = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Tensor p : parameters) {
            if (!p.isLeaf()) throw new IllegalArgumentException(getClass().getSimpleName() + ": " + p + " is computed and would never move; give it the parameters");
            if (!different.add(p)) throw new IllegalArgumentException(getClass().getSimpleName() + ": " + p + " is there twice and would move twice a step");
        }
        this.parameters = List.copyOf(parameters);
        learningRate(learningRate);
    }

    /** Moves every parameter that has a gradient one step against it; frozen ones stay. */
    public void step() {
        beforeStep();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor p = parameters.get(i);
            if (moves(p)) step(i, p);
        }
    }

    /** Work that is done once a step, for all parameters. */
    void beforeStep() { }

    /** Moves the i-th parameter. */
    abstract void step(int i, Tensor p);

    /** Sets the gradients of all parameters to 0: those that get no new one until {@link #step()} do not move. */
    public void zeroGrad() { for (Tensor p : parameters) p.zeroGrad(); }

    public List<Tensor> parameters() { return parameters; }

    /** The learning rate per step. */
    public double learningRate() { return learningRate; }

    public void learningRate(double rate) {
        this.learningRate = atLeastZero("learning rate", rate);
    }

    double atLeastZero(String what, double x) {
        if (!(x >= 0) || Float.isInfinite((float) x)) throw new IllegalArgumentException(getClass().getSimpleName() + ": the " + what + " must be finite and not negative, got " + x);
        return x;
    }

    double belowOne(String what, double x) {
        if (!(x >= 0 && x < 1)) throw new IllegalArgumentException(getClass().getSimpleName() + ": " + what + " must be at least 0 and below 1, got " + x);
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
