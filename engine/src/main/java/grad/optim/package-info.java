/**
 * Optimisers: what turns gradients into better parameters.
 * Each step changes the parameters in place and leaves their gradients as they are; {@code zeroGrad()} clears those,
 * and a parameter that gets no new one stays where it is.
 * What PyTorch has too goes by its name, with its defaults, and computes its numbers.
 */
package grad.optim;
