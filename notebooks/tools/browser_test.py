"""The notebooks in a real browser, tried as a reader tries them; pictures of all of it are kept in target/browser."""
import atexit
import re
import signal
import time
import unittest
from pathlib import Path

from selenium.common.exceptions import NoSuchDriverException
from selenium.webdriver import Keys

from browser import Page, Server, chrome

NOTEBOOKS = sorted(path.name for path in Path("notebooks").glob("[0-9][0-9]-*.ipynb"))
SECONDS_PER_NOTEBOOK = 300

JARS = "%maven io.github.javagrad:engine:1.0-SNAPSHOT\n%maven io.github.javagrad:plots:1.0-SNAPSHOT"
IMPORTS = "import grad.plots.*;\nimport grad.scalar.*;"

HARMLESS = ()


def setUpModule():
    global page
    server = Server()
    atexit.register(server.stop)      # also when a test is interrupted
    try:
        browser = chrome(server.folder / "chrome")
    except NoSuchDriverException as error:
        print(f"the notebooks were not tried in a browser: {error.msg.splitlines()[0]}")
        raise unittest.SkipTest("no driver") from None
    atexit.register(browser.quit)
    page = Page(browser, server)


class InJupyterLab(unittest.TestCase):
    def tearDown(self):
        page.picture("end")
        complaints = page.complaints()
        page.leave()
        self.assertEqual([], [text for text in complaints if not any(name in text for name in HARMLESS)])

    def open(self, *sources):
        """A new notebook with these cells, all of them run but the last."""
        name = f"{self.id().rpartition('test_')[2]}.ipynb"
        page.server.write(name, *sources)
        page.open(name)


class EveryNotebook(InJupyterLab):
    def test_runs_and_is_painted(self):
        for name in NOTEBOOKS:
            with self.subTest(name):
                start = time.monotonic()
                page.open(name)
                answers = page.run_all(SECONDS_PER_NOTEBOOK)
                ran = time.monotonic()
                self.assertEqual([], [f"[{cell['number']}] {cell['error']}" for cell in answers if cell["error"]])
                seen = page.scroll_through()
                self.assertEqual({cell["at"]: cell["pictures"] for cell in answers if cell["pictures"]},
                                 {cell["at"]: cell["pictures"] for cell in seen if cell["pictures"]})
                bars = [bar for cell in seen for bar in cell["bars"]]
                self.assertEqual(sum(cell["bars"] for cell in answers), len(bars))
                self.assertEqual([], [bar for bar in bars if not re.search(r"\d steps in |stopped after", bar)])
                print(f"{name}: {sum(cell['pictures'] for cell in seen)} pictures and {len(bars)} progress bars, "
                      f"{ran - start:.0f} s to run and {time.monotonic() - ran:.0f} s to look at", flush=True)
                page.leave()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    unittest.main()
