"""A browser test of make test: every notebook run and looked at; pictures of all of it are kept in target/browser."""
import json
import re
import time
from functools import partialmethod
from pathlib import Path

from selenium.webdriver import Keys

from browser import InJupyterLab, main, open_lab

NOTEBOOKS = sorted(path.name for path in Path("notebooks").glob("[0-9][0-9]-*.ipynb"))
QUICK = NOTEBOOKS[0]
SECONDS_PER_NOTEBOOK = 300


def setUpModule():
    global page
    page = InJupyterLab.page = open_lab()


class Notebooks(InJupyterLab):
    def run_and_look(self, name):
        start = time.monotonic()
        page.open(name)
        answers = page.run_all(SECONDS_PER_NOTEBOOK)
        self.assertEqual([], [f"[{cell['number']}] {cell['error']}" for cell in answers if cell["error"]])
        ran = time.monotonic()
        seen = page.scroll_through()
        self.assertEqual(pictures(answers), pictures(seen))
        bars = [bar for cell in seen for bar in cell["bars"]]
        self.assertEqual(sum(cell["bars"] for cell in answers), len(bars))
        self.assertEqual([], [bar for bar in bars if not re.search(r"\d steps in |stopped after", bar)])
        print(f"{name}: {sum(pictures(seen).values())} pictures, {len(bars)} progress bars; "
              f"{ran - start:.0f} s to run, {time.monotonic() - ran:.0f} s to look at", flush=True)


def pictures(cells):
    """How many pictures each cell has, by its place in the notebook."""
    return {cell["at"]: cell["pictures"] for cell in cells if cell["pictures"]}


class FirstThree(Notebooks):
    """One test for each of these notebooks, made below; with the other browser tests they take as long as the rest."""


class Rest(Notebooks):
    """One test for each of the others."""


for at, notebook in enumerate(NOTEBOOKS):
    setattr(FirstThree if at < 3 else Rest, f"test_{Path(notebook).stem}", partialmethod(Notebooks.run_and_look, notebook))


class AgainFromTheStart(InJupyterLab):
    def test_restart_and_run_all_gives_the_committed_answers(self):
        page.open(QUICK)
        committed = page.answers()
        first = committed[0]["at"]
        page.clear()
        page.edit(first)
        page.press((Keys.SHIFT, Keys.ENTER))
        page.wait("the first cell to run", lambda: page.answers()[0]["number"])
        again = page.restart_and_run_all(SECONDS_PER_NOTEBOOK)
        self.assertEqual(list(range(1, len(committed) + 1)), [cell["number"] for cell in again])
        exempt = timed(QUICK)
        for before, after in zip(committed, again):
            if before["at"] not in exempt:
                self.assertEqual([before[what] for what in ("text", "pictures", "error")], [after[what] for what in ("text", "pictures", "error")])


def timed(name):
    """The places of the cells whose answers are times."""
    cells = json.loads(Path("notebooks", name).read_text(encoding="utf-8"))["cells"]
    return {at for at, cell in enumerate(cells) if "timing" in cell["metadata"].get("tags", [])}


if __name__ == "__main__":
    main()
