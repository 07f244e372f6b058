"""Every page of the site on a phone, in a real browser."""
import signal
import tempfile
import unittest
from pathlib import Path

from selenium.webdriver.support.ui import WebDriverWait

from browser import PATIENCE, chrome

SITE = Path("target/site")
WIDTH, HEIGHT = 390, 844
LEAST_TARGET = 24      # CSS pixels, WCAG 2.2, 2.5.8; links within a sentence are exempt

SMALL = """
return [...document.querySelectorAll('nav a, .card, button, label, input[type=range]')].filter(target => target.checkVisibility())
  .map(target => [target.textContent, target.getBoundingClientRect()])
  .filter(([, {width, height}]) => Math.min(width, height) < arguments[0]).map(([text, {width, height}]) => `${text}: ${width} × ${height}`);
"""


def setUpModule():
    global browser
    if not SITE.exists():
        raise unittest.SkipTest(f"there is no {SITE}: make notebooks writes it")
    profile = tempfile.TemporaryDirectory(prefix="javagrad-", ignore_cleanup_errors=True)
    unittest.addModuleCleanup(profile.cleanup)
    browser = chrome(profile.name)
    unittest.addModuleCleanup(browser.quit)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": True})


SCROLLS_UNSEEN = """
return [...document.querySelectorAll('*')].filter(node => ['auto', 'scroll'].includes(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth + 1)
  .filter(node => !getComputedStyle(node).backgroundAttachment.includes('local')
    && node.offsetHeight - node.clientHeight < 6 && !parseFloat(getComputedStyle(node, '::-webkit-scrollbar').height))
  .map(node => `${node.tagName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`);
"""


def width():
    return browser.execute_script("return document.documentElement.scrollWidth")


class EveryPage(unittest.TestCase):
    def test_is_as_wide_as_the_phone_has_targets_for_a_finger_shows_what_scrolls_and_has_no_complaints(self):
        for page in sorted(SITE.rglob("*.html")):
            with self.subTest(page=page.name):
                browser.get(page.resolve().as_uri())
                WebDriverWait(browser, PATIENCE).until(lambda _: width() == WIDTH, f"wider than the phone's {WIDTH} pixels")
                self.assertEqual([], browser.execute_script(SMALL, LEAST_TARGET))
                self.assertEqual([], browser.execute_script(SCROLLS_UNSEEN))
                self.assertEqual([], browser.get_log("browser"))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    unittest.main()
