/**
 * The loops: plain ones and those of the Vector API, which give the same bits, and what is built of them on whole arrays.
 * They know arrays, sizes and the table of operations, but no tensors. {@code Chosen} are in use, {@code Machine} says what there is.
 * The module keeps this package to itself. (The Java kernel for notebooks is another thing: {@code grad.kernel}.)
 */
package grad.kernels;
