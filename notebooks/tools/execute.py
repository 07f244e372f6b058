"""Executes one notebook in a fresh Java kernel, for make notebooks, outputs and test: execute.py SOURCE RESULT.

The result is the notebook as it is committed: two runs give the same bytes wherever the cells give the same outputs.
A failing cell ends it with one line that names notebook, cell and reason; no result is written then.
"""
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

SECONDS_PER_CELL = 1800        # the longest training takes a minute on two quick cores; elsewhere there may be one, slow and busy

METADATA = {
    "kernelspec": {"name": "java", "display_name": "Java", "language": "java"},
    "language_info": {"name": "java", "version": "17", "file_extension": ".jshell", "mimetype": "text/x-java-source",
                      "pygments_lexer": "java", "codemirror_mode": "java"},
}


class Failure(Exception):
    """A line for the reader, and below it what the kernel said."""


def once(client, cell, index):
    """Executes one code cell."""
    cell.outputs, cell.execution_count = [], None
    client.execute_cell(cell, index)


def execute(source, seconds=SECONDS_PER_CELL, change=lambda notebook: None, run=once, folder=None):
    """Returns the notebook with fresh outputs, or raises a Failure that names the cell (its number in JupyterLab).

    `change` may alter the notebook before it runs, and `run` says what is done with each code cell.
    What the cells write goes to `folder`, which is the notebook's own unless another is given.
    """
    notebook = nbformat.read(source, as_version=4)
    change(notebook)
    client = NotebookClient(notebook, kernel_name="java", timeout=seconds, record_timing=False,
                            resources={"metadata": {"path": str(folder or Path(source).parent)}})
    number = 0
    with tempfile.TemporaryFile("w+") as log:
        try:
            with client.setup_kernel(stderr=log):
                for index, cell in enumerate(notebook.cells):
                    if cell.cell_type == "code":
                        number += bool(cell.source.strip())
                        run(client, cell, index)
        except Failure as failure:
            raise Failure(f"{where(source, number)}: {failure}") from None
        except CellExecutionError as error:
            raise Failure(f"{where(source, number)}: {reason(error)}\n{error.traceback}") from None
        except CellTimeoutError:
            raise Failure(f"{where(source, number)}: still running after {seconds} s, stopped") from None
        except (DeadKernelError, RuntimeError) as error:
            log.seek(0)
            raise Failure(f"{where(source, number)}: the kernel died: {error}\n{log.read()}") from None
    return stable(notebook)


def where(source, number):
    return f"{Path(source).name}, cell {number}" if number else Path(source).name


def reason(error):
    """What a cell claimed, where a claim failed; else the exception's name and first line."""
    claim = re.search(r"claim failed: .*", error.evalue)
    message = error.evalue.strip().split("\n")[0]
    return claim[0] if claim else message if error.ename in message else f"{error.ename}: {message}"


def stable(notebook):
    """The notebook without what differs from run to run and from kernel to kernel: times, the JDK's version, where a stream was cut into messages, repetitions.

    Its cells are numbered as if each had run once.
    """
    notebook.metadata = nbformat.from_dict(METADATA)
    number = 0
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            number += bool(cell.source.strip())
            cell.execution_count = number if cell.source.strip() else None
            cell.outputs = joined(cell.outputs)
            for output in cell.outputs:
                keep_richest(output.get("data", {}))
                if output.output_type == "execute_result":
                    output.execution_count = number
    return notebook


def keep_richest(data):
    """Some kernels repeat HTML and pictures as plain text."""
    if len(data) > 1:
        data.pop("text/plain", None)


def joined(outputs):
    result = []
    for output in outputs:
        before = result[-1] if result else None
        if before and output.output_type == before.output_type == "stream" and output.name == before.name:
            before.text += output.text
        else:
            result.append(output)
    return result


def save(notebook, result):
    """Writes the notebook beside its place, then moves it there."""
    Path(result).parent.mkdir(parents=True, exist_ok=True)
    part = f"{result}.part"
    nbformat.write(notebook, part)
    os.replace(part, result)


def main(source, result):
    start = time.monotonic()
    try:
        save(execute(source), result)
    except Failure as failure:
        sys.exit(str(failure))
    print(f"{Path(source).name}: executed in {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
