package grad;

import grad.scalar.Value;
import java.util.Locale;
import java.util.function.Function;

/** Checks a reader can see: each prints one line that says what holds, or throws and says what does not. */
public final class Check {
    private static final double TOLERANCE = 1e-6;

    private Check() { }

    /**
     * Prints {@code ok: claim}.
     *
     * @throws IllegalStateException {@code claim failed: …} when it does not hold
     */
    public static void that(boolean holds, String claim) {
        if (!holds) throw new IllegalStateException("claim failed: " + claim);
        System.out.println("ok: " + claim);
    }

    /**
     * Compares the gradient that {@code backward()} finds with central differences, {@code (f(x + h) − f(x − h)) / 2h}, input by input.
     *
     * @param f builds its result from the leaves it is given; called anew for every nudge
     * @param at where to compare, away from kinks
     * @throws IllegalStateException when an input's two derivatives differ by more than one part in a million; the worst one is named
     */
    public static void gradient(Function<Value[], Value> f, double... at) {
        Value[] x = Value.leaves(at);
        Value y = f.apply(x);
        y.backward();
        double worst = 0;
        int inputs = x.length;
        String offender = "";
        for (int i = 0; i < inputs; i++) {
            double numeric = centralDifference(f, at, i);
            double error = relativeError(x[i].grad, numeric, y.data);
            if (error <= worst) continue;        // NaN is not: it becomes the worst
            worst = error;
            offender = "input " + i + " has gradient " + x[i].grad + ", but finite differences give " + numeric;
            if (Double.isNaN(error)) break;
        }
        if (!(worst <= TOLERANCE)) throw new IllegalStateException("gradient check failed: " + offender + " (relative error " + shortly(worst) + ")");
        System.out.println("ok: gradients of " + inputs + (inputs == 1 ? " input agree" : " inputs agree")
                + " with finite differences (worst relative error " + shortly(worst) + ")");
    }

    private static double centralDifference(Function<Value[], Value> f, double[] at, int i) {
        // the cube root of the rounding error balances rounding against the third derivative
        double h = StrictMath.cbrt(Math.ulp(1.0)) * Math.max(1, Math.abs(at[i]));
        double[] above = at.clone();
        double[] below = at.clone();
        above[i] += h;
        below[i] -= h;
        return (f.apply(Value.leaves(above)).data - f.apply(Value.leaves(below)).data) / (above[i] - below[i]);
    }

    /** Relative to the larger of the two, or to a thousandth of the result where both are smaller: differences cannot see below that. */
    private static double relativeError(double gradient, double numeric, double result) {
        double scale = Math.max(Math.max(Math.abs(gradient), Math.abs(numeric)), 1e-3 * Math.max(1, Math.abs(result)));
        return Math.abs(gradient - numeric) / scale;
    }

    private static String shortly(double error) { return String.format(Locale.ROOT, "%.1e", error); }
}
