package grad.optim;

import grad.Tensor;
import java.util.List;

/** Stochastic gradient descent, {@code p −= rate · g}, with momentum, Nesterov's variant and weight decay where asked for. */
public final class SGD extends Optimizer {
    private final float[][] velocity;
    private double momentum;
    private boolean nesterov;
    private double weightDecay;

    public SGD(List<Tensor> parameters, double learningRate) {
        super(parameters, learningRate);
        this.velocity = new float[parameters.size()][];
    }

    /** Steps follow a velocity, {@code v = momentum · v + g}, which starts as the first gradient. */
    public SGD momentum(double momentum) {
        this.momentum = belowOne("momentum", momentum);
        return this;
    }

    /** Looks ahead along the velocity (Sutskever et al. 2013): the step is {@code g + momentum · v}. */
    public SGD nesterov() {
        if (momentum == 0) throw new IllegalStateException("SGD: nesterov() needs momentum(…) before it");
        this.nesterov = true;
        return this;
    }

    /** Adds {@code decay · p} to each gradient. */
    public SGD weightDecay(double decay) {
        this.weightDecay = atLeastZero("weight decay", decay);
        return this;
    }

    @Override protected void step(int i, float[] x, float[] g) {
        if (momentum == 0) descend(x, g, (float) learningRate(), (float) weightDecay);
        else follow(i, x, g, (float) learningRate(), (float) weightDecay, (float) momentum);
    }

    private static void descend(float[] x, float[] g, float rate, float decay) {
        for (int k = 0; k < x.length; k++) x[k] -= rate * (g[k] + decay * x[k]);
    }

    private void follow(int i, float[] x, float[] g, float rate, float decay, float m) {
        boolean first = velocity[i] == null;
        if (first) velocity[i] = new float[x.length];
        float[] v = velocity[i];
        for (int k = 0; k < x.length; k++) {
            float gradient = g[k] + decay * x[k];
            float next = first ? gradient : m * v[k] + gradient;
            v[k] = Math.abs(next) < Float.MIN_NORMAL ? 0 : next;        // denormals change nothing and are a hundred times slower
            x[k] -= rate * (nesterov ? gradient + m * v[k] : v[k]);
        }
    }
}
