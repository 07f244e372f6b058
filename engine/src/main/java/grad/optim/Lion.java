package grad.optim;

import grad.Tensor;
import java.util.List;

/** Lion (Chen et al. 2023, Algorithm 2): every number moves by the same step, along the sign of its running gradient. */
public final class Lion extends Optimizer {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.99f;

    private final float[][] m;

    public Lion(List<Tensor> parameters, double learningRate) {
        super(parameters, learningRate);
        this.m = parameters.stream().map(p -> new float[p.size()]).toArray(float[][]::new);
    }

    @Override protected void step(int i, float[] x, float[] g) {
        float rate = (float) learningRate();
        for (int k = 0; k < x.length; k++) {
            x[k] -= rate * Math.signum(BETA1 * m[i][k] + (1 - BETA1) * g[k]);
            m[i][k] = BETA2 * m[i][k] + (1 - BETA2) * g[k];
        }
    }
}
