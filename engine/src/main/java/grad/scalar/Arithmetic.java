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

    default T add(T b) { return apply(Op.ADD, b); }
    default T sub(T b) { return apply(Op.SUB, b); }
    default T mul(T b) { return apply(Op.MUL, b); }
    default T div(T b) { return apply(Op.DIV, b); }
    default T pow(T b) { return apply(Op.POW, b); }
    default T maximum(T b) { return apply(Op.MAX, b); }

    default T add(double b) { return add(constant(b)); }
    default T sub(double b) { return sub(constant(b)); }
    default T mul(double b) { return mul(constant(b)); }
    default T div(double b) { return div(constant(b)); }
    default T pow(double b) { return pow(constant(b)); }
    default T maximum(double b) { return maximum(constant(b)); }

    default T neg() { return apply(Op.NEG); }
    default T exp() { return apply(Op.EXP); }
    default T log() { return apply(Op.LOG); }
    default T sqrt() { return apply(Op.SQRT); }
    default T abs() { return apply(Op.ABS); }
    default T tanh() { return apply(Op.TANH); }
    default T relu() { return apply(Op.RELU); }
    default T sigmoid() { return apply(Op.SIGMOID); }
}
