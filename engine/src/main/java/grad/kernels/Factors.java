package grad.kernels;

/**
 * The factors of a matrix product {@code op(a) · op(b)} of shape [m, n], where {@code op} transposes when asked to: a is [m, k] or,
 * transposed, [k, m]; b is [k, n] or, transposed, [n, k]. They start at {@code ao} and {@code bo} of their arrays.
 */
public record Factors(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int ao, float[] b, int bo) { }
