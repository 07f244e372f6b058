package grad.kernels;

import grad.scalar.Op;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The formulas of {@link Op} with the Vector API, one small loop each. What is left after the last whole vector, and the operations that
 * no loop is written for, go to {@link PlainPointwise}.
 */
final class VectorPointwise {
    private static final VectorSpecies<Float> F = VectorWidth.F;
    private static final int WIDTH = VectorWidth.WIDTH;
    private static final FloatVector ONE = FloatVector.broadcast(F, 1f);

    private VectorPointwise() { }

    /** See {@link Kernels#forward}. */
    static void forward(Op op, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int whole = n - n % WIDTH;
        switch (op) {
            case ADD -> add(a, ao, b, bo, y, yo, whole);
            case SUB -> sub(a, ao, b, bo, y, yo, whole);
            case MUL -> mul(a, ao, b, bo, y, yo, whole);
            case DIV -> div(a, ao, b, bo, y, yo, whole);
            case MAX -> max(a, ao, b, bo, y, yo, whole);
            case NEG -> neg(a, ao, y, yo, whole);
            case ABS -> abs(a, ao, y, yo, whole);
            case SQRT -> sqrt(a, ao, y, yo, whole);
            case RELU -> relu(a, ao, y, yo, whole);
            case EXP -> exp(a, ao, y, yo, whole);
            case LOG -> log(a, ao, y, yo, whole);
            case TANH -> tanh(a, ao, y, yo, whole);
            case SIGMOID -> sigmoid(a, ao, y, yo, whole);
            default -> whole = 0;
        }
        PlainPointwise.forward(op, a, ao + whole, b, bo + whole, y, yo + whole, n - whole);
    }

    /** See {@link Kernels#addDa}. */
    static void addDa(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        int whole = n - n % WIDTH;
        switch (op) {
            case ADD, SUB -> add(d, to, g, at, d, to, whole);
            case MUL -> addProduct(g, at, b, bo, d, to, whole);
            case DIV -> addQuotient(g, at, b, bo, d, to, whole);
            case NEG -> sub(d, to, g, at, d, to, whole);
            case RELU -> addWherePositive(a, ao, g, at, d, to, whole);
            case EXP -> addProduct(g, at, y, at, d, to, whole);
            case LOG -> addQuotient(g, at, a, ao, d, to, whole);
            case TANH -> addDaTanh(y, g, at, d, to, whole);
            case SIGMOID -> addDaSigmoid(y, g, at, d, to, whole);
            default -> whole = 0;
        }
        PlainPointwise.addDa(op, a, ao + whole, b, bo + whole, y, g, at + whole, d, to + whole, n - whole);
    }

    /** See {@link Kernels#addDb}. */
    static void addDb(Op op, float[] a, int ao, float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        int whole = n - n % WIDTH;
        switch (op) {
            case ADD -> add(d, to, g, at, d, to, whole);
            case SUB -> sub(d, to, g, at, d, to, whole);
            case MUL -> addProduct(g, at, a, ao, d, to, whole);
            case DIV -> addDbDiv(b, bo, y, g, at, d, to, whole);
            default -> whole = 0;
        }
        PlainPointwise.addDb(op, a, ao + whole, b, bo + whole, y, g, at + whole, d, to + whole, n - whole);
    }

    private static FloatVector load(float[] x, int at) { return FloatVector.fromArray(F, x, at); }

    private static void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(a, ao + i).add(load(b, bo + i)).intoArray(y, yo + i);
    }

    private static void sub(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(a, ao + i).sub(load(b, bo + i)).intoArray(y, yo + i);
    }

    private static void mul(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(a, ao + i).mul(load(b, bo + i)).intoArray(y, yo + i);
    }

    private static void div(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(a, ao + i).div(load(b, bo + i)).intoArray(y, yo + i);
    }

    private static void max(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(a, ao + i).max(load(b, bo + i)).intoArray(y, yo + i);
    }

    private static void neg(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(x, xo + i).neg().intoArray(y, yo + i);
    }

    private static void abs(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(x, xo + i).abs().intoArray(y, yo + i);
    }

    private static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) load(x, xo + i).sqrt().intoArray(y, yo + i);
    }

    private static void relu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) {
            FloatVector v = load(x, xo + i);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(y, yo + i);
        }
    }

    private static void exp(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) VectorPolynomials.exp(load(x, xo + i)).intoArray(y, yo + i);
    }

    private static void log(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) VectorPolynomials.log(load(x, xo + i)).intoArray(y, yo + i);
    }

    private static void tanh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) VectorPolynomials.tanh(load(x, xo + i)).intoArray(y, yo + i);
    }

    private static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += WIDTH) ONE.div(ONE.add(VectorPolynomials.exp(load(x, xo + i).neg()))).intoArray(y, yo + i);
    }

    private static void addProduct(float[] a, int ao, float[] b, int bo, float[] d, int to, int n) {
        for (int i = 0; i < n; i += WIDTH) load(d, to + i).add(load(a, ao + i).mul(load(b, bo + i))).intoArray(d, to + i);
    }

    private static void addQuotient(float[] a, int ao, float[] b, int bo, float[] d, int to, int n) {
        for (int i = 0; i < n; i += WIDTH) load(d, to + i).add(load(a, ao + i).div(load(b, bo + i))).intoArray(d, to + i);
    }

    private static void addDbDiv(float[] b, int bo, float[] y, float[] g, int at, float[] d, int to, int n) {
        for (int i = 0; i < n; i += WIDTH) {
            load(d, to + i).add(load(g, at + i).mul(load(y, at + i).neg().div(load(b, bo + i)))).intoArray(d, to + i);
        }
    }

    private static void addWherePositive(float[] x, int xo, float[] g, int at, float[] d, int to, int n) {
        for (int i = 0; i < n; i += WIDTH) {
            load(d, to + i).add(load(g, at + i).blend(0f, load(x, xo + i).compare(VectorOperators.LE, 0f))).intoArray(d, to + i);
        }
    }

    private static void addDaTanh(float[] y, float[] g, int at, float[] d, int to, int n) {
        for (int i = 0; i < n; i += WIDTH) {
            FloatVector v = load(y, at + i);
            load(d, to + i).add(load(g, at + i).mul(ONE.sub(v.mul(v)))).intoArray(d, to + i);
        }
    }

    private static void addDaSigmoid(float[] y, float[] g, int at, float[] d, int to, int n) {
        for (int i = 0; i < n; i += WIDTH) {
            FloatVector v = load(y, at + i);
            load(d, to + i).add(load(g, at + i).mul(v.mul(ONE.sub(v)))).intoArray(d, to + i);
        }
    }
}
