"""make bench: draws how time and memory grow with the size of the work, ours beside PyTorch's, into target/growth.svg. growth.py [--quick]

Every point is a process of its own. It is started by the Python of target/bench/venv, which has matplotlib.
"""
import sys

import matplotlib
import matplotlib.pyplot as plt

import processes
import results

SIDES = {"javagrad": "#0072B2", "PyTorch": "#D55E00"}
QUICK = sys.argv[1:] == ["--quick"]
PICTURE = processes.BENCH / "quick.svg" if QUICK else processes.BENCH.parent / "growth.svg"
WARM_UP = {"javagrad": 0.1 if QUICK else 8, "PyTorch": 0.1 if QUICK else 2}      # a JVM on one core compiles beside its work
SECONDS = 0.1 if QUICK else 0.5
EVERY = 3 if QUICK else 1
SLOWEST_GRAPH = {"javagrad": 10**7, "PyTorch": 10**4 if QUICK else 10**6}      # beyond it, more than a minute


def main():
    if not (processes.BENCH / "nodes.safetensors").exists():
        raise SystemExit("the numbers to start from are missing: run bench.py first")
    version, home = list(processes.jdks().items())[-1]
    batch = curves(home, [4**k for k in range(7)], "step {} 128")
    width = curves(home, [2**k for k in range(4, 11)], "step 64 {}")
    nodes = curves(home, [10**k for k in range(2, 8)], "nodes {}")
    cores = {side: [measured(side, home, "dream", n) for n in range(1, len(processes.available()) + 1)] for side in SIDES}
    draw(version, [
        ("A training step of 784-128-10", "batch size", "seconds", batch, 1),
        ("A training step of 784-width-10, batch 64", "hidden width", "seconds", width, 1),
        ("A graph of single numbers", "nodes", "seconds", nodes, 1),
        ("10,000 dreams of 100 steps", "cores", "seconds", cores, 1),
        ("Memory of the step, with the whole process", "batch size", "megabytes", batch, 2),
        ("Memory of the graph, with the whole process", "nodes", "megabytes", nodes, 2),
    ])
    for name, curve in ("batch size", batch), ("hidden width", width), ("nodes", nodes):
        for n, m in results.cliffs([point[:2] for point in curve["javagrad"]]):
            print(f"cliff: from {name} {n} to {m} the time grows more than in proportion")
    print(f"drawn: {PICTURE}")


def curves(home, sizes, request):
    """{side: [(size, seconds, peak megabytes)]} on one core."""
    return {side: [measured(side, home, request.format(n), 1, n) for n in sizes[::EVERY]
                   if not request.startswith("nodes") or n <= SLOWEST_GRAPH[side]] for side in SIDES}


def measured(side, home, request, cores, size=None):
    start = processes.java(home, "growth", cores) if side == "javagrad" else processes.peer("torch", cores)
    with start as process:
        process.ask(f"{WARM_UP[side]} {request}")
        seconds = process.ask(f"{SECONDS} {request}")["seconds"]
        print(f"{side:9} {request:20} cores {cores}: {seconds:.3g} s", flush=True)
        return size or cores, seconds, (process.peak() or 0) / 1e6


def draw(version, panels):
    """Each panel is (title, x axis, y axis, curves, which number of a point is y)."""
    matplotlib.rcParams.update({"svg.hashsalt": "growth", "font.size": 9, "axes.titlesize": 9, "axes.spines.top": False, "axes.spines.right": False})
    figure, axes = plt.subplots(2, 3, figsize=(12, 6.5), layout="constrained")
    for ax, (title, x, y, curve, which) in zip(axes.flat, panels):
        for side, colour in SIDES.items():
            points = [(point[0], point[which]) for point in curve[side] if point[which]]
            if points:
                ax.plot(*zip(*points), "o-", color=colour, label=f"{side}, JDK {version}" if side == "javagrad" else side)
        if x == "cores":
            ax.set_ylim(bottom=0)
            ax.xaxis.get_major_locator().set_params(integer=True)
        else:
            ax.set_xscale("log")
            ax.set_yscale("log")
        ax.set(title=title, xlabel=x, ylabel=y)
        ax.grid(alpha=0.3)
    axes[0, 0].legend(frameon=False)
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    main()
