package grad.optim;

/**
 * A learning rate that rises in a line for the first steps and then falls along half a cosine to 0 (Loshchilov and Hutter 2017, equation
 * 5): PyTorch's {@code LinearLR} from 1/warm-up followed by its {@code CosineAnnealingLR}. After the last step it stays 0.
 */
public final class CosineLR {
    private final Optimizer optimizer;
    private final int warmUp;
    private final int total;
    private final double peak;
    private int step;

    /** Reaches the optimiser's learning rate after {@code warmUp} of {@code total} steps. The first step's rate is set at once. */
    public CosineLR(Optimizer optimizer, int warmUp, int total) {
        if (warmUp < 0 || total <= warmUp) {
            throw new IllegalArgumentException("CosineLR: " + warmUp + " steps of warm-up do not fit " + total + " in all");
        }
        this.optimizer = optimizer;
        this.warmUp = warmUp;
        this.total = total;
        this.peak = optimizer.learningRate();
        optimizer.learningRate(rate());
    }

    /** Call after each step. */
    public void step() {
        step++;
        optimizer.learningRate(rate());
    }

    private double rate() {
        if (step < warmUp) return peak * (step + 1) / warmUp;
        double done = Math.min(1, (double) (step - warmUp) / (total - warmUp));
        return peak * 0.5 * (1 + StrictMath.cos(Math.PI * done));
    }
}
