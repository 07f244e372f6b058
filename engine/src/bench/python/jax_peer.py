"""Started by bench.py: the workloads in JAX as one writes them there, each one compiled function. jax_peer.py FOLDER CORES"""

import jax
import jax.numpy as jnp

import peer
from peer import BATCH, STEPS, load
from processes import available


def weights(name):
    """(weight, bias) of each layer, first to last; a weight is [outputs, inputs]."""
    saved = load(name)
    places = sorted({int(key.split(".")[0]) for key in saved})
    return [(jnp.asarray(saved[f"{place}.weight"]), jnp.asarray(saved[f"{place}.bias"])) for place in places]


def images(name, part):
    saved = load(name)
    return jnp.asarray(saved[part + "x"]), jnp.asarray(saved[part + "y"], jnp.int32)


def forward(net, x, key=None):
    """The scores; with a random key a fifth of each hidden layer is dropped."""
    for i, (w, b) in enumerate(net):
        x = x @ w.T + b
        if i == len(net) - 1:
            return x
        x = jax.nn.relu(x)
        if key is not None:
            key, here = jax.random.split(key)
            x = jnp.where(jax.random.bernoulli(here, 0.8, x.shape), x / 0.8, 0)


def cross_entropy(scores, labels):
    return jnp.mean(jax.nn.logsumexp(scores, 1) - jnp.take_along_axis(scores, labels[:, None], 1)[:, 0])


def scored(scores, labels):
    return {"accuracy": jnp.mean(scores.argmax(1) == labels).item(), "loss": cross_entropy(scores, labels).item()}


def descend(net, gradient, rate):
    return jax.tree.map(lambda p, g: p - rate * g, net, gradient)


def adam(p, gradient, state, rate, decay=0.0):
    """One step; the state is the two means and how many steps there were."""
    m, v, t = state
    t = t + 1
    gradient = jax.tree.map(lambda g, q: g + decay * q, gradient, p)
    m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, gradient)
    v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, gradient)
    p = jax.tree.map(lambda q, a, b: q - rate * (a / (1 - 0.9**t)) / (jnp.sqrt(b / (1 - 0.999**t)) + 1e-8), p, m, v)
    return p, (m, v, t)


def fresh(p):
    return jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), jnp.float32(0)


def descent(loss, net, rate):
    """A hundred steps of gradient descent; the result of a run is the last loss."""
    @jax.jit
    def training(net):
        def step(net, k):
            value, gradient = jax.value_and_grad(loss)(net)
            return descend(net, gradient, rate(k)), value
        return jax.lax.scan(step, net, jnp.arange(float(STEPS)))

    def run():
        _, losses = jax.block_until_ready(training(net))
        return lambda: {"loss": losses[-1].item()}
    return run


def moons():
    x, y = images("moons", "")
    sign = 2.0 * y - 1

    def loss(net):
        return jnp.mean(jax.nn.relu(1 - sign * forward(net, x)[:, 0])) + 1e-4 * sum((p * p).sum() for p in jax.tree.leaves(net))
    return descent(loss, weights("moons-weights"), lambda k: 1 - 0.9 * k / STEPS)


def rmse():
    x, y = images("digits", "train.")
    x, target = x[:20] / 16, jax.nn.one_hot(y[:20], 10)

    def loss(net):
        return jnp.sqrt(jnp.mean((forward(net, x) - target) ** 2, 1)).sum()
    return descent(loss, weights("digits-weights"), lambda k: 0.02)


def train():
    x, y = images("digits", "train.")
    test_x, test_y = images("digits", "test.")
    order = jnp.asarray(load("digits")["order"], jnp.int32)
    whole = len(x) // BATCH * BATCH

    def step(carry, rows):
        net, state, key = carry
        key, here = jax.random.split(key)
        gradient = jax.grad(lambda net: cross_entropy(forward(net, x[rows], here), y[rows]))(net)
        return (*adam(net, gradient, state, 2e-4, 1e-4), key), None

    def epoch(carry, order):
        carry, _ = jax.lax.scan(step, carry, order[:whole].reshape(-1, BATCH))
        return step(carry, order[whole:])          # the last batch is smaller

    @jax.jit
    def training(net, order, key):
        (net, *_), _ = jax.lax.scan(epoch, (net, fresh(net), key), order)
        return net

    start, key = weights("dropout-weights"), jax.random.key(0)

    def run():
        net = jax.block_until_ready(training(start, order, key))
        return lambda: {"accuracy": scored(forward(net, test_x), test_y)["accuracy"], "loss": scored(forward(net, x), y)["loss"]}
    return run


def dream():
    at_once = 500
    noise = jnp.asarray(load("digits")["noise"]).reshape(-1, at_once, 64)
    target = jnp.repeat(jnp.arange(10), 1000)
    net = weights("dreamer")

    @jax.jit
    def dreaming(noise, target):
        def step(carry, _):
            dreams, state = carry
            gradient = jax.grad(lambda z: at_once * cross_entropy(forward(net, jnp.clip(z, 0, 16)), target))(dreams)
            return adam(dreams, gradient, state, 0.1), None
        (dreams, _), _ = jax.lax.scan(step, (noise, fresh(noise)), length=STEPS)
        return jnp.clip(dreams, 0, 16)

    def run():
        blocks = [dreaming(block, labels) for block, labels in zip(noise, target.reshape(-1, at_once))]
        dreams = jax.block_until_ready(jnp.concatenate(blocks))
        return lambda: scored(forward(net, dreams), target)
    return run


def epoch(hidden, batch):
    batch = int(batch)
    x, y = images("images", "")
    count = len(x) // batch
    x, y = x[:count * batch].reshape(count, batch, -1), y[:count * batch].reshape(count, batch)
    start = weights(f"images-weights-{hidden}")

    @jax.jit
    def training(net, x, y):
        def step(net, batch):
            loss, gradient = jax.value_and_grad(lambda net: cross_entropy(forward(net, batch[0]), batch[1]))(net)
            return descend(net, gradient, 0.01), loss
        return jax.lax.scan(step, net, (x, y))

    def run():
        _, losses = jax.block_until_ready(training(start, x, y))
        return lambda: {"loss": losses[-1].item()}
    return run


def products(m, k, n, times):
    m, k, n = int(m), int(k), int(n)
    saved = load("matrices")
    a, b = jnp.asarray(saved["a"][:m * k].reshape(m, k)), jnp.asarray(saved["b"][:k * n].reshape(k, n))
    multiply = jax.jit(jnp.matmul)

    def run():
        for _ in range(int(times)):
            product = multiply(a, b)
        product.block_until_ready()
        return lambda: {"mean square": jnp.mean(product * product).item()}
    return run


if __name__ == "__main__":
    peer.serve({"moons": moons, "rmse": rmse, "train": train, "dream": dream, "epoch": epoch, "products": products},
               f"jax {jax.__version__}, XLA's own products, cores {len(available())}")
