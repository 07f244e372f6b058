"""A browser test of make test: every page of the site on a phone, by day and in the dark."""
import unittest
from pathlib import Path

from selenium.webdriver.support.ui import WebDriverWait

from browser import PATIENCE, PHONE, alone, look, main

SITE = Path("target/site")
LEAST_WORDS = 11       # CSS pixels
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
    browser = alone()


SCROLLS_UNSEEN = """
return [...document.querySelectorAll('*')].filter(node => ['auto', 'scroll'].includes(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth + 1)
  .filter(node => !getComputedStyle(node).backgroundAttachment.includes('local')
    && node.offsetHeight - node.clientHeight < 6 && !parseFloat(getComputedStyle(node, '::-webkit-scrollbar').height))
  .map(node => `${node.tagName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`);
"""


# Words in charts have 12 pixels and those in drawings stand in the SVG, before they are made smaller or larger with the picture.
SMALL_WORDS = """
return [...document.querySelectorAll('.javagrad-figure img, .javagrad-stepper svg')].filter(picture => picture.checkVisibility()).map(picture => {
  const narrow = picture.parentElement.querySelector(':scope > source');
  const designed = narrow && matchMedia(narrow.media).matches ? narrow.getAttribute('width') : picture.getAttribute('width');
  const svg = picture.tagName === 'IMG' ? (picture.src.startsWith('data:image/svg') ? atob(picture.src.split(',')[1]) : '') : picture.outerHTML;
  const words = Math.min(12, ...[...svg.matchAll(/font-size="([\\d.]+)"/g)].map(found => Number(found[1])));
  return [words * picture.getBoundingClientRect().width / designed, picture.getAttribute('alt') ?? 'a stepper'];
}).filter(([pixels]) => pixels < arguments[0] - .05).map(([pixels, alt]) => `${pixels.toFixed(1)}: ${alt.slice(0, 60)}`);
"""

NOT_DARK = """
const light = color => Math.max(...color.match(/\\d+/g).slice(0, 3)) > 60;
const card = picture => getComputedStyle(picture.closest('figure')).backgroundColor;
const turned = node => getComputedStyle(node).filter.startsWith('invert');
const pictures = [...document.querySelectorAll('.javagrad-figure .drawn')].filter(picture => light(card(picture)) || !turned(picture));
const steppers = [...document.querySelectorAll('.javagrad-stepper[data-ready]')].filter(turned);      // they take the page's colours
return [...pictures.map(picture => picture.alt), ...steppers.map(() => 'a stepper')];
"""


def width():
    return browser.execute_script("return document.documentElement.scrollWidth")


class EveryPage(unittest.TestCase):
    def test_is_as_wide_as_the_phone_has_targets_for_a_finger_shows_what_scrolls_and_has_no_complaints(self):
        look(browser, PHONE)
        for page in sorted(SITE.rglob("*.html")):
            with self.subTest(page=page.name):
                browser.get(page.resolve().as_uri())
                WebDriverWait(browser, PATIENCE).until(lambda _: width() == PHONE[0], f"wider than the phone's {PHONE[0]} pixels")
                self.assertEqual([], browser.execute_script(SMALL, LEAST_TARGET))
                self.assertEqual([], browser.execute_script(SCROLLS_UNSEEN))
                self.assertEqual([], browser.execute_script(SMALL_WORDS, LEAST_WORDS))
                self.assertEqual([], browser.get_log("browser"))

    def test_turns_what_is_drawn_to_light_on_dark_in_the_dark(self):
        look(browser, PHONE, scheme="dark")
        for page in sorted(SITE.rglob("*.html")):
            with self.subTest(page=page.name):
                browser.get(page.resolve().as_uri())
                self.assertEqual([], browser.execute_script(NOT_DARK))


if __name__ == "__main__":
    main()
