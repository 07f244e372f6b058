package grad.kernels;

/**
 * One step of Adam (Kingma and Ba 2015, Algorithm 1), with all its numbers worked out: bias corrections, decay, rate. {@code Kernels.adam}
 * takes it. Denormal parameters become 0, and denormal moments where ε hides them: processors are a hundred times slower on them, and they
 * change nothing.
 *
 * @param rate α · √(1 − β₂ᵗ) / (1 − β₁ᵗ)
 * @param mix1 1 − β₁, the part of the gradient that enters its running mean; taken as it is, because 1 − 0.999f is not 0.001f
 * @param mix2 1 − β₂, the part of the squared gradient that enters its running mean
 * @param epsilon ε · √(1 − β₂ᵗ)
 * @param decay the part of the parameter that is added to its gradient (L2)
 * @param kept the factor the parameter shrinks by first (decoupled decay, Loshchilov and Hutter 2019); 1 for none
 */
public record AdamStep(float rate, float mix1, float mix2, float epsilon, float decay, float kept) {
    /** From here on ε is so much larger than the root of any denormal number that adding the one to the other does not change it. */
    private static final double HIDES_DENORMALS = Math.sqrt(Float.MIN_NORMAL) * (1 << 25);

    /** Moments smaller than this become 0. */
    float smallestMoment() { return epsilon >= HIDES_DENORMALS ? Float.MIN_NORMAL : 0f; }
}
