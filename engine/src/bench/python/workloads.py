"""What bench.py measures: the workloads, who else does them, when two results count as equal, and what is aimed at.

W1 is two moons, W2 a graph of 100,000 numbers, W3 twenty digits, W4 the digits network and its dreams, W5 an epoch of 60,000 images and W6
products of matrices; cold is W4 from the start of a process. A target is what a ratio should reach: where it is missed, there is work left.

Quoted times were measured once, on one core of a server with AVX-512, and cannot be measured here: the code that they belong to is not a package.
"""
from dataclasses import dataclass, field

QUOTED_ON = "one core of a server with AVX-512"


@dataclass(frozen=True)
class Workload:
    name: str
    request: str
    peers: tuple                                       # measured beside ours
    tolerance: dict                                    # of each number of the result: how far two sides may be apart
    targets: dict = field(default_factory=dict)        # peer: the least ratio theirs / ours
    quoted: dict = field(default_factory=dict)         # peer: seconds
    runs: int = 1                                      # how much work one run of the request is
    scaled: dict = field(default_factory=dict)         # peer: by how much its run is smaller than ours
    nodes: int = 0                                     # of the graph, where a time per node says more
    most_per_node: float = 0                           # the aim, in nanoseconds
    flops: int = 0                                     # of one unit, where GF/s say more
    theirs: str = ""                                   # what the peers are asked, where they have no such thing as our request
    fresh: bool = False                                # timed from the start of a process


def graph(name, request, most):
    return Workload(name, f"{request} 100000", ("torch",), {"gradient": 1e-6}, quoted={"micrograd": 14_200e-9 * 100_000},
                    nodes=100_000, most_per_node=most, theirs="nodes 100000")


def epoch(hidden, batch, times_torch, minigrad):
    return Workload(f"W5 {hidden} b{batch}", f"epoch {hidden} {batch}", ("torch", "jax"), {"loss": 1e-3},
                    {"torch": times_torch, "jax": 1}, {"minigrad": minigrad})


def product(m, k, n, times_torch):
    runs = max(1, 100_000_000 // (m * k * n))
    return Workload(f"W6 {m}x{k}x{n}", f"products {m} {k} {n} {runs}", ("torch", "jax"), {"mean square": 0.01},
                    {"torch": times_torch}, runs=runs, flops=2 * m * k * n)


DIGITS = {"accuracy": 0.03, "loss": 0.002}             # dropout draws differ
MOONS = {"micrograd": 119.8}
NANOGRAD = {"nanograd": 206.0}

WORKLOADS = [
    Workload("W1 scalar", "moons-scalar", ("torch",), {"loss": 1e-4}, {"micrograd": 5000}, MOONS, theirs="moons"),
    Workload("W1 replay", "moons-replay", ("torch",), {"loss": 1e-4}, {"micrograd": 5000}, MOONS, theirs="moons"),
    Workload("W1 tensor", "moons", ("torch", "jax"), {"loss": 1e-4}, {"torch": 25, "jax": 1}, MOONS),
    graph("W2", "nodes", 25),
    graph("W2 replay", "nodes-replay", 4),
    Workload("W3 scalar", "rmse-scalar", ("torch",), {"loss": 1e-3}, {"nanograd": 5000}, NANOGRAD, theirs="rmse"),
    Workload("W3 replay", "rmse-replay", ("torch",), {"loss": 1e-3}, {"nanograd": 5000}, NANOGRAD, theirs="rmse"),
    Workload("W3 tensor", "rmse", ("torch", "jax"), {"loss": 1e-3}, {"torch": 25, "jax": 1}, NANOGRAD),
    Workload("W4 train", "train", ("torch", "jax", "post"), DIGITS, {"torch": 20, "jax": 2, "post": 60}),
    Workload("W4 dream", "dream", ("torch", "jax", "post"), {"accuracy": 0.01, "loss": 1e-5},
             {"torch": 4, "jax": 1, "post": 1000}, scaled={"post": 500}),
    epoch("64-64", 512, 1.2, 0.80),
    epoch("64-64", 64, 3, 1.93),
    epoch("128", 512, 1.2, 1.1),
    epoch("128", 64, 3, 1.1),
    product(64, 64, 64, 1),
    product(128, 784, 128, 1),
    product(512, 784, 64, 1),
    product(512, 784, 128, 1),
    product(1024, 1024, 1024, 0.9),
    Workload("cold", "train", ("torch", "jax"), DIGITS, {"torch": 1}, fresh=True),
]
