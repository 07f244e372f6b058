/**
 * The engine: tensors that know how to differentiate themselves, and checks that prove they do it right.
 * The same story for single numbers is told in {@link grad.scalar}, which can be read alone.
 * Loops over arrays are in {@code grad.kernels}, which nobody else sees. Nothing here depends on anything but the JDK.
 */
package grad;
