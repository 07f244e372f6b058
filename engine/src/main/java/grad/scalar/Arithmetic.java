package grad.scalar;

/**
 * The vocabulary of formulas. {@link Value} and {@link Dual} both speak it, so one method
 * {@code <T extends Arithmetic<T>> T f(T x, T y)} can be differentiated backwards and forwards.
 *
 * @param <T> the kind of number, which every operation returns
 */
public interface Arithmetic<T extends Arithmetic<T>> {
    /** Applies an operation of one operand to this number. */
    T apply(Op op);

    /** Applies an operation of two operands to this number and {@code b}. */
    T apply(Op op, T b);

    /** A number of the same kind that is not differentiated. */
    T constant(double c);

    /** {@code this + b}. */
    default T add(T b) { return apply(Op.ADD, b); }

    /** {@code this − b}. */
    default T sub(T b) { return apply(Op.SUB, b); }

    /** {@code this · b}, element by element. */
    default T mul(T b) { return apply(Op.MUL, b); }

    /** {@code this / b}. */
    default T div(T b) { return apply(Op.DIV, b); }

    /** {@code this} to the power of {@code b}. */
    default T pow(T b) { return apply(Op.POW, b); }

    /** The larger of the two. */
    default T maximum(T b) { return apply(Op.MAX, b); }

    /** The smaller of the two. */
    default T minimum(T b) { return apply(Op.MIN, b); }

    /** 1 where {@code this > b}, else 0: a mask, through which no gradient comes. */
    default T gt(T b) { return apply(Op.GT, b); }

    /** 1 where {@code this < b}, else 0. */
    default T lt(T b) { return apply(Op.LT, b); }

    /** 1 where {@code this = b}, else 0. */
    default T eq(T b) { return apply(Op.EQ, b); }

    /** {@code this + b}. */
    default T add(double b) { return add(constant(b)); }

    /** {@code this − b}. */
    default T sub(double b) { return sub(constant(b)); }

    /** {@code this · b}. */
    default T mul(double b) { return mul(constant(b)); }

    /** {@code this / b}. */
    default T div(double b) { return div(constant(b)); }

    /** {@code this} to the power of {@code b}. */
    default T pow(double b) { return pow(constant(b)); }

    /** The larger of the two. */
    default T maximum(double b) { return maximum(constant(b)); }

    /** The smaller of the two. */
    default T minimum(double b) { return minimum(constant(b)); }

    /** 1 where {@code this > b}, else 0. */
    default T gt(double b) { return gt(constant(b)); }

    /** 1 where {@code this < b}, else 0. */
    default T lt(double b) { return lt(constant(b)); }

    /** 1 where {@code this = b}, else 0. */
    default T eq(double b) { return eq(constant(b)); }

    /** {@code −this}. */
    default T neg() { return apply(Op.NEG); }

    /** e to the power of this. */
    default T exp() { return apply(Op.EXP); }

    /** The natural logarithm. */
    default T log() { return apply(Op.LOG); }

    /** The square root. */
    default T sqrt() { return apply(Op.SQRT); }

    /** {@code 1 / √this}. */
    default T rsqrt() { return apply(Op.RSQRT); }

    /** The sine of an angle in radians. */
    default T sin() { return apply(Op.SIN); }

    /** The cosine of an angle in radians. */
    default T cos() { return apply(Op.COS); }

    /** The size without the sign. */
    default T abs() { return apply(Op.ABS); }

    /** The hyperbolic tangent: an S from −1 to 1 with slope 1 at 0. */
    default T tanh() { return apply(Op.TANH); }

    /** {@code max(0, this)}, the rectifier. */
    default T relu() { return apply(Op.RELU); }

    /** {@code 1 / (1 + exp(−this))}, an S from 0 to 1. */
    default T sigmoid() { return apply(Op.SIGMOID); }
}
