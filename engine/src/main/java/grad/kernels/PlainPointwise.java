package grad.kernels;

import grad.scalar.Op;

/**
 * The formulas of {@link Op} as loops over floats, most of which the JIT compiler turns into vector instructions by itself. Squares need no
 * power.
 */
final class PlainPointwise {
    private PlainPointwise() { }

    /** See {@link Kernels#forward}. */
    static void forward(Op op, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        switch (op) {
            case ADD -> { for (int i = 0; i < n; i++) y[yo + i] = a[ao + i] + b[bo + i]; }
            case SUB -> { for (int i = 0; i < n; i++) y[yo + i] = a[ao + i] - b[bo + i]; }
            case MUL -> { for (int i = 0; i < n; i++) y[yo + i] = a[ao + i] * b[bo + i]; }
            case DIV -> { for (int i = 0; i < n; i++) y[yo + i] = a[ao + i] / b[bo + i]; }
            case MAX -> { for (int i = 0; i < n; i++) y[yo + i] = Math.max(a[ao + i], b[bo + i]); }
            case NEG -> { for (int i = 0; i < n; i++) y[yo + i] = -a[ao + i]; }
            case ABS -> { for (int i = 0; i < n; i++) y[yo + i] = Math.abs(a[ao + i]); }
            case SQRT -> { for (int i = 0; i < n; i++) y[yo + i] = (float) Math.sqrt(a[ao + i]); }
            case RELU -> { for (int i = 0; i < n; i++) y[yo + i] = a[ao + i] < 0 ? 0 : a[ao + i]; }
            case EXP -> { for (int i = 0; i < n; i++) y[yo + i] = Polynomials.exp(a[ao + i]); }
            case LOG -> { for (int i = 0; i < n; i++) y[yo + i] = Polynomials.log(a[ao + i]); }
            case TANH -> { for (int i = 0; i < n; i++) y[yo + i] = Polynomials.tanh(a[ao + i]); }
            case SIGMOID -> { for (int i = 0; i < n; i++) y[yo + i] = 1f / (1f + Polynomials.exp(-a[ao + i])); }
            case POW -> { for (int i = 0; i < n; i++) y[yo + i] = pow(a[ao + i], b[bo + i]); }
            default -> { for (int i = 0; i < n; i++) y[yo + i] = (float) op.forward(a[ao + i], b[bo + i]); }
        }
    }

    private static float pow(float a, float b) { return b == 2 ? a * a : (float) Op.POW.forward(a, b); }

    private static float powDa(float a, float b, float y) { return b == 2 ? 2 * a : (float) Op.POW.da(a, b, y); }

    /** See {@link Kernels#addDa}. */
    static void addDa(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        switch (op) {
            case ADD, SUB -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i]; }
            case MUL -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * b[bo + i]; }
            case DIV -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] / b[bo + i]; }
            case NEG -> { for (int i = 0; i < n; i++) d[to + i] -= g[at + i]; }
            case SQRT -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * 0.5f / y[at + i]; }
            case RELU -> { for (int i = 0; i < n; i++) d[to + i] += a[ao + i] <= 0 ? 0 : g[at + i]; }
            case EXP -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * y[at + i]; }
            case LOG -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] / a[ao + i]; }
            case TANH -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * (1f - y[at + i] * y[at + i]); }
            case SIGMOID -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * (y[at + i] * (1f - y[at + i])); }
            case POW -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * powDa(a[ao + i], b[bo + i], y[at + i]); }
            default -> {
                for (int i = 0; i < n; i++) d[to + i] += (float) op.passOn((float) op.da(a[ao + i], b[bo + i], y[at + i]), g[at + i]);
            }
        }
    }

    /** See {@link Kernels#addDb}. */
    static void addDb(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        switch (op) {
            case ADD -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i]; }
            case SUB -> { for (int i = 0; i < n; i++) d[to + i] -= g[at + i]; }
            case MUL -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * a[ao + i]; }
            case DIV -> { for (int i = 0; i < n; i++) d[to + i] += g[at + i] * (-y[at + i] / b[bo + i]); }
            default -> {
                for (int i = 0; i < n; i++) d[to + i] += (float) op.passOn((float) op.db(a[ao + i], b[bo + i], y[at + i]), g[at + i]);
            }
        }
    }
}
