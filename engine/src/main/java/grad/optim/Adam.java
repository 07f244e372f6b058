package grad.optim;

import grad.AdamStep;
import grad.Tensor;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1): each number of a parameter has its own step, from running means of its gradient and their squares.
 * All parameters count the same steps, also one that has no gradient at first (PyTorch counts for each).
 */
public final class Adam extends Optimizer {
    private final float[][] m;
    private final float[][] v;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-8;
    private double weightDecay;
    private double decoupledWeightDecay;
    private int steps;
    private AdamStep step;

    public Adam(List<Tensor> parameters, double learningRate) {
        super(parameters, learningRate);
        this.m = new float[parameters.size()][];
        this.v = new float[parameters.size()][];
    }

    /** How slowly the running means of the gradient and of its square forget; 0.9 and 0.999 unless set. */
    public Adam betas(double beta1, double beta2) {
        this.beta1 = belowOne("β₁", beta1);
        this.beta2 = belowOne("β₂", beta2);
        return this;
    }

    /** What keeps the division finite; 1e-8 unless set. */
    public Adam epsilon(double epsilon) {
        this.epsilon = atLeastZero("ε", epsilon);
        return this;
    }

    /** Adds {@code decay · p} to each gradient (L2, as PyTorch's {@code Adam} does). */
    public Adam weightDecay(double decay) {
        this.weightDecay = atLeastZero("weight decay", decay);
        return this;
    }

    /** Shrinks each parameter by {@code rate · decay} of itself before the step: AdamW (Loshchilov and Hutter 2019). */
    public Adam decoupledWeightDecay(double decay) {
        this.decoupledWeightDecay = atLeastZero("weight decay", decay);
        return this;
    }

    /** Works out the corrections for a short past. */
    @Override void beforeStep() {
        steps++;
        double correction1 = 1 - StrictMath.pow(beta1, steps);
        double correction2 = Math.sqrt(1 - StrictMath.pow(beta2, steps));
        step = new AdamStep((float) (learningRate() * correction2 / correction1), (float) (1 - beta1), (float) (1 - beta2),
                (float) (epsilon * correction2), (float) weightDecay, (float) (1 - learningRate() * decoupledWeightDecay));
    }

    @Override void step(int i, Tensor p) {
        if (m[i] == null) {
            v[i] = new float[p.size()];
            m[i] = new float[p.size()];         // last: whoever is stopped in between finds none, or both
        }
        step.apply(p, m[i], v[i]);
    }
}
