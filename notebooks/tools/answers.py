"""Lets the exercises judge answers that somebody else might give: answers.py RESULTS SOLUTIONS…

Beside solutions/05-digits.ipynb lies 05-digits.answers.txt, in which each answer stands below a line that says how it is to be judged:

    === 2 right
    double clueless = StrictMath.log(10);
    === 2 wrong: pays about
    double clueless = 10;

An answer takes the place of the gap in the notebook's cell `exercise-2-cell`: all that stands before its first blank line. A right one gets
an `ok:`. A wrong one is told what is wrong, in these words among others, by a claim that fails or by what the cell prints, and never that
it is not there yet. As it stands, the cell says `not yet`. And the solution is right. The executed solutions go to the folder RESULTS, as
`execute.py` would write them.
"""
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

import compare
from execute import Failure, execute, once, save

AT_ONCE = 2
HEADING = re.compile(r"^=== (\S+) (right|wrong: (.+))$")
NOT_YET = "not yet"
LEAST = 3       # right answers, and wrong ones, for every exercise


def read(path):
    """The answers as (exercise, words a wrong one is told or None, code), in their order."""
    answers = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if found := HEADING.match(line):
            answers.append([found[1], found[3], []])
        elif answers:
            answers[-1][2].append(line)
        elif line.strip():
            raise Failure(f"{path.name}, line {number}: an answer begins with a line `=== EXERCISE right` or `=== EXERCISE wrong: WORDS`")
    return [(exercise, words, "\n".join(lines).strip()) for exercise, words, lines in answers]


def too_few(answers, exercises):
    """One sentence for each exercise that has too few answers, and for each answer that has no exercise."""
    for exercise in exercises:
        own = [words for name, words, _ in answers if name == exercise]
        right, wrong = own.count(None), len(own) - own.count(None)
        if min(right, wrong) < LEAST:
            yield f"exercise {exercise} has {right} right answers and {wrong} wrong ones, at least {LEAST} of each are wanted"
    for name in {name for name, _, _ in answers} - set(exercises):
        yield f"there is no exercise {name}"


def filled(source, answer):
    """The cell with the answer in place of its gap."""
    gap, blank, rest = source.partition("\n\n")
    return answer + blank + rest


def judgement(client, source, index):
    """What the cell says of its answer: its words, and the error it ends in or None."""
    own, cell = client.nb.cells[index], nbformat.v4.new_code_cell(source)
    client.nb.cells[index] = cell       # where the client looks for a display that is updated, such as a progress bar
    try:
        once(client, cell, index)
    except CellExecutionError as error:
        return "\n".join(compare.text(cell)), error
    finally:
        client.nb.cells[index] = own
    return "\n".join(compare.text(cell)), None


def fault_of_untouched(said, error):
    return None if error is None and NOT_YET in said else "left as it is, it does not say `not yet`"


def fault_of_right(said, error):
    return None if error is None and "ok:" in said and NOT_YET not in said else "is refused"


def fault_of_wrong(said, error, words):
    if NOT_YET in said:
        return "gets `not yet`"
    if error and not re.search("(claim|gradient check) failed:", error.evalue):
        return "gets a stack trace"
    return None if words in said else f"is not told `{words}`"


def judge(results, solutions):
    """Executes the solutions, and at each exercise the other answers; returns a list of sentences about what is judged wrongly."""
    path = Path(solutions)
    notebook = json.loads((path.parent.parent / path.name).read_text(encoding="utf-8"))
    cells = {cell.get("id"): compare.whole(cell["source"]) for cell in notebook["cells"]}
    exercises = [name[1] for id in cells if (name := re.fullmatch(r"exercise-(\w+)-cell", id or ""))]
    answers = read(path.with_suffix(".answers.txt"))
    faults = [f"{path.name}: {sentence}" for sentence in too_few(answers, exercises)]

    def run(client, cell, index):
        name = re.fullmatch(r"exercise-(\w+)-cell", cell.get("id", ""))
        if name and cell.id in cells:
            untouched = cells[cell.id]
            note(name[1], untouched, fault_of_untouched(*judgement(client, untouched, index)))
            for exercise, words, answer in sorted(answers, key=lambda answer: answer[1] is None):
                if exercise == name[1]:
                    said = judgement(client, filled(untouched, answer), index)
                    note(exercise, answer, fault_of_wrong(*said, words) if words else fault_of_right(*said), said)
        once(client, cell, index)
        if name and fault_of_right("\n".join(compare.text(cell)), None):
            note(name[1], cell.source, "the solution is refused")

    def note(exercise, answer, fault, said=("", None)):
        if fault:
            words = "\n".join(filter(None, [said[0], said[1] and said[1].evalue]))
            faults.append(f"{path.name}, exercise {exercise}: {fault}:\n{answer}\n--- what it says:\n{words}")

    save(execute(path, run=run), Path(results, path.name))
    return faults, len(answers)


def main(results, *solutions):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        judged = list(pool.map(partial(judge, results), reversed(solutions)))      # the last takes longest: begun first, it does not run alone at the end
    if faults := [fault for found, _ in judged for fault in found]:
        sys.exit("\n\n".join(faults))
    print(f"{sum(count for _, count in judged)} answers to the exercises are judged rightly")


if __name__ == "__main__":
    main(*sys.argv[1:])
