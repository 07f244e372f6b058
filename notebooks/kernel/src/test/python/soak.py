"""An hour of training in the installed kernel `java`: memory stays flat, the speed stays, and every repetition ends with the same bits.

    JUPYTER_PATH=<data folder> MINUTES=60 python soak.py

The network is trained over and over from the same seed, in cells of CELL_SECONDS each, and once more in a fresh kernel. The run is cut into
six windows. A window's speed is the processor time of its fastest training, and its size the median over its cells: others who use the machine
make trainings slower, never faster, and among hundreds in a window a few run undisturbed.
"""
import json
import os
import subprocess
import sys
import time
from statistics import median

from training import training

MINUTES = float(os.environ.get("MINUTES", "60"))
CELL_SECONDS = 10
WINDOWS = 6
MOST_SLOWER = 0.10
MOST_MORE = {"heap": 4, "process": 32}      # MB; JShell keeps every cell it has run, compiled code and the heap's spare room come and go

CELLS = """
long processorTime() { return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }

void trainFor(double seconds) throws Exception {
    Set<String> weights = new TreeSet<>();
    int trainings = 0;
    long start = System.nanoTime(), fastest = Long.MAX_VALUE;
    do {
        long before = processorTime();
        begin();
        epochs(0, 200);
        fastest = Math.min(fastest, processorTime() - before);
        weights.add(weights());
        trainings++;
    } while (System.nanoTime() - start < seconds * 1e9);
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(Locale.ROOT, "{\\"pid\\": %d, \\"weights\\": \\"%s\\", \\"trainings\\": %d, \\"fastest\\": %.5f, \\"heap\\": %.3f}",
            ProcessHandle.current().pid(), String.join(" ", weights), trainings, fastest * 1e-9, heap * 1e-6);
}
"""


def train(kernel, seconds):
    """Trains for so long and returns what was measured; sizes in MB."""
    measured = json.loads(kernel.run(f"trainFor({seconds});"))
    kilobytes = subprocess.check_output(["ps", "-o", "rss=", "-p", str(measured["pid"])])
    return measured | {"process": int(kilobytes) * 1.024e-3}


def soak():
    """What every cell measured, window by window."""
    windows = []
    with training() as kernel:
        kernel.run(CELLS)
        start = time.monotonic()
        for number in range(1, WINDOWS + 1):
            end = number * MINUTES / WINDOWS
            cells = [train(kernel, CELL_SECONDS)]
            while time.monotonic() < start + end * 60:
                cells.append(train(kernel, CELL_SECONDS))
            windows.append(cells)
            print(f"after {end:4.1f} minutes: {sum(of(cells, 'trainings'))} trainings in {len(cells)} cells, fastest {min(of(cells, 'fastest')):.4f} s, "
                  f"heap {median(of(cells, 'heap')):.1f} MB, process {median(of(cells, 'process')):.0f} MB", flush=True)
    return windows


def once():
    """The weights of a single training in a fresh kernel."""
    with training() as kernel:
        return kernel.run("epochs(0, 200); System.out.print(weights());")


def of(cells, what):
    return [cell[what] for cell in cells]


def faults(windows, expected):
    """What is not as it should be, in words."""
    found = []
    for what, most in MOST_MORE.items():
        more = median(of(windows[-1], what)) - median(of(windows[0], what))
        if more > most:
            found.append(f"{what}: {more:.1f} MB more in the last window than in the first; {most} MB are allowed")
    fastest = [min(of(cells, "fastest")) for cells in windows]
    if max(fastest) > (1 + MOST_SLOWER) * min(fastest):
        found.append(f"speed: the fastest training took {min(fastest):.4f} s in one window and {max(fastest):.4f} s in another")
    weights = {cell["weights"] for cells in windows for cell in cells}
    if weights != {expected}:
        found.append(f"weights: {expected} in a fresh kernel, {', '.join(sorted(weights))} in the long run")
    return found


def main():
    windows, expected = soak(), once()
    found = faults(windows, expected)
    if found:
        sys.exit("\n".join(found))
    trainings = sum(sum(of(cells, "trainings")) for cells in windows)
    print(f"{MINUTES:g} minutes: {trainings} trainings, weights {expected} every time")


if __name__ == "__main__":
    main()
