package grad.scalar;

/**
 * A dual number: a value together with its derivative along one direction. Arithmetic on duals is forward-mode differentiation:
 * one pass gives the derivative with respect to one input, so n inputs need n passes.
 *
 * @param data the value
 * @param tangent the derivative of the value along the chosen direction
 */
public record Dual(double data, double tangent) implements Arithmetic<Dual> {
    /** The input that is differentiated in this pass: its tangent is 1. */
    public static Dual variable(double data) { return new Dual(data, 1); }

    /** An input that is held fixed in this pass: its tangent is 0. */
    public static Dual fixed(double data) { return new Dual(data, 0); }

    @Override public Dual constant(double c) { return fixed(c); }

    @Override public Dual apply(Op op) {
        op.takes(1);
        double y = op.forward(data, 0);
        return new Dual(y, along(op, op.da(data, 0, y), tangent));
    }

    @Override public Dual apply(Op op, Dual b) {
        op.takes(2);
        if (b == null) throw new NullPointerException(op + ": the second operand is null");
        double y = op.forward(data, b.data);
        return new Dual(y, along(op, op.da(data, b.data, y), tangent) + along(op, op.db(data, b.data, y), b.tangent));
    }

    /** A fixed operand adds nothing, even where its derivative does not exist: x² has no ∂/∂exponent for x < 0, √x no slope at 0. */
    private static double along(Op op, double derivative, double tangent) { return tangent == 0 ? 0 : op.passOn(derivative, tangent); }

    @Override public String toString() { return "Dual(" + Value.text(data) + ", tangent " + Value.text(tangent) + ")"; }
}
