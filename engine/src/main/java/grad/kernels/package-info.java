/**
 * The loops: plain ones and those of the Vector API, which give the same bits, and what is built of them on whole arrays.
 * They know arrays, sizes and the table of operations, but no tensors. {@code Live} chooses, {@code Machine} says what there is to choose
 * from.
 * The module keeps this package to itself.
 */
package grad.kernels;
