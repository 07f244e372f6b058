package grad;

import grad.scalar.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** Checks a reader can see: each prints one line that says what holds, or throws and says what does not. */
public final class Check {
    private static final double TOLERANCE = 1e-6;
    private static final double FLOAT_TOLERANCE = 1e-2;
    private static final double NOISE = 0x1p-22 / 0x1p-6;        // some roundings of a float, seen through a nudge

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
        String offender = "";
        for (int i = 0; i < x.length; i++) {
            double numeric = centralDifference(f, at, i);
            double error = relativeError(x[i].grad, numeric, y.data);
            if (error <= worst) continue;        // NaN is not: it becomes the worst
            worst = error;
            offender = "input " + i + " has gradient " + x[i].grad + ", but finite differences give " + numeric;
            if (Double.isNaN(error)) break;
        }
        report(worst, TOLERANCE, offender, x.length);
    }

    /**
     * The same for tensors: the sum of the result, weighted at random, as each number of each input is nudged. It shows whether an
     * {@link Operation} of your own has the right gradient.
     *
     * @param f builds its result from the inputs it is given; called anew for every nudge
     * @param at where to compare, away from kinks; numbers of size about 1
     * @throws IllegalStateException when an input's two derivatives differ by more than one part in a hundred: floats cannot tell less
     */
    public static void gradient(Function<Tensor[], Tensor> f, Tensor... at) {
        Tensor[] x = new Tensor[at.length];
        for (int i = 0; i < x.length; i++) x[i] = Tensor.parameter(at[i]);
        Tensor y = f.apply(x);
        Tensor weights = Tensor.uniform(new Rng(1), 0.5, 1.5, y.shape());
        double noise = NOISE * size(y, weights);
        y.backward(weights);
        double worst = 0;
        String offender = "";
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < at[i].size(); k++) {
                double gradient = x[i].hasGrad() ? x[i].grad().data()[k] : 0;
                double numeric = centralDifference(f, at, i, k, weights);
                double error = Math.abs(gradient - numeric) <= noise ? 0 : relativeError(gradient, numeric, 0);
                if (error <= worst || Double.isNaN(worst)) continue;
                worst = error;
                offender = "number " + k + " of input " + i + (x[i].hasGrad() ? " has gradient " + gradient : " gets no gradient")
                        + ", but finite differences give " + numeric;
            }
        }
        report(worst, FLOAT_TOLERANCE, offender, x.length);
    }

    private static double centralDifference(Function<Tensor[], Tensor> f, Tensor[] at, int i, int k, Tensor weights) {
        float here = at[i].data()[k];
        float above = here + 0x1p-6f * Math.max(1, Math.abs(here));        // floats: closer, rounding would drown the difference
        float below = 2 * here - above;
        return (weighted(f, at, i, k, above, weights) - weighted(f, at, i, k, below, weights)) / ((double) above - below);
    }

    private static double weighted(Function<Tensor[], Tensor> f, Tensor[] at, int i, int k, float number, Tensor weights) {
        Tensor[] x = new Tensor[at.length];
        for (int j = 0; j < x.length; j++) x[j] = at[j].detach();
        x[i].update(numbers -> numbers[k] = number);
        Tensor y = f.apply(x);
        if (!Arrays.equals(y.shape(), weights.shape())) {
            throw new IllegalStateException("gradient check: the result has shape " + Arrays.toString(y.shape())
                    + " for a nudged input, and had " + Arrays.toString(weights.shape()));
        }
        double sum = 0;
        for (int j = 0; j < y.size(); j++) sum += (double) weights.data()[j] * y.data()[j];
        return sum;
    }

    /** The sum of the weighted result's sizes, of which the rounding of floats is a part. */
    private static double size(Tensor y, Tensor weights) {
        double size = 0;
        for (int j = 0; j < y.size(); j++) size += Math.abs((double) weights.data()[j] * y.data()[j]);
        return size;
    }

    private static void report(double worst, double tolerance, String offender, int inputs) {
        if (!(worst <= tolerance)) {
            throw new IllegalStateException("gradient check failed: " + offender + " (relative error " + shortly(worst) + ")");
        }
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
