"""What the browser tests of make test share: JupyterLab as a reader has it, on a copy of the notebooks, and its page in headless Chrome."""
import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import (ElementClickInterceptedException, ElementNotInteractableException, NoSuchDriverException,
                                        StaleElementReferenceException)
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By

LAB = Path(__file__).with_name("lab.py").resolve()
KEPT = Path("target/browser")
REDRAWN = (StaleElementReferenceException, ElementNotInteractableException, ElementClickInterceptedException)
PATIENCE = 120           # seconds for what takes a moment on an idle machine
LONGEST = 600            # seconds in which the driver answers whatever it is asked
WIDTH = 1280
DESKTOP, PHONE = (1100, 1000), (390, 844)      # without JupyterLab
SMALL, TALL = 800, 3000     # while cells run, in which less is painted in software beside the kernel; and to look at what came out
HARMLESS = ("No active debugger session",)     # written by JupyterLab at Run All

# The notebook's code cells, in view or not.
CODE_CELLS = """
const cells = [...jupyterapp.shell.currentWidget.content.model.cells]
  .map((cell, at) => ({at, cell})).filter(({cell}) => cell.type === 'code' && cell.sharedModel.source.trim());
"""

CLEARED = CODE_CELLS + """
return !cells.some(({cell}) => cell.executionCount);
"""

ANSWERS = CODE_CELLS + """
return cells.map(({at, cell}) => {
  const outputs = cell.outputs.toJSON();
  const html = outputs.map(output => [output.data?.['text/html'] ?? ''].flat().join('')).join('');
  const page = new DOMParser().parseFromString(html, 'text/html');
  page.querySelectorAll('.still').forEach(still => still.remove());     // shown where no script runs
  return {
    at, number: cell.executionCount,
    text: outputs.map(output => [output.text ?? output.traceback ?? output.data?.['text/plain'] ?? ''].flat().join('\\n')).join('\\n'),
    error: outputs.filter(output => output.output_type === 'error').map(output => `${output.ename}: ${output.evalue}`)[0] ?? null,
    pictures: page.querySelectorAll('img, svg:not(svg svg)').length
      + outputs.filter(output => Object.keys(output.data ?? {}).some(mime => mime.startsWith('image/'))).length,
    bars: page.querySelectorAll('.javagrad-progress').length};
});
"""

# The cells of one window from arguments[0] on, when all that a reader sees of them is painted.
PAINTED = """
const {content} = jupyterapp.shell.currentWidget;
const bottom = content.node.getBoundingClientRect().bottom;
const painted = picture => {
  const {width, height} = picture.getBoundingClientRect();
  return width > 0 && height > 0 && (picture.tagName !== 'IMG' || picture.complete && picture.naturalWidth > 0 && picture.naturalHeight > 0);
};
const seen = [];
for (let at = arguments[0]; at < content.widgets.length; at++) {
  const {node} = content.widgets[at], place = node.getBoundingClientRect();
  if (seen.length && place.bottom > bottom) break;
  const pictures = [...node.querySelectorAll('.jp-OutputArea-output :is(img, svg:not(svg svg))')];
  seen.push({
    at, attached: node.isConnected && place.height > 0,
    pictures: pictures.length, unpainted: pictures.filter(picture => !painted(picture)).length,
    bars: [...node.querySelectorAll('.javagrad-progress')].map(bar => bar.innerText)});
}
return seen.every(({attached, unpainted, bars}) => attached && !unpainted && bars.every(Boolean)) && seen;
"""

READY = """
const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
return Boolean(session?.isReady) && session.session?.kernel?.connectionStatus === 'connected' && session.session.kernel.status === 'idle';
"""

HAVE_RUN = CODE_CELLS + """
const failed = ({cell}) => [...Array(cell.outputs.length).keys()].some(i => cell.outputs.get(i).type === 'error');
if (cells.some(({cell}) => cell.executionState === 'running') || !(cells.every(({cell}) => cell.executionCount) || cells.some(failed))) return false;
""" + READY

# Asks the condition, a function's body, again whenever the page has changed or a picture has arrived, and once a second.
UNTIL = """
const [condition, rest, seconds, answer] = arguments;
const ask = new Function(condition);
const observer = new MutationObserver(look);
const clock = setInterval(look, 1000), late = setTimeout(() => end(null), 1000 * seconds);
let due = null;
function end(result) {
  observer.disconnect();
  document.removeEventListener('load', look, true);
  [clock, late, due].forEach(clearTimeout);
  answer(result);
}
function look() {
  due ??= setTimeout(() => {       // once for all that happens in one go
    due = null;
    const result = ask(...rest);
    if (result) end(result);
  }, 20);
}
observer.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
document.addEventListener('load', look, true);
look();
"""


class TookTooLong(AssertionError):
    """Says what was waited for."""


def wait(what, condition, seconds=PATIENCE):
    """Returns what the condition gives as soon as that is true."""
    end = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > end:
            raise TookTooLong(f"waited {seconds} s for {what}")
        time.sleep(0.1)
    return result


