package grad.plots;

/** Refuses what cannot be drawn, in one line that says why. */
final class Require {
    private Require() {}

    static void that(boolean holds, String otherwise) {
        if (!holds) throw new IllegalArgumentException(otherwise);
    }

    static void sameLength(String who, double[] x, double[] y) {
        that(x.length == y.length, who + ": x has " + x.length + " points, y has " + y.length);
        that(x.length > 0, who + ": there are no points to draw");
    }

    static double[] range(String who, double from, double to) {
        that(from < to && Double.isFinite(to - from), who + ": a range goes up from a number to a larger one, got " + from + " … " + to);
        return new double[] {from, to};
    }
}
