/**
 * Layers, networks and losses on top of {@link grad.Tensor}.
 * A layer is a function from tensor to tensor that may own parameters; a network is a list of layers.
 * There is no training mode to switch: {@code forward(x)} evaluates, {@code forward(x, rng)} trains.
 */
package grad.nn;
