"""Compares executed notebooks with the committed ones: compare.py COMMITTED_FOLDER EXECUTED…

What is compared is text: streams, results, tables, the words of a stepper, what a picture is described with and the line below it. Its points
and progress bars only have to be there, since fonts differ between machines; a cell tagged `timing` is exempt. A cell tagged `source` says which data a notebook found: where it says something
else than in the committed one, the two ran on different data, and the cells tagged `mnist`, which depend on it, are not compared.
"""
import difflib
import json
import re
import sys
from html import unescape
from pathlib import Path

LINES_SHOWN = 20


def differences(committed, executed):
    """One (cell number, diff) for each code cell whose text differs; the notebooks are given as parsed JSON."""
    exempt = {"timing"} if same_data(committed, executed) else {"timing", "source", "mnist"}
    found = []
    pairs = zip(code_cells(committed), code_cells(executed))
    for number, (before, after) in enumerate(pairs, start=1):
        if exempt & tags(before):
            continue
        old, new = text(before), text(after)
        if old != new:
            found.append((number, diff(old, new, "committed", "executed")))
    return found


def diff(old, new, *names):
    return list(difflib.unified_diff(old, new, *names, n=1, lineterm=""))


def same_data(committed, executed):
    return source(committed) == source(executed)


def source(notebook):
    """What the notebook says about the data it found; empty where it has no cell tagged so."""
    return " ".join(line for cell in code_cells(notebook) if "source" in tags(cell) for line in text(cell))


def on_other_data(committed, executed):
    """How many cells cannot be compared because the notebooks ran on different data."""
    if same_data(committed, executed):
        return 0
    return sum("mnist" in tags(cell) for cell in code_cells(committed))


def tags(cell):
    return set(cell["metadata"].get("tags", []))


def code_cells(notebook):
    """The cells that JupyterLab numbers."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and whole(cell["source"]).strip()]


def text(cell):
    """The lines a reader sees below the cell: what was printed, by stream, then the results in their order."""
    streams, results = {}, []
    for output in cell["outputs"]:
        kind = output["output_type"]
        if kind == "stream":
            streams[output["name"]] = streams.get(output["name"], "") + whole(output["text"])
        elif kind == "error":
            results.append(f"{output['ename']}: {output['evalue']}")
        else:
            results.append(shown(output["data"]))
    parts = [streams[name] for name in sorted(streams)] + results
    return [line for part in parts for line in part.splitlines()]


def shown(data):
    """What is told of an output. Where there is anything but plain text, some kernels repeat it as plain text: that is left out."""
    html = whole(data.get("text/html", ""))
    if "javagrad-stepper" in html:
        return "\n".join(["[a stepper]", *re.findall(r"<li.*?</li>", html)])
    if any(mime.startswith("image/") for mime in data) or "<img" in html or "<svg" in html:
        return "\n".join(["[a picture]", *descriptions(html)])
    if "javagrad-progress" in html:
        return "[a progress bar]"
    return html or whole(data.get("text/plain", ""))


def descriptions(html):
    """What pictures show, for those who do not see them, and the lines below them."""
    return [unescape(words) for found in re.findall(r'\balt="([^"]*)"|<svg\b[^>]*?\baria-label="([^"]*)"|<figcaption[^>]*>(.*?)</figcaption>', html, re.DOTALL)
            for words in found if words]


def whole(lines):
    """A notebook file may hold a text as one string or as a list of lines."""
    return lines if isinstance(lines, str) else "".join(lines)


def main(committed_folder, *executed):
    differ = False
    for path in map(Path, executed):
        before, after = (json.loads(file.read_text(encoding="utf-8")) for file in (Path(committed_folder, path.name), path))
        if skipped := on_other_data(before, after):
            print(f"{path.name} ran on other data than the committed one, so {skipped} cells are not compared:\n"
                  f"  committed: {source(before)}\n  executed:  {source(after)}")
        for number, lines in differences(before, after):
            differ = True
            print(f"{path.name}, cell {number}: the output is not the committed one")
            print("\n".join(lines[:LINES_SHOWN]))
            if len(lines) > LINES_SHOWN:
                print(f"... {len(lines) - LINES_SHOWN} more lines")
    if differ:
        sys.exit("some outputs are not the committed ones: if the new ones are right, `make outputs` renews them")
    print(f"{len(executed)} notebooks print what is committed")


if __name__ == "__main__":
    main(*sys.argv[1:])
