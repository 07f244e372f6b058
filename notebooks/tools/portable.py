"""Checks that notebooks use only magics that every Java kernel has: portable.py NOTEBOOK…"""
import json
import re
import sys
from pathlib import Path

from compare import code_cells, whole

LINE_MAGICS = ("%maven", "%mavenRepo", "%classpath", "%load")
CELL_MAGIC = "%%loadFromPOM"


def faults(notebook):
    """One (cell number, what is wrong) for each line that some Java kernel would not understand."""
    found = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        lines = whole(cell["source"]).splitlines()
        found += [(number, fault) for fault in map(fault_of_line, lines[1:] if is_pom(lines) else lines) if fault]
        if number == 1 and any(line.strip() and not line.startswith("%maven ") for line in lines):
            found.append((number, "the first code cell holds %maven lines only"))
    return found


def is_pom(lines):
    return bool(lines) and lines[0].split() == [CELL_MAGIC]


def fault_of_line(line):
    words = line.split()
    if not words or not words[0].startswith("%"):
        return None
    magic, arguments = words[0], words[1:]
    if magic == CELL_MAGIC:
        return f"{CELL_MAGIC} stands alone on the first line of its cell"
    if magic not in LINE_MAGICS:
        return f"{magic} is not known to every Java kernel; portable are {', '.join(LINE_MAGICS)}, {CELL_MAGIC}"
    if magic == "%maven" and not arguments or magic == "%maven" and not all(re.fullmatch(r"[^:]+:[^:]+:[^:]+", argument) for argument in arguments):
        return f"%maven takes group:artifact:version, got {' '.join(arguments)}"
    if magic == "%load" and not all(Path(argument).suffix for argument in arguments):
        return f"%load needs the file's extension, got {' '.join(arguments)}"
    return None


def main(*notebooks):
    messages = [f"{path.name}, cell {number}: {fault}"
                for path in map(Path, notebooks)
                for number, fault in faults(json.loads(path.read_text(encoding="utf-8")))]
    if messages:
        sys.exit("\n".join(messages))
    print(f"{len(notebooks)} notebooks use portable magics only")


if __name__ == "__main__":
    main(*sys.argv[1:])
