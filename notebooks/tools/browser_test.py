"""A browser test of make test: JupyterLab with our kernel, tried as a reader tries it; pictures are kept in target/browser."""

from selenium.webdriver import Keys

from browser import InJupyterLab, main, open_lab

JARS = "%maven io.github.javagrad:engine:1.0-SNAPSHOT\n%maven io.github.javagrad:plots:1.0-SNAPSHOT"
IMPORTS = "import grad.plots.*;\nimport grad.scalar.*;"

TRAINING = """
Value w = Value.of(3);
try (var bar = new ProgressBar("endless", 1_000_000_000, html -> display(html, "text/html"), (id, html) -> updateDisplay(id, html, "text/html"))) {
    while (true) {
        Value loss = w.sub(1).pow(2);
        w.grad = 0;
        loss.backward();
        w.data -= 0.001 * w.grad;
        bar.step(loss.data);
    }
}"""
STEPPER = """
Value a = Value.of(2).named("a"), b = Value.of(3).named("b");
display(Stepper.of(a.mul(b).tanh()).html(), "text/html");"""

SHIFT_ENTER = (Keys.SHIFT, Keys.ENTER)


def setUpModule():
    global page
    page = InJupyterLab.page = open_lab()


class WithCells(InJupyterLab):
    def open(self, *sources):
        """A new notebook with these cells."""
        name = f"{self.id().rpartition('test_')[2]}.ipynb"
        page.server.write(name, *sources)
        page.open(name)


class RunningCells(WithCells):
    def test_restart_and_run_all_begins_with_a_fresh_kernel(self):
        self.open('System.getProperty("seen", "never")', 'System.setProperty("seen", "before");')
        self.assertEqual("never", page.run_all()[0]["text"])
        self.assertEqual("before", page.run_all()[0]["text"])
        answers = page.restart_and_run_all()
        self.assertEqual("never", answers[0]["text"])
        self.assertEqual([1, 2], [cell["number"] for cell in answers])

    def test_interrupted_training_stops_and_the_next_cell_runs(self):
        self.open(JARS, IMPORTS, TRAINING, "6 * 7")
        page.menu("Run", "runmenu:run-all")
        page.wait("the training to get on", lambda: "steps/s" in page.text(".javagrad-progress"))
        page.toolbar("interrupt")
        training = page.wait_for_answers()[2]
        self.assertIn("interrupted", training["error"])
        page.wait("the bar to say where it stopped", lambda: "stopped after" in page.text(".javagrad-progress"))
        page.edit(3)
        page.press(SHIFT_ENTER)
        page.wait("the next cell to answer", lambda: page.answers()[3]["text"] == "42")

    def test_two_hundred_cells_one_right_after_the_other_are_all_answered_in_order(self):
        self.open("int n = 0;", *["++n"] * 199)
        answers = page.run_all()     # all are sent at once; the same as keys takes the page a third of a second for each
        self.assertEqual([str(n) for n in range(1, 200)], [cell["text"] for cell in answers[1:]])
        self.assertEqual(list(range(1, 201)), [cell["number"] for cell in answers])

    def test_syntax_error_shows_the_line_and_points_at_the_place(self):
        self.open("int a = 1;\nint b = a +;\nint c = 3;")
        page.run_all()
        lines = page.text(".jp-OutputArea-output").splitlines()
        wrong = next(at for at, line in enumerate(lines) if "int b = a +;" in line)
        self.assertEqual(lines[wrong].index(";"), lines[wrong + 1].index("^"))


class Typing(WithCells):
    def setUp(self):
        self.open(JARS, IMPORTS, "Value x = Value.of(2);", "")
        page.run_all()
        page.edit(3)

    def test_completion_pops_up_and_is_accepted(self):
        page.press("x.")
        page.press(Keys.TAB)
        page.wait("backward to be offered", lambda: "backward" in page.text(".jp-Completer"))
        page.press("backw", Keys.ENTER)
        page.wait("it to be accepted", lambda: page.source(3).startswith("x.backward("))

    def test_shift_tab_shows_javadoc(self):
        page.press("x.backward", (Keys.SHIFT, Keys.TAB))
        page.wait("what the source says of backward", lambda: "sets its own gradient to 1" in page.text(".jp-Tooltip"))


class TheStepper(WithCells):
    def step(self):
        return page.text(".javagrad-stepper[data-ready] output")

    def words(self):
        return page.text(".javagrad-stepper .spoken[aria-live]")

    def press(self, button):
        page.click(f".javagrad-stepper [data-do={button}]")

    def test_steps_forward_and_back_and_plays_until_it_is_paused(self):
        self.open(JARS, IMPORTS, STEPPER)
        page.run_all()
        self.assertEqual("1 / 8", self.step())
        first = self.words()
        self.press("next")
        self.assertEqual("2 / 8", self.step())
        self.assertNotEqual(first, self.words())
        self.press("back")
        self.assertEqual("1 / 8", self.step())
        self.assertEqual(first, self.words())
        self.press("play")
        page.wait("the third step", lambda: self.step() == "3 / 8")
        self.press("play")
        self.assertEqual("Play", page.text(".javagrad-stepper [data-do=play]"))


if __name__ == "__main__":
    main()
