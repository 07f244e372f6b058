package grad.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Polynomials} with the Vector API: every lane goes through the same operations in the same order. */
final class VectorPolynomials {
    private static final VectorSpecies<Float> F = VectorWidth.F;

    // Vectors of one number each. Made anew in every loop, they would use up what the compiler is willing to inline, and the rest become
    // objects.
    private static final FloatVector LOG2_E = broadcast(Polynomials.LOG2_E);
    private static final FloatVector ROUND = broadcast(Polynomials.ROUND);
    private static final FloatVector LN2_HIGH = broadcast(Polynomials.LN2_HIGH);
    private static final FloatVector LN2_LOW = broadcast(Polynomials.LN2_LOW);
    private static final FloatVector E5 = broadcast(Polynomials.E5);
    private static final FloatVector E4 = broadcast(Polynomials.E4);
    private static final FloatVector E3 = broadcast(Polynomials.E3);
    private static final FloatVector E2 = broadcast(Polynomials.E2);
    private static final FloatVector E1 = broadcast(Polynomials.E1);
    private static final FloatVector E0 = broadcast(Polynomials.E0);
    private static final FloatVector L8 = broadcast(Polynomials.L8);
    private static final FloatVector L7 = broadcast(Polynomials.L7);
    private static final FloatVector L6 = broadcast(Polynomials.L6);
    private static final FloatVector L5 = broadcast(Polynomials.L5);
    private static final FloatVector L4 = broadcast(Polynomials.L4);
    private static final FloatVector L3 = broadcast(Polynomials.L3);
    private static final FloatVector L2 = broadcast(Polynomials.L2);
    private static final FloatVector L1 = broadcast(Polynomials.L1);
    private static final FloatVector L0 = broadcast(Polynomials.L0);
    private static final FloatVector T4 = broadcast(Polynomials.T4);
    private static final FloatVector T3 = broadcast(Polynomials.T3);
    private static final FloatVector T2 = broadcast(Polynomials.T2);
    private static final FloatVector T1 = broadcast(Polynomials.T1);
    private static final FloatVector T0 = broadcast(Polynomials.T0);
    private static final FloatVector ONE = broadcast(1f);
    private static final FloatVector TWO = broadcast(2f);
    private static final FloatVector MINUS_HALF = broadcast(-0.5f);

    private VectorPolynomials() { }

    /** {@link Polynomials#exp}, lane by lane. */
    static FloatVector exp(FloatVector x) {
        x = x.blend(Polynomials.EXP_MAX, x.compare(VectorOperators.GT, Polynomials.EXP_MAX));
        x = x.blend(Polynomials.EXP_MIN, x.compare(VectorOperators.LT, Polynomials.EXP_MIN));
        FloatVector shifted = x.fma(LOG2_E, ROUND);
        IntVector n = shifted.reinterpretAsInts().sub(Polynomials.ROUND_BITS);
        FloatVector minusWhole = shifted.sub(ROUND).neg();
        FloatVector r = minusWhole.fma(LN2_HIGH, x);
        r = minusWhole.fma(LN2_LOW, r);
        FloatVector p = E5.fma(r, E4);
        p = p.fma(r, E3);
        p = p.fma(r, E2);
        p = p.fma(r, E1);
        p = p.fma(r, E0);
        p = p.fma(r.mul(r), r).add(1f);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** {@link Polynomials#log}, lane by lane. */
    static FloatVector log(FloatVector x) {
        VectorMask<Float> denormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector scaled = x.blend(x.mul(Polynomials.DENORMAL_SCALE), denormal);
        IntVector bits = scaled.reinterpretAsInts().sub(Polynomials.SQRT_HALF_BITS);
        IntVector e = bits.lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.and(0x007fffff).add(Polynomials.SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
        FloatVector whole = e.add(Polynomials.ROUND_BITS).reinterpretAsFloats().sub(ROUND);
        whole = whole.blend(whole.sub(23f), denormal);
        FloatVector p = L8.fma(f, L7);
        p = p.fma(f, L6);
        p = p.fma(f, L5);
        p = p.fma(f, L4);
        p = p.fma(f, L3);
        p = p.fma(f, L2);
        p = p.fma(f, L1);
        p = p.fma(f, L0);
        FloatVector square = f.mul(f);
        FloatVector y = p.mul(f).mul(square);
        y = whole.fma(LN2_LOW, y);
        y = MINUS_HALF.fma(square, y);
        y = whole.fma(LN2_HIGH, f.add(y));
        y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
        return broadcast(Float.NaN).blend(y, x.compare(VectorOperators.GE, 0f));
    }

    /** {@link Polynomials#tanh}, lane by lane. */
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector square = x.mul(x);
        FloatVector p = T4.fma(square, T3);
        p = p.fma(square, T2);
        p = p.fma(square, T1);
        p = p.fma(square, T0);
        FloatVector small = p.mul(square).fma(size, size);
        FloatVector capped = size.blend(Polynomials.TANH_ONE, size.compare(VectorOperators.GT, Polynomials.TANH_ONE));
        FloatVector large = ONE.sub(TWO.div(exp(capped.add(capped)).add(1f)));
        FloatVector y = large.blend(small, size.compare(VectorOperators.LT, Polynomials.TANH_SMALL));
        IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
        return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    private static FloatVector broadcast(float x) { return FloatVector.broadcast(F, x); }
}
