package grad.data;

import grad.Tensor;

/**
 * Some images for one training step.
 *
 * @param x their pixels, shape [b, d]
 * @param y their b labels
 */
public record Batch(float[] x, int[] y) {
    /** @throws IllegalArgumentException for no images, or pixels that cannot be shared out to them */
    public Batch {
        if (y.length == 0 || x.length % y.length != 0) {
            throw new IllegalArgumentException("Batch: " + x.length + " pixels for " + y.length + " labels");
        }
    }

    /** The number of images, b. */
    public int size() { return y.length; }

    /** Pixels per image, d. */
    public int features() { return x.length / y.length; }

    /** The pixels as a tensor [b, d], not copied. */
    public Tensor inputs() { return Tensor.wrap(x, size(), features()); }

    @Override public String toString() { return "Batch(x [" + size() + ", " + features() + "], y [" + size() + "])"; }
}