class Server:
    """JupyterLab in a folder of its own, so that nothing is saved over the notebooks."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="javagrad-"))
        self.notebooks = self.folder / "notebooks"
        self.notebooks.mkdir()
        for path in Path("notebooks").glob("[0-9][0-9]-*.ipynb"):
            shutil.copy(path, self.notebooks)
        KEPT.mkdir(parents=True, exist_ok=True)
        self.log = KEPT / f"{'-'.join([Path(sys.argv[0]).stem, *sys.argv[1:]])}-jupyterlab.log"
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [Path("target/jupyter/python").resolve(), LAB, "--no-browser", "--LabApp.expose_app_in_browser=True"],
                cwd=self.folder, env=self.environment(), stdout=log, stderr=log)

    def environment(self):
        own = {f"JUPYTER_{name}_DIR": str(self.folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
        # MNIST is neither found nor downloaded: learning from its stand-in is quicker
        own |= {"XDG_CACHE_HOME": str(self.folder), "JAVA_TOOL_OPTIONS": "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9"}
        return {name: value for name, value in os.environ.items() if name != "JAVAGRAD_DATA"} | own

    def write(self, name, *sources):
        """Puts a notebook with these code cells beside the others."""
        cells = [{"cell_type": "code", "id": str(at), "metadata": {}, "source": source, "outputs": [], "execution_count": None}
                 for at, source in enumerate(sources)]
        metadata = {"kernelspec": {"name": "java", "display_name": "Java", "language": "java"}}
        notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        (self.notebooks / name).write_text(json.dumps(notebook), encoding="utf-8")

    def about(self):
        """What a running server writes down for those who look for it: address and token."""
        def written():
            if self.process.poll() is not None:
                raise AssertionError(f"JupyterLab ended at once; {self.log} has what it said")
            return next((self.folder / "runtime").glob("jpserver-*.json"), None)

        return json.loads(wait("JupyterLab to start", written).read_text(encoding="utf-8"))

    def address(self, path):
        about = self.about()
        return f"{about['url']}{path}?token={about['token']}"

    def ask(self, method, path):
        request = urllib.request.Request(self.address(path), method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read() or "null")

    def end_kernels(self):
        for session in self.ask("GET", "api/sessions"):
            self.ask("DELETE", f"api/sessions/{session['id']}")

    def stop(self):
        self.process.terminate()       # it ends its kernels first
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            shutil.rmtree(self.folder, ignore_errors=True)


def chrome(profile):
    """A headless Chrome that asks nothing of the network."""
    options = webdriver.ChromeOptions()
    options.binary_location = os.environ["CHROME"]
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in ("headless=new", "disable-gpu", "disable-dev-shm-usage", "no-first-run", "disable-background-networking",
                 "disable-component-update", "disable-sync", f"user-data-dir={profile}", f"window-size={WIDTH},{TALL}"):
        options.add_argument(f"--{flag}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")       # Chrome refuses root a sandbox
    # an animation in view is painted for ever, in software, beside the kernel
    options.add_experimental_option("prefs", {"settings.a11y.animation_policy": "none"})
    browser = webdriver.Chrome(options)
    browser.command_executor.client_config.timeout = LONGEST + PATIENCE
    browser.set_script_timeout(LONGEST)
    focus(browser)
    return browser


def alone():
    """Chrome without JupyterLab, for the tests of one module."""
    KEPT.mkdir(parents=True, exist_ok=True)
    profile = tempfile.TemporaryDirectory(prefix="javagrad-", ignore_cleanup_errors=True)
    unittest.addModuleCleanup(profile.cleanup)
    browser = chrome(profile.name)
    unittest.addModuleCleanup(browser.quit)
    return browser


def look(browser, size, scheme="light", motion="reduce"):
    """Looks at pages on such a screen, and as one who has asked for this from now on."""
    media = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE})


def main():
    """Runs the tests of the program; one that is told to end ends its browser first."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    unittest.main()


def focus(browser):
    """Lets the tab have the focus: without it a page in JupyterLab has no current widget, and beside another browser there is only one."""
    browser.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})


