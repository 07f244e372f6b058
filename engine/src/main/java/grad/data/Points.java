package grad.data;

/**
 * Points in the plane with a class each.
 *
 * @param x shape [n, 2]
 * @param y n labels, 0 or 1
 */
public record Points(double[][] x, int[] y) {
    /** The labels as targets for a score: −1 for class 0, 1 for class 1. */
    public double[] sign() {
        double[] sign = new double[y.length];
        for (int i = 0; i < y.length; i++) sign[i] = 2 * y[i] - 1;
        return sign;
    }

    public int size() { return y.length; }

    @Override public String toString() { return "Points(" + y.length + ")"; }
}
