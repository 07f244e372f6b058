"""The first check of make test: notebooks use only the magics and functions that every Java kernel has. portable.py NOTEBOOK…"""
import json
import re
import sys
from pathlib import Path

from compare import code_cells, whole

LINE_MAGICS = ("%maven", "%mavenRepo", "%classpath", "%load")
CELL_MAGIC = "%%loadFromPOM"
FUNCTIONS = ("display", "render", "updateDisplay", "eval", "printf")
OF_ONE_KERNEL = ("grad.kernel", "io.github.spencerpark", "org.dflib.jjava", "System.exit")

TEXT_OR_COMMENT = re.compile(r'"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
CALL = re.compile(r"(?<![\w.@])([a-z]\w*)\s*\(")
DECLARATION = re.compile(r"[\w>\]]\s+([a-z]\w*)\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*(?:throws\s+[\w.,\s]+?)?\s*\{")
SUBCLASS = re.compile(r"\bclass\s+\w+\s+extends\b[^{]*\{")
KEYWORDS = {"assert", "catch", "else", "for", "if", "new", "return", "super", "switch", "synchronized", "this", "throw", "try", "while"}


def faults(notebook):
    """One (cell number, what is wrong) for each thing that some Java kernel would not understand."""
    cells = [whole(cell["source"]) for cell in code_cells(notebook)]
    declared = {name for cell in cells for name in DECLARATION.findall(java(cell))}
    return [(number, fault) for number, cell in enumerate(cells, start=1)
            for fault in (*faults_of_first(number, cell), *faults_of_magics(cell), *faults_of_calls(java(cell), declared))]


def faults_of_first(number, cell):
    if number == 1 and any(line.strip() and not line.startswith("%maven ") for line in cell.splitlines()):
        yield "the first code cell holds %maven lines only"


def faults_of_magics(cell):
    lines = cell.splitlines()
    return filter(None, map(fault_of_line, lines[1:] if is_pom(lines) else lines))


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
    if not arguments:
        return f"{magic} needs an argument"
    if magic == "%maven" and not all(re.fullmatch(r"[^:]+:[^:]+:[^:]+", argument) for argument in arguments):
        return f"%maven takes group:artifact:version, got {' '.join(arguments)}"
    if magic == "%mavenRepo" and len(arguments) != 2:
        return f"%mavenRepo takes an id and an address, got {' '.join(arguments)}"
    if magic == "%load" and not all(Path(argument).suffix for argument in arguments):
        return f"%load needs the file's extension, got {' '.join(arguments)}"
    return None


def java(cell):
    """The cell's Java, without magics, texts and comments."""
    lines = cell.splitlines()
    if is_pom(lines):
        return ""
    return TEXT_OR_COMMENT.sub('""', "\n".join(line for line in lines if not line.lstrip().startswith("%")))


def without_subclasses(code):
    """A subclass calls what it inherits, which no list here knows."""
    while found := SUBCLASS.search(code):
        end, depth = found.end(), 1
        while depth and end < len(code):
            depth += {"{": 1, "}": -1}.get(code[end], 0)
            end += 1
        code = code[:found.start()] + code[end:]
    return code


def faults_of_calls(code, declared):
    for name in sorted(set(CALL.findall(without_subclasses(code))) - declared - KEYWORDS - set(FUNCTIONS)):
        yield f"{name}() is not declared in the notebook and not known to every Java kernel; portable are {', '.join(FUNCTIONS)}"
    for name in OF_ONE_KERNEL:
        if re.search(rf"\b{re.escape(name)}\b", code):
            yield f"{name} is not for a notebook that runs in every Java kernel"


def main(*notebooks):
    messages = [f"{path.parent.name}/{path.name}, cell {number}: {fault}"
                for path in map(Path, notebooks)
                for number, fault in faults(json.loads(path.read_text(encoding="utf-8")))]
    if messages:
        sys.exit("\n".join(messages))
    print(f"{len(notebooks)} notebooks use only what every Java kernel has")


if __name__ == "__main__":
    main(*sys.argv[1:])
