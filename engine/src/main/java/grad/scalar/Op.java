package grad.scalar;

import java.util.Locale;

/**
 * The operations, each with its local derivatives right below its forward line. {@link Value} (reverse mode),
 * {@link Graph} (replay) and {@link Dual} (forward mode) all read this table; the loops of tensors repeat it for floats, and are held to it
 * by tests.
 *
 * <p>An operation computes {@code y} from {@code a} and, when it takes two operands, {@code b}; {@code da} and {@code db} are
 * ∂y/∂a and ∂y/∂b. They receive {@code y} too, because many derivatives are shortest when written with the result.
 */
public enum Op {
    /** A number nobody computed, such as an input or a parameter; its gradient is collected. */
    LEAF(0, "", "", "", ""),

    /** A plain number that took part in an expression, such as the 3 of {@code x.mul(3)}; it has no gradient. */
    CONST(0, "", "", "", ""),

    ADD(2, "+", "a + b", "1", "1") {
        @Override public double forward(double a, double b) { return a + b; }
        @Override public double da(double a, double b, double y) { return 1; }
        @Override public double db(double a, double b, double y) { return 1; }
    },

    SUB(2, "−", "a − b", "1", "−1") {
        @Override public double forward(double a, double b) { return a - b; }
        @Override public double da(double a, double b, double y) { return 1; }
        @Override public double db(double a, double b, double y) { return -1; }
    },

    MUL(2, "·", "a · b", "b", "a") {
        @Override public double forward(double a, double b) { return a * b; }
        @Override public double da(double a, double b, double y) { return b; }
        @Override public double db(double a, double b, double y) { return a; }
    },

    DIV(2, "/", "a / b", "1 / b", "−y / b") {
        @Override public double forward(double a, double b) { return a / b; }
        @Override public double da(double a, double b, double y) { return 1 / b; }
        @Override public double db(double a, double b, double y) { return -y / b; }
    },

    /** Where a is 0 the formulas give 0·∞ for the flat a⁰ and 0ᵇ; their slope is 0, as in PyTorch. */
    POW(2, "^", "aᵇ", "b · aᵇ⁻¹", "y · log a") {
        @Override public double forward(double a, double b) { return StrictMath.pow(a, b); }
        @Override public double da(double a, double b, double y) { return b == 0 ? 0 : b * StrictMath.pow(a, b - 1); }
        @Override public double db(double a, double b, double y) { return a == 0 && b >= 0 ? 0 : y * StrictMath.log(a); }
    },

    /** Where both are equal the derivative is shared half and half, and where one is NaN both have it, as in PyTorch. */
    MAX(2, "max", "max(a, b)", "1 if a > b, ½ if a = b, else 0", "1 − ∂y/∂a") {
        @Override public double forward(double a, double b) { return Math.max(a, b); }
        @Override public double da(double a, double b, double y) { return a < b ? 0 : a == b ? 0.5 : 1; }
        @Override public double db(double a, double b, double y) { return b < a ? 0 : a == b ? 0.5 : 1; }
    },

    /** The smaller of the two, shared as {@link #MAX} is. */
    MIN(2, "min", "min(a, b)", "1 if a < b, ½ if a = b, else 0", "1 − ∂y/∂a") {
        @Override public double forward(double a, double b) { return Math.min(a, b); }
        @Override public double da(double a, double b, double y) { return a > b ? 0 : a == b ? 0.5 : 1; }
        @Override public double db(double a, double b, double y) { return b > a ? 0 : a == b ? 0.5 : 1; }
    },

    /** A mask: a step has slope 0 everywhere but where it jumps, and there it has none. */
    GT(2, ">", "1 if a > b, else 0", "0", "0") {
        @Override public double forward(double a, double b) { return a > b ? 1 : 0; }
        @Override public double da(double a, double b, double y) { return 0; }
        @Override public double db(double a, double b, double y) { return 0; }
    },

    LT(2, "<", "1 if a < b, else 0", "0", "0") {
        @Override public double forward(double a, double b) { return a < b ? 1 : 0; }
        @Override public double da(double a, double b, double y) { return 0; }
        @Override public double db(double a, double b, double y) { return 0; }
    },

    EQ(2, "=", "1 if a = b, else 0", "0", "0") {
        @Override public double forward(double a, double b) { return a == b ? 1 : 0; }
        @Override public double da(double a, double b, double y) { return 0; }
        @Override public double db(double a, double b, double y) { return 0; }
    },

    /** One term of {@link Value#dot}: the sum runs over any number of pairs, and each pair is differentiated as written here. */
    DOT(2, "w·x", "Σ a · b", "b", "a") {
        @Override public double forward(double a, double b) { return a * b; }
        @Override public double da(double a, double b, double y) { return b; }
        @Override public double db(double a, double b, double y) { return a; }
    },

    NEG(1, "neg", "−a", "−1", "") {
        @Override public double forward(double a, double b) { return -a; }
        @Override public double da(double a, double b, double y) { return -1; }
    },

