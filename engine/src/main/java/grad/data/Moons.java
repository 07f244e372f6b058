package grad.data;

import java.util.random.RandomGenerator;

/** Two interleaved half circles, the field's favourite set that no straight line can separate. */
public final class Moons {
    private Moons() { }

    /**
     * The formula of scikit-learn's {@code make_moons}: the outer moon is (cos t, sin t), the inner one (1 − cos t, ½ − sin t), t from
     * 0 to π. Points alternate between the moons.
     *
     * @param n how many points, at least 2; the inner moon (class 1) gets half of them, rounded up
     * @param noise standard deviation of the Gaussian noise on each coordinate
     */
    public static Points points(int n, double noise, RandomGenerator rng) {
        if (n < 2) throw new IllegalArgumentException("Moons needs at least 2 points, got " + n);
        if (!(noise >= 0 && noise <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("Moons: noise must be finite and 0 or more, got " + noise);
        }
        double[][] x = new double[n][];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = (n - 1 - i) % 2 == 0 ? 1 : 0;
            int onThisMoon = y[i] == 1 ? n - n / 2 : n / 2;
            double t = Math.PI * (i / 2) / Math.max(1, onThisMoon - 1);
            double cos = StrictMath.cos(t);
            double sin = StrictMath.sin(t);
            double dx = noise * rng.nextGaussian();
            double dy = noise * rng.nextGaussian();
            x[i] = y[i] == 0 ? new double[] {cos + dx, sin + dy} : new double[] {1 - cos + dx, 0.5 - sin + dy};
        }
        return new Points(x, y);
    }
}
