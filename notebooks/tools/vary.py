"""Executes notebooks in other ways than they were written, two at a time: vary.py [--seed N]… [--steps half|double]… [--twice [RESULTS]] NOTEBOOK…

With another seed, with half or double the steps (a line such as `int steps = 100;` or `int epochs = 60;` says how many there are), or with
every code cell run twice where it stands, which must change nothing: neither the cell's own words nor those of any later cell. Where a folder for results is given, the notebooks
run so go there, as `execute.py` would write them.
"""
import argparse
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

import compare
from execute import Failure, execute, once, save

AT_ONCE = 2
SEED = re.compile(r"^long seed = \d+;", re.MULTILINE)
STEPS = re.compile(r"^(\s*int (?:steps|epochs) = )(\d+);", re.MULTILINE)
ASKS_FOR_EARLIER_CELL = re.compile(r"claim failed: .*\brun\b.*\bagain\b")
FACTORS = {"half": 0.5, "double": 2}


def seeded(seed):
    """Begins the notebook with another seed; one without any randomness has none."""
    def change(notebook):
        for cell in code_cells(notebook):
            cell.source = SEED.sub(f"long seed = {seed};", cell.source)
    return change


def lengthened(factor):
    """Lets every loop whose number of steps has a name take more of them, or fewer."""
    def change(notebook):
        for cell in code_cells(notebook):
            cell.source = STEPS.sub(lambda found: f"{found[1]}{max(1, round(factor * int(found[2])))};", cell.source)
    return change


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def run_twice(path, results=None):
    """Runs every cell twice in place. It says the same again, or a claim says which cell has to be run again before."""
    changed = []

    def twice(client, cell, index):
        once(client, cell, index)
        first = list(cell.outputs)
        try:
            once(client, cell, index)
        except CellExecutionError as error:
            if not ASKS_FOR_EARLIER_CELL.search(error.evalue):
                raise
            cell.outputs = first
        if "timing" not in compare.tags(cell) and text(first) != text(cell.outputs):
            changed.extend([f"run twice, this cell says something else:\n{cell.source}", *compare.diff(text(first), text(cell.outputs), "first", "second")])

    committed, executed = nbformat.read(path, as_version=4), execute(path, run=twice)
    for number, diff in compare.differences(committed, executed):
        changed.extend([f"cell {number} says something else than the committed one:", *diff])
    if changed:
        raise Failure(f"{path.name}: " + "\n".join(changed))
    if results:
        save(executed, Path(results, path.name))


def run_apart(path, change):
    """Runs a changed notebook where it cannot overwrite what the committed one has written."""
    with tempfile.TemporaryDirectory() as folder:
        execute(path, change=change, folder=folder)


def text(outputs):
    return compare.text({"outputs": outputs})


def variations(arguments):
    """Pairs of words and a function that executes a notebook in the way they say; the one that takes longest comes first."""
    if arguments.twice is not None:
        yield "every cell twice", lambda path: run_twice(path, arguments.twice)
    for seed in arguments.seed:
        yield f"seed {seed}", lambda path, seed=seed: run_apart(path, seeded(seed))
    for steps in arguments.steps:
        yield f"{steps} the steps", lambda path, steps=steps: run_apart(path, lengthened(FACTORS[steps]))


def fault(path, words, run):
    """Why the notebook does not stand this variation; None where it does."""
    start = time.monotonic()
    try:
        run(path)
    except Failure as failure:
        return f"{words}: {failure}"
    print(f"{path.name}, {words}: {time.monotonic() - start:.0f} s", flush=True)
    return None


def main(*words):
    parser = argparse.ArgumentParser(usage=__doc__.splitlines()[0].rpartition(": ")[2])
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--seed", action="append", type=int, default=[])
    parser.add_argument("--steps", action="append", choices=FACTORS, default=[])
    parser.add_argument("--twice", nargs="?", const="", metavar="RESULTS")
    arguments = parser.parse_args(words)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # the last notebook takes longest: begun first, it does not run alone at the end
        runs = [pool.submit(fault, path, *variation) for variation in variations(arguments) for path in reversed(arguments.notebooks)]
        faults = [found for run in runs if (found := run.result())]
    if faults:
        sys.exit("\n\n".join(faults))
    print(f"{len(runs)} times a notebook ran to its end")


if __name__ == "__main__":
    main(*sys.argv[1:])