    EXP(1, "exp", "exp a", "y", "") {
        @Override public double forward(double a, double b) { return StrictMath.exp(a); }
        @Override public double da(double a, double b, double y) { return y; }
    },

    LOG(1, "log", "log a", "1 / a", "") {
        @Override public double forward(double a, double b) { return StrictMath.log(a); }
        @Override public double da(double a, double b, double y) { return 1 / a; }
    },

    SQRT(1, "√", "√a", "½ / y", "") {
        @Override public double forward(double a, double b) { return Math.sqrt(a); }
        @Override public double da(double a, double b, double y) { return 0.5 / y; }
    },

    RSQRT(1, "1/√", "1 / √a", "−½ · y³", "") {
        @Override public double forward(double a, double b) { return 1 / Math.sqrt(a); }
        @Override public double da(double a, double b, double y) { return -0.5 * y * y * y; }
    },

    SIN(1, "sin", "sin a", "cos a", "") {
        @Override public double forward(double a, double b) { return StrictMath.sin(a); }
        @Override public double da(double a, double b, double y) { return StrictMath.cos(a); }
    },

    COS(1, "cos", "cos a", "−sin a", "") {
        @Override public double forward(double a, double b) { return StrictMath.cos(a); }
        @Override public double da(double a, double b, double y) { return -StrictMath.sin(a); }
    },

    /** The derivative at the kink is 0. */
    ABS(1, "abs", "|a|", "sign a", "") {
        @Override public double forward(double a, double b) { return Math.abs(a); }
        @Override public double da(double a, double b, double y) { return Math.signum(a); }
    },

    TANH(1, "tanh", "tanh a", "1 − y²", "") {
        @Override public double forward(double a, double b) { return StrictMath.tanh(a); }
        @Override public double da(double a, double b, double y) { return 1 - y * y; }
    },

    /** Written as {@code a < 0 ? 0 : a} so that NaN stays NaN; the derivative at the kink is 0, as in PyTorch. */
    RELU(1, "relu", "max(0, a)", "1 if a > 0, else 0", "") {
        @Override public double forward(double a, double b) { return a < 0 ? 0 : a; }
        @Override public double da(double a, double b, double y) { return a <= 0 ? 0 : 1; }
    },

    SIGMOID(1, "σ", "1 / (1 + exp(−a))", "y · (1 − y)", "") {
        @Override public double forward(double a, double b) { return 1 / (1 + StrictMath.exp(-a)); }
        @Override public double da(double a, double b, double y) { return y * (1 - y); }
    };

    private final String word = name().toLowerCase(Locale.ROOT);
    private final int arity;
    private final String symbol;
    private final String formula;
    private final String formulaDa;
    private final String formulaDb;
    private final boolean mask = name().matches("GT|LT|EQ");
    private final boolean cutsOff = mask || name().matches("RELU|MAX|MIN");

    Op(int arity, String symbol, String formula, String formulaDa, String formulaDb) {
        this.arity = arity;
        this.symbol = symbol;
        this.formula = formula;
        this.formulaDa = formulaDa;
        this.formulaDb = formulaDb;
    }

    /** The result y for operands a and b; an operation of one operand ignores b. */
    public double forward(double a, double b) { throw new UnsupportedOperationException(this + " computes nothing"); }

    /** The local derivative ∂y/∂a. */
    public double da(double a, double b, double y) { throw new UnsupportedOperationException(this + " computes nothing"); }

    /** The local derivative ∂y/∂b. */
    public double db(double a, double b, double y) { throw new UnsupportedOperationException(this + " has no second operand"); }

    /**
     * What an operand receives: its local derivative times the gradient g of y. Where a kink cuts an operand off it receives nothing, even
     * of an infinite g; elsewhere 0 · ∞ is NaN, as anybody would compute it.
     */
    public double passOn(double derivative, double g) { return derivative == 0 && cutsOff ? 0 : derivative * g; }

    /** Whether it compares: no gradient comes through. */
    public boolean isMask() { return mask; }

    /** Its name as a method has it, such as {@code add}. */
    public String word() { return word; }

    /** How many operands it takes: 0, 1 or 2. */
    public int arity() { return arity; }

    /** Refuses any other number of operands. */
    public void takes(int operands) {
        if (arity == 0) throw new IllegalArgumentException(this + " computes nothing");
        if (arity != operands) {
            throw new IllegalArgumentException(this + " takes " + (arity == 1 ? "1 operand" : arity + " operands") + ", got " + operands);
        }
    }

    /** The sign for a drawing, such as {@code +} or {@code tanh}; empty for numbers nobody computed. */
    public String symbol() { return symbol; }

    /** The forward formula for people, in a and b. */
    public String formula() { return formula; }

    /** ∂y/∂a for people, in a, b and y. */
    public String formulaDa() { return formulaDa; }

    /** ∂y/∂b for people, in a, b and y; empty when there is no b. */
    public String formulaDb() { return formulaDb; }
}
