/**
 * The engine: tensors that know how to differentiate themselves, and checks that prove they do it right.
 * The same story for single numbers is told in {@link grad.scalar}, which can be read alone.
 * Nothing here depends on anything but the JDK.
 */
package grad;