class Page:
    """One notebook in JupyterLab. Every failed wait leaves a picture of it."""

    def __init__(self, browser, server):
        self.browser = browser
        self.server = server

    def open(self, name):
        """Opens a notebook and waits for its kernel."""
        self.name = Path(name).stem
        self.browser.set_window_size(WIDTH, SMALL)
        self.browser.get(self.server.address(f"lab/tree/{name}") + "&reset")
        self.until("the kernel to be ready", READY)

    def leave(self):
        """Ends the page, all that it holds, and its kernel; the next one has a tab of its own."""
        left = self.browser.current_window_handle
        self.browser.switch_to.new_window("tab")
        fresh = self.browser.current_window_handle
        self.browser.switch_to.window(left)
        self.browser.close()
        self.browser.switch_to.window(fresh)
        focus(self.browser)
        self.server.end_kernels()

    def wait(self, what, condition, seconds=PATIENCE):
        def tried():
            try:
                return condition()
            except REDRAWN:      # between being found and being used
                return None

        try:
            return wait(f"{what} ({self.name})", tried, seconds)
        except TookTooLong as error:
            raise TookTooLong(f"{error}: see {self.picture('failed')}") from None

    def until(self, what, condition, *arguments, seconds=PATIENCE):
        """Waits in the page itself for what a script returns: the driver is asked once, and the page is not kept from its work."""
        result = self.browser.execute_async_script(UNTIL, condition, arguments, seconds)
        if not result:
            raise TookTooLong(f"waited {seconds} s for {what} ({self.name}): see {self.picture('failed')}")
        return result

    def picture(self, number):
        path = KEPT / f"{self.name}-{number}.png"
        self.browser.save_screenshot(str(path))
        return path

    def js(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def find(self, css):
        """The first such element that is displayed, or None."""
        return next((found for found in self.browser.find_elements(By.CSS_SELECTOR, css) if found.is_displayed()), None)

    def text(self, css):
        return self.wait(f"{css} to be there", lambda: (found := self.find(css)) and [found.get_property("innerText")])[0]

    def click(self, css):
        def clicked():
            found = self.find(css)
            if found:
                found.click()
            return found

        self.wait(f"{css} to be clicked", clicked)

    def menu(self, title, command):
        self.browser.find_element(By.XPATH, f"//li[@role='menuitem'][.//*[text()='{title}']]").click()
        self.click(f".lm-Menu-item[data-command='{command}']")

    def toolbar(self, name):
        self.click(f".jp-NotebookPanel-toolbar [data-jp-item-name='{name}'] :is(jp-button, button)")

    def press(self, *keys):
        """Keys one after the other; a tuple is pressed together."""
        actions = ActionChains(self.browser)
        for key in keys:
            if isinstance(key, tuple):
                for held in key[:-1]:
                    actions.key_down(held)
                actions.send_keys(key[-1])
                for held in key[:-1]:
                    actions.key_up(held)
            else:
                actions.send_keys(key)
        actions.perform()

    def edit(self, at):
        """Puts the caret at the end of a cell."""
        self.show(at)
        self.click(f".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-windowed-list-index='{at}'] .cm-content")
        self.press((Keys.CONTROL, Keys.END))

    def clear(self):
        self.menu("Edit", "editmenu:clear-all")
        self.until("the old outputs to be cleared", CLEARED)

    def run_all(self, seconds=PATIENCE):
        """Runs all cells, without their old outputs; returns the answers when all have run or one has failed."""
        self.clear()
        self.menu("Run", "runmenu:run-all")
        return self.wait_for_answers(seconds)

    def restart_and_run_all(self, seconds=PATIENCE):
        """The same, in a fresh kernel."""
        self.clear()
        self.toolbar("restart-and-run")
        self.click(".jp-Dialog .jp-mod-accept")
        return self.wait_for_answers(seconds)

    def wait_for_answers(self, seconds=PATIENCE):
        self.until("all cells to run", HAVE_RUN, seconds=seconds)
        return self.answers()

    def answers(self):
        return self.js(ANSWERS)

    def source(self, at):
        return self.js("return jupyterapp.shell.currentWidget.content.model.cells.get(arguments[0]).sharedModel.source", at)

    def show(self, at):
        """Scrolls to a cell; returns what is seen from there on when all of it is painted."""
        self.browser.execute_async_script(
            "jupyterapp.shell.currentWidget.content.scrollToItem(arguments[0], 'start', 0).then(arguments[1], arguments[1])", at)

        return self.until(f"every picture and bar from cell {at + 1} on to be painted", PAINTED, at)

    def scroll_through(self):
        """Every cell as a reader sees it, window by window; keeps a picture of each window."""
        self.browser.set_window_size(WIDTH, TALL)
        total = self.js("return jupyterapp.shell.currentWidget.content.widgets.length")
        cells, window = [], 0
        while len(cells) < total:
            cells += self.show(len(cells))
            window += 1
            self.picture(f"{window:02}")
        return cells

    def complaints(self):
        """What the page wrote to the console as errors since it was last asked."""
        return [entry["message"] for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]


def open_lab():
    """JupyterLab in a browser; both end with the program, also when a test is interrupted."""
    server = Server()
    atexit.register(server.stop)
    try:
        browser = chrome(server.folder / "chrome")
    except NoSuchDriverException as error:
        print(f"the notebooks were not tried in a browser: {error.msg.splitlines()[0]}")
        raise unittest.SkipTest("no driver") from None
    atexit.register(browser.quit)
    return Page(browser, server)


class InJupyterLab(unittest.TestCase):
    """A test on a page of its own, which must not complain."""
    page = None

    def tearDown(self):
        self.page.picture("end")
        complaints = self.page.complaints()
        self.page.leave()
        self.assertEqual([], [text for text in complaints if not any(name in text for name in HARMLESS)])
