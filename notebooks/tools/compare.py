"""Compares executed notebooks with the committed ones: compare.py COMMITTED_FOLDER EXECUTED…

What is compared is text: streams, results, tables, the words of a stepper. Pictures and progress bars only have to be there, since fonts
differ between machines; a cell tagged `timing` is exempt.
"""
import difflib
import json
import re
import sys
from pathlib import Path

LINES_SHOWN = 20


def differences(committed, executed):
    """One (cell number, diff) for each code cell whose text differs; the notebooks are given as parsed JSON."""
    found = []
    pairs = zip(code_cells(committed), code_cells(executed))
    for number, (before, after) in enumerate(pairs, start=1):
        if "timing" in before["metadata"].get("tags", []):
            continue
        old, new = text(before), text(after)
        if old != new:
            found.append((number, list(difflib.unified_diff(old, new, "committed", "executed", n=1, lineterm=""))))
    return found


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
    html = whole(data.get("text/html", ""))
    if "javagrad-stepper" in html:
        return "\n".join(["[a stepper]", *re.findall(r"<li.*?</li>", html)])
    if any(mime.startswith("image/") for mime in data) or "<img" in html or "<svg" in html:
        return "[a picture]"
    if "javagrad-progress" in html:
        return "[a progress bar]"
    return "\n".join(whole(data[mime]) for mime in ("text/html", "text/plain") if mime in data)


def whole(lines):
    """A notebook file may hold a text as one string or as a list of lines."""
    return lines if isinstance(lines, str) else "".join(lines)


def main(committed_folder, *executed):
    differ = False
    for path in map(Path, executed):
        committed = json.loads(Path(committed_folder, path.name).read_text(encoding="utf-8"))
        for number, diff in differences(committed, json.loads(path.read_text(encoding="utf-8"))):
            differ = True
            print(f"{path.name}, cell {number}: the output is not the committed one")
            print("\n".join(diff[:LINES_SHOWN]))
            if len(diff) > LINES_SHOWN:
                print(f"... {len(diff) - LINES_SHOWN} more lines")
    if differ:
        sys.exit("some outputs are not the committed ones: if the new ones are right, `make outputs` renews them")
    print(f"{len(executed)} notebooks print what is committed")


if __name__ == "__main__":
    main(*sys.argv[1:])
