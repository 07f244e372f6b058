package grad.data;

import java.util.random.RandomGenerator;

/** Points inside and outside the unit circle. */
public final class Circle {
    /** Half the side of the square that points are drawn from; the circle covers half of its area. */
    public static final double EXTENT = 1.25;

    private Circle() { }

    /**
     * {@code n} points uniform in the square |x| ≤ {@link #EXTENT}, |y| ≤ {@link #EXTENT}: class 1 inside the unit circle, class 0 outside.
     */
    public static Points points(int n, RandomGenerator rng) {
        if (n < 1) throw new IllegalArgumentException("Circle needs at least 1 point, got " + n);
        double[][] x = new double[n][2];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 2; j++) x[i][j] = EXTENT * (2 * rng.nextDouble() - 1);
            y[i] = x[i][0] * x[i][0] + x[i][1] * x[i][1] < 1 ? 1 : 0;
        }
        return new Points(x, y);
    }
}
