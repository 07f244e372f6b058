/**
 * Optimisers: what turns gradients into better parameters.
 * Each step changes the parameters in place and leaves their gradients as they are; {@code zeroGrad()} clears those.
 * Names and defaults are PyTorch's, and so are the numbers.
 */
package grad.optim;
