package grad.optim;

/** Multiplies the learning rate by a factor after every so many epochs. */
public final class StepLR {
    private final Optimizer optimizer;
    private final int every;
    private final double factor;
    private final double start;
    private int epoch;

    /** {@code new StepLR(optimizer, 100, 0.1)} divides the rate by ten after epochs 100, 200, … */
    public StepLR(Optimizer optimizer, int every, double factor) {
        if (every < 1) throw new IllegalArgumentException("StepLR: needs at least 1 epoch between steps, got " + every);
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("StepLR: the factor must be finite and not negative, got " + factor);
        }
        this.optimizer = optimizer;
        this.every = every;
        this.factor = factor;
        this.start = optimizer.learningRate();
    }

    /** Call after each epoch. */
    public void step() {
        epoch++;
        optimizer.learningRate(start * StrictMath.pow(factor, epoch / every));
    }
}
