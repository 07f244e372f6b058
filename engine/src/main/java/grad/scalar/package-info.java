/**
 * Backpropagation on single numbers: {@link grad.scalar.Op} knows calculus, {@link grad.scalar.Value} remembers what was computed,
 * {@link grad.scalar.Graph} replays it, {@link grad.scalar.MLP} learns with it.
 * Read {@code Op} first, then {@code Value}; everything else is built from those two.
 * All numbers are doubles and exp, log, tanh and powers come from {@link java.lang.StrictMath}, so every machine computes the same bits.
 */
package grad.scalar;
