package grad.optim;

import grad.Tensor;
import grad.kernels.AdamStep;
import grad.kernels.Chosen;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1): each number of a parameter has its own step, from running means of its gradient and their
 * squares. Each parameter counts its own steps.
 */
public final class Adam extends Optimizer {
    private final float[][] m;
    private final float[][] v;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-8;
    private double weightDecay;
    private double decoupledWeightDecay;
    private final int[] steps;
    private AdamStep step;
    private int worked;        // the number of the step that it is worked out for

    public Adam(List<Tensor> parameters, double learningRate) {
        super(parameters, learningRate);
        this.m = new float[parameters.size()][];
        this.v = new float[parameters.size()][];
        this.steps = new int[parameters.size()];
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

    /** The rate or a setting may be another. */
    @Override protected void beforeStep() { worked = 0; }

    /** Works out the corrections for a past of so many steps: once, where all parameters have taken as many. */
    private void workOut(int steps) {
        double correction1 = 1 - StrictMath.pow(beta1, steps);
        double correction2 = Math.sqrt(1 - StrictMath.pow(beta2, steps));
        step = new AdamStep((float) (learningRate() * correction2 / correction1), (float) (1 - beta1), (float) (1 - beta2),
                (float) (epsilon * correction2), (float) weightDecay, (float) (1 - learningRate() * decoupledWeightDecay));
        worked = steps;
    }

    @Override protected void step(int i, float[] x, float[] g) {
        if (m[i] == null) {
            v[i] = new float[x.length];
            m[i] = new float[x.length];         // last: whoever is stopped in between finds none, or both
        }
        steps[i]++;
        if (worked != steps[i]) workOut(steps[i]);
        Chosen.KERNELS.adam(x, g, m[i], v[i], step);
    }
}
