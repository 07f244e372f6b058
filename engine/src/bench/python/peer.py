"""What the programs share that bench.py starts: they read the same requests and answer in the same way as grad.bench.Workloads does."""
import json
import statistics
import sys
import time
from pathlib import Path

from safetensors.numpy import load_file

FOLDER = Path(sys.argv[1])
EPOCHS, BATCH, STEPS = 200, 32, 100


def load(name):
    """The numbers that all programs start from, as numpy arrays by name."""
    return load_file(FOLDER / f"{name}.safetensors")


def serve(workloads, conditions):
    """Answers requests, `SECONDS WORKLOAD…`, until there are no more. `workloads` has for each first word a function that prepares the work."""
    prepared = {}
    for request in sys.stdin:
        seconds, name = request.strip().split(" ", 1)
        if name not in prepared:
            word, *arguments = name.split()
            prepared[name] = workloads[word](*arguments)
        print(json.dumps(measured(prepared[name], float(seconds)) | {"conditions": conditions}), flush=True)


def measured(run, seconds):
    """Runs at least once and until the seconds are over. What a run returns computes, outside the measured time, what came of it."""
    end = time.perf_counter() + seconds
    times = []
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        outcome = run()
        times.append(time.perf_counter() - start)
    return {"seconds": statistics.median(times), "runs": len(times), "result": outcome()}
