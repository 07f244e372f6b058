"""A browser test of make test: the pages to draw on that notebooks 05 and 08 write, tried with mouse, finger and keys."""
import unittest
from pathlib import Path

from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from browser import DESKTOP, KEPT, PATIENCE, PHONE, alone, look, main

# A nought, in parts of the board.
ZERO = [(.50, .15), (.35, .20), (.28, .40), (.28, .60), (.36, .80), (.50, .86), (.64, .80), (.72, .60), (.72, .40), (.65, .20), (.50, .15)]


def setUpModule():
    global browser
    browser = alone()


class OnABoard:
    """What is true of the board on PAGE, which has SIDE × SIDE cells."""

    @classmethod
    def setUpClass(cls):
        if not cls.PAGE.exists():
            raise unittest.SkipTest(f"there is no {cls.PAGE}: its notebook writes it")

    def setUp(self):
        self.open(DESKTOP)

    def tearDown(self):
        browser.save_screenshot(str(KEPT / f"{self.PAGE.stem}-{self.id().rpartition('test_')[2]}.png"))
        self.assertEqual([], browser.get_log("browser"))

    def open(self, size, scheme="light", motion="reduce"):
        look(browser, size, scheme, motion)
        browser.get(self.PAGE.resolve().as_uri())

    def find(self, css):
        return browser.find_element(By.CSS_SELECTOR, css)

    def click(self, css):
        self.find(css).click()

    def answer(self):
        return self.find(".answer").text

    def shares(self, column):
        """The probabilities as the page computed them: column 3 those of the drawing, 4 those of the changed picture."""
        return [float(cell.get_attribute("data-value")) for cell in browser.find_elements(By.CSS_SELECTOR, f"tbody td:nth-child({column})")]

    def draw(self, points, pointer="mouse"):
        pad = self.find(".pad").rect
        places = [(round(pad["x"] + x * pad["width"]), round(pad["y"] + y * pad["height"])) for x, y in points]
        actions = ActionBuilder(browser, mouse=PointerInput(pointer, pointer), duration=10)
        actions.pointer_action.move_to_location(*places[0]).pointer_down()
        for place in places[1:]:
            actions.pointer_action.move_to_location(*place)
        actions.pointer_action.pointer_up()
        actions.perform()

    def press(self, *keys):
        ActionChains(browser).send_keys(*keys).perform()

    def change_into(self, digit):
        browser.find_elements(By.CSS_SELECTOR, ".targets button")[digit].click()
        WebDriverWait(browser, PATIENCE).until(lambda _: self.find(".film output").text == "100 of 100")

    def test_nought_drawn_with_the_mouse_is_read(self):
        self.click("[data-do=clear]")
        self.draw(ZERO)
        self.assertRegex(self.answer(), "reads 0")
        self.assertAlmostEqual(1, sum(self.shares(3)), places=5)

    def test_finger_draws_on_a_phone_and_nothing_is_wider_than_it(self):
        self.open(PHONE, scheme="dark")
        self.draw(ZERO, "touch")
        self.assertRegex(self.answer(), "reads 0")
        self.change_into(8)
        self.assertEqual(PHONE[0], browser.execute_script("return document.documentElement.scrollWidth"))

    def test_undo_brings_back_what_a_stroke_replaced(self):
        before = self.shares(3)
        self.draw([(.2, .2), (.8, .8)])
        self.assertNotEqual(before, self.shares(3))
        self.click("[data-do=undo]")
        self.assertEqual(before, self.shares(3))

    def test_keys_ink_and_clear_a_cell_and_say_so(self):
        self.click("[data-do=clear]")
        empty = self.shares(3)
        browser.execute_script("arguments[0].focus()", self.find(".pad"))
        self.press(Keys.ARROW_LEFT, Keys.ARROW_UP, " ")
        spoken = self.find(".spoken").get_attribute("textContent")
        self.assertRegex(spoken, f"^Row {self.SIDE // 2}, column {self.SIDE // 2}: ink. It reads")
        self.assertNotEqual(empty, self.shares(3))
        self.press(" ")
        self.assertEqual(empty, self.shares(3))

    def test_jupyterlab_is_told_to_leave_the_keys_to_whatever_has_the_focus(self):
        for element in browser.find_elements(By.CSS_SELECTOR, ".pad, button, input"):
            self.assertEqual("true", element.get_attribute("data-lm-suppress-shortcuts"))

    def test_every_example_is_read_as_what_it_is(self):
        for digit, button in enumerate(browser.find_elements(By.CSS_SELECTOR, ".examples button")):
            button.click()
            self.assertRegex(self.answer(), f"reads {digit},")

    def test_dream_of_an_eight_plays_and_is_read_as_the_nine_it_was_asked_to_be(self):
        self.open(DESKTOP, motion="no-preference")
        self.click(".examples button:nth-of-type(9)")
        self.assertRegex(self.answer(), "reads 8")
        self.change_into(9)
        self.assertGreater(self.shares(4)[9], 0.9)
        self.assertRegex(self.find(".result").text, r"^It reads 9, .*changed by \d")

    def test_adversary_changes_less_than_a_dream_and_less_the_more_that_costs(self):
        self.click(".examples button:nth-of-type(9)")
        self.change_into(9)
        changes = [self.moved()]
        self.click("[value=adversary]")
        self.change_into(9)
        changes.append(self.moved())
        self.find(".price input").send_keys(Keys.END)
        self.change_into(9)
        changes.append(self.moved())
        self.assertEqual(sorted(changes, reverse=True), changes)
        self.assertLess(changes[2], changes[1] / 2)

    def moved(self):
        return float(self.find(".result").text.partition("changed by ")[2].split()[0])

    def test_who_wants_no_motion_sees_the_end_at_once(self):
        browser.find_elements(By.CSS_SELECTOR, ".targets button")[3].click()
        self.assertEqual("100 of 100", self.find(".film output").text)

    def test_drawing_again_ends_the_film(self):
        self.open(DESKTOP, motion="no-preference")
        browser.find_elements(By.CSS_SELECTOR, ".targets button")[3].click()
        self.draw(ZERO)
        self.assertFalse(self.find(".film").is_displayed())
        self.assertEqual([], browser.find_elements(By.CSS_SELECTOR, ".targets [aria-pressed=true]"))


class SmallDigits(OnABoard, unittest.TestCase):
    PAGE = Path("notebooks/draw-a-digit.html")
    SIDE = 8


class LargeDigits(OnABoard, unittest.TestCase):
    PAGE = Path("notebooks/draw-a-digit-28.html")
    SIDE = 28


if __name__ == "__main__":
    main()
