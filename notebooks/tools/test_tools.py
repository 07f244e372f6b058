"""A part of make test: each tool rejects what it should (python3 -m unittest discover -s notebooks/tools)."""
import json
import tempfile
import unittest
import unittest.mock
from contextlib import redirect_stdout
from io import StringIO
from base64 import b64encode
from email import message_from_string
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import answers
import audit
import compare
import execute
import pages
import portable
import vary


def printing(text, *tags):
    return new_code_cell("…", outputs=[new_output("stream", name="stdout", text=text)], metadata={"tags": list(tags)})


def showing(**data):
    return new_code_cell("…", outputs=[new_output("display_data", data={"text/" + kind: value for kind, value in data.items()})])


class Comparison(unittest.TestCase):
    def cells_that_differ(self, committed, executed):
        return [number for number, _ in compare.differences(new_notebook(cells=committed), new_notebook(cells=executed))]

    def test_changed_text_is_found_and_its_code_cell_counted(self):
        committed = [new_markdown_cell("# T"), printing("1\n"), printing("loss 0.5\n")]
        executed = [new_markdown_cell("# T"), printing("1\n"), printing("loss 0.6\n")]
        self.assertEqual([2], self.cells_that_differ(committed, executed))

    def test_difference_shows_both_sides(self):
        [(_, diff)] = compare.differences(new_notebook(cells=[printing("loss 0.5\n")]), new_notebook(cells=[printing("loss 0.6\n")]))
        self.assertIn("-loss 0.5", diff)
        self.assertIn("+loss 0.6", diff)

    def test_missing_output_is_found(self):
        self.assertEqual([1], self.cells_that_differ([showing(plain="8")], [new_code_cell("…")]))

    def test_object_id_is_not_excused(self):
        self.assertEqual([1], self.cells_that_differ([showing(plain="Foo@1a2b")], [showing(plain="Foo@3c4d")]))

    def test_changed_table_is_found(self):
        self.assertEqual([1], self.cells_that_differ([showing(html="<td>1</td>")], [showing(html="<td>2</td>")]))

    def test_cell_tagged_timing_is_exempt(self):
        self.assertEqual([], self.cells_that_differ([printing("1 ms", "timing")], [printing("2 ms", "timing")]))

    def test_pictures_may_differ_but_not_be_lost(self):
        self.assertEqual([], self.cells_that_differ([showing(html="<svg>1</svg>")], [showing(html="<svg>2</svg>")]))
        self.assertEqual([1], self.cells_that_differ([showing(html="<svg>1</svg>")], [showing(plain="null")]))

    def test_what_a_picture_shows_may_not_change(self):
        picture = '<figure><img alt="Line chart: %s" src="data:"><figcaption>%s</figcaption></figure>'
        self.assertEqual([], self.cells_that_differ([showing(html=picture % ("98 %", "after 40 steps"))], [showing(html=picture % ("98 %", "after 40 steps"))]))
        self.assertEqual([1], self.cells_that_differ([showing(html=picture % ("98 %", "a"))], [showing(html=picture % ("99 %", "a"))]))
        self.assertEqual([1], self.cells_that_differ([showing(html=picture % ("98 %", "a"))], [showing(html=picture % ("98 %", "b"))]))

    def test_other_kernels_repeat_html_and_pictures_as_plain_text(self):
        """As IJava and JJava do: what they send for display(html, "text/html")."""
        for html in ("<table><tr><td>1</td></tr></table>", '<img alt="a sheet" src="data:image/png;base64,AA">', '<div class="javagrad-progress">1</div>'):
            self.assertEqual([], self.cells_that_differ([showing(html=html)], [showing(html=html, plain=html)]))
        self.assertEqual([1], self.cells_that_differ([showing(plain="1")], [showing(plain="2")]))

    def test_progress_bars_may_differ(self):
        bar = '<div class="javagrad-progress">%d steps/s</div>'
        self.assertEqual([], self.cells_that_differ([showing(html=bar % 1)], [showing(html=bar % 2)]))

    def test_stepper_may_look_different_but_not_say_something_else(self):
        stepper = '<figure class="javagrad-stepper"><ol><li><div>%s</div></li></ol><img src="%s"></figure>'
        self.assertEqual([], self.cells_that_differ([showing(html=stepper % ("2 · 3 = 6", "a"))], [showing(html=stepper % ("2 · 3 = 6", "b"))]))
        self.assertEqual([1], self.cells_that_differ([showing(html=stepper % ("2 · 3 = 6", "a"))], [showing(html=stepper % ("2 · 3 = 5", "a"))]))

    def test_stream_cut_into_other_messages_is_the_same(self):
        cut = printing("ab")
        cut.outputs = [new_output("stream", name="stdout", text=part) for part in "ab"]
        self.assertEqual([], self.cells_that_differ([printing("ab")], [cut]))


class OtherData(unittest.TestCase):
    """A notebook that ran on a stand-in for its data."""

    def notebook(self, source, accuracy, steps="5 epochs"):
        return new_notebook(cells=[printing(source, "source"), printing(accuracy, "mnist"), printing(steps)])

    def test_cells_that_depend_on_the_data_are_not_compared(self):
        committed, executed = self.notebook("the real one", "98 %"), self.notebook("a stand-in", "70 %")
        self.assertEqual([], compare.differences(committed, executed))
        self.assertEqual(1, compare.on_other_data(committed, executed))

    def test_all_other_cells_still_are(self):
        executed = self.notebook("a stand-in", "70 %", steps="6 epochs")
        [(cell, _)] = compare.differences(self.notebook("the real one", "98 %"), executed)
        self.assertEqual(3, cell)

    def test_on_the_same_data_every_cell_is_compared(self):
        committed, executed = self.notebook("the real one", "98 %"), self.notebook("the real one", "97 %")
        [(cell, _)] = compare.differences(committed, executed)
        self.assertEqual(2, cell)
        self.assertEqual(0, compare.on_other_data(committed, executed))

    def test_it_is_said_which_notebook_and_how_many_cells(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, notebook in (("committed", self.notebook("the real one", "98 %")), ("executed", self.notebook("a stand-in", "70 %"))):
                Path(folder, name).mkdir()
                nbformat.write(notebook, Path(folder, name, "08-mnist.ipynb"))
            with redirect_stdout(StringIO()) as printed:
                compare.main(f"{folder}/committed", f"{folder}/executed/08-mnist.ipynb")
        self.assertEqual(["08-mnist.ipynb ran on other data than the committed one, so 1 cells are not compared:",
                          "  committed: the real one", "  executed:  a stand-in", "1 notebooks print what is committed"],
                         printed.getvalue().splitlines())


class Variations(unittest.TestCase):
    def changed(self, change, *sources):
        notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
        change(notebook)
        return [cell.source for cell in notebook.cells]

    def test_the_seed_is_replaced_where_it_is_declared(self):
        self.assertEqual(["import x;\n\nlong seed = 7;", "new Rng(seed + 42)"],
                         self.changed(vary.seeded(7), "import x;\n\nlong seed = 42;", "new Rng(seed + 42)"))

    def test_named_steps_are_halved_and_doubled(self):
        self.assertEqual(["int steps = 50;", "    int epochs = 3;", "int size = 9;"],
                         self.changed(vary.lengthened(0.5), "int steps = 100;", "    int epochs = 6;", "int size = 9;"))
        self.assertEqual(["int steps = 200;"], self.changed(vary.lengthened(2), "int steps = 100;"))

    def test_a_single_step_is_not_halved_away(self):
        self.assertEqual(["int steps = 1;"], self.changed(vary.lengthened(0.5), "int steps = 1;"))

    def run_twice(self, said, *again):
        """Runs a notebook of one cell, committed with the first words, through a kernel that says the given words one after the other."""
        cell, words = printing(said), iter([said, *again])
        def once(client, cell, index):
            word = next(words)
            cell.outputs = [] if isinstance(word, Exception) else [new_output("stream", name="stdout", text=word)]
            if isinstance(word, Exception):
                raise word
        def execute(path, run):
            executed = new_notebook(cells=[new_code_cell(cell.source)])
            run(None, executed.cells[0], 0)
            return executed
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch("vary.once", once), unittest.mock.patch("vary.execute", execute):
            path = Path(folder, "a.ipynb")
            nbformat.write(new_notebook(cells=[cell]), path)
            vary.run_twice(path)

    def test_a_cell_that_says_the_same_twice_passes(self):
        self.run_twice("8\n", "8\n")

    def test_a_cell_that_counts_on_is_found(self):
        with self.assertRaisesRegex(execute.Failure, "run twice, this cell says something else"):
            self.run_twice("2000\n", "4000\n")

    def test_a_claim_may_ask_for_an_earlier_cell_but_not_just_fail(self):
        def failed(claim):
            return CellExecutionError("", "IllegalStateException", f"java.lang.IllegalStateException: claim failed: {claim}")
        self.run_twice("ok\n", failed("the boundary has moved on: run the cell that builds it again"))
        with self.assertRaises(CellExecutionError):
            self.run_twice("ok\n", failed("the loss is 6"))


class Answers(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "05-digits.answers.txt")
            path.write_text(text, encoding="utf-8")
            return answers.read(path)

    def test_answers_stand_below_what_is_expected_of_them(self):
        self.assertEqual([("2", None, "double a = 1;\n\ndouble b = 2;"), ("2", "pays about", "double a = 3;")],
                         self.read("=== 2 right\ndouble a = 1;\n\ndouble b = 2;\n=== 2 wrong: pays about\ndouble a = 3;\n"))

    def test_words_before_the_first_answer_are_refused(self):
        with self.assertRaisesRegex(execute.Failure, "line 1"):
            self.read("== 2 right\ndouble a = 1;\n")

    def test_three_of_each_are_wanted_for_every_exercise(self):
        enough = [("1", words, str(i)) for words in (None, "too small") for i in range(3)]
        self.assertEqual([], list(answers.too_few(enough, ["1"])))
        self.assertEqual(1, len(list(answers.too_few(enough[1:], ["1"]))))
        self.assertEqual(["there is no exercise 1"], list(answers.too_few(enough, [])))

    def test_the_gap_ends_at_the_first_blank_line(self):
        self.assertEqual("double a = 1;\n\nexercise(1);\n\n// end", answers.filled("double a = unknown;   // here\n\nexercise(1);\n\n// end", "double a = 1;"))

    def error(self, evalue):
        return CellExecutionError("", "IllegalStateException", evalue)

    def test_a_right_answer_needs_an_ok(self):
        self.assertIsNone(answers.fault_of_right("ok: it is 8", None))
        self.assertTrue(answers.fault_of_right("exercise 1: not yet", None))
        self.assertTrue(answers.fault_of_right("ok: half of it", self.error("claim failed: the rest")))
        self.assertTrue(answers.fault_of_right("", None))

    def test_a_wrong_answer_is_told_what_is_wrong(self):
        self.assertIsNone(answers.fault_of_wrong("claim failed: it is too small", self.error("claim failed: it is too small"), "too small"))
        self.assertIsNone(answers.fault_of_wrong("gradient check failed: 2, not 1", self.error("gradient check failed: 2, not 1"), "not 1"))
        self.assertTrue(answers.fault_of_wrong("claim failed: it is too large", self.error("claim failed: it is too large"), "too small"))
        self.assertTrue(answers.fault_of_wrong("ok: it is 8", None, "too small"))
        self.assertTrue(answers.fault_of_wrong("NullPointerException", self.error("NullPointerException"), "Null"))
        self.assertTrue(answers.fault_of_wrong("exercise 1: not yet", None, "not yet"))

    def test_left_alone_it_says_not_yet(self):
        self.assertIsNone(answers.fault_of_untouched("exercise 1: not yet", None))
        self.assertTrue(answers.fault_of_untouched("ok: nothing to do", None))


class PortableSet(unittest.TestCase):
    def faults(self, *sources):
        return portable.faults(new_notebook(cells=[new_code_cell(source) for source in sources]))

    def test_portable_magics_pass(self):
        self.assertEqual([], self.faults("%maven org.knowm.xchart:xchart:4.0.3", "%load a.jshell\nint b = 7 % 2;",
                                         "%%loadFromPOM\n<dependency/>", "%classpath lib/*.jar"))

    def test_magic_of_one_kernel_alone_is_refused(self):
        [(cell, fault)] = self.faults("%maven g:a:1", "int a = 1;\n  %time a")
        self.assertEqual(2, cell)
        self.assertIn("%time", fault)

    def test_unknown_cell_magic_is_refused(self):
        self.assertEqual(1, len(self.faults("%maven g:a:1", "%%bash\nls")))

    def test_line_that_goes_on_after_a_percent_sign_is_refused(self):
        self.assertEqual(1, len(self.faults("%maven g:a:1", "int a = 7\n  %b;")))

    def test_packaging_in_a_coordinate_is_refused(self):
        self.assertEqual(1, len(self.faults("%maven g:a:jar:1")))

    def test_load_without_extension_is_refused(self):
        self.assertEqual(1, len(self.faults("%maven g:a:1", "%load helpers")))

    def test_magic_without_its_arguments_is_refused(self):
        for line in ("%maven", "%load", "%classpath", "%mavenRepo here"):
            self.assertEqual(1, len(self.faults("%maven g:a:1", line)), line)

    def test_portable_functions_and_own_methods_pass(self):
        self.assertEqual([], self.faults("%maven g:a:1", """
            var id = display(plot(List.of(1, 2)), "image/png");
            updateDisplay(id, render(eval("clearOutput(true)")));   // not clearOutput(true) itself
            if (Files.size(Path.of("a")) > 0) printf("%d", new Thing().twice(3));
            """, "<T> Figure plot(Map<String, List<T>> x, int... y) throws IOException { return new Figure(x); }"))

    def test_a_subclass_calls_what_it_inherits(self):
        self.assertEqual([], self.faults("%maven g:a:1", "class Descent extends Optimizer { void step() { x -= learningRate(); } }"))
        self.assertEqual(1, len(self.faults("%maven g:a:1", "class Descent { void step() { x -= learningRate(); } }")))
        self.assertEqual(1, len(self.faults("%maven g:a:1", "class D extends O { void f() { if (x) g(); } }\nclearOutput(true);")))

    def test_function_of_one_kernel_alone_is_refused(self):
        for function in ("clearOutput(true)", "getKernelInstance ()", "lineMagic(\"maven\", args)", "int x = 1 + cellMagic(x)"):
            [(cell, fault)] = self.faults("%maven g:a:1", f"int a = 1;\n{function};")
            self.assertEqual(2, cell)
            self.assertRegex(fault, r"^(clearOutput|getKernelInstance|lineMagic|cellMagic)\(\) is not declared in the notebook")

    def test_class_of_one_kernel_alone_is_refused(self):
        for code in ("grad.kernel.Notebook.clearOutput(true);", "import io.github.spencerpark.ijava.runtime.*;", "org.dflib.jjava.JJava x;", "System.exit(0);"):
            self.assertEqual(1, len(self.faults("%maven g:a:1", code)), code)

    def test_every_notebook_there_is_keeps_to_it(self):
        notebooks = [path for path in Path(__file__).parents[1].rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
        self.assertGreaterEqual(len(notebooks), 16)
        for path in notebooks:
            self.assertEqual([], portable.faults(json.loads(path.read_text(encoding="utf-8"))), path)

    def test_first_cell_holds_maven_lines_only(self):
        self.assertEqual([(1, "the first code cell holds %maven lines only")], self.faults("%maven g:a:1\nint a = 1;"))


class Licences(unittest.TestCase):
    def licence(self, *poms):
        """Of the first of these artifacts, in a repository that has them all."""
        with tempfile.TemporaryDirectory() as repository:
            for name, content in poms:
                folder = Path(repository, "org/example", name, "1.0")
                folder.mkdir(parents=True)
                Path(folder, f"{name}-1.0.pom").write_text(f'<project xmlns="http://maven.apache.org/POM/4.0.0">{content}</project>')
            return audit.licence_of_jar(Path(repository, "org/example", poms[0][0], "1.0", f"{poms[0][0]}-1.0-linux.jar"), "org.example")

    MIT = "<licenses><license><name>The MIT License</name></license></licenses>"
    PARENT = "<parent><groupId>org.example</groupId><artifactId>above</artifactId><version>1.0</version></parent>"

    def test_a_pom_states_it_or_the_nearest_parent_does(self):
        self.assertEqual("MIT", self.licence(("lib", self.MIT)))
        self.assertEqual("MIT", self.licence(("lib", self.PARENT), ("above", self.MIT)))

    def test_none_is_stated(self):
        self.assertEqual("", self.licence(("lib", self.PARENT), ("above", "")))
        self.assertEqual("", self.licence(("lib", self.PARENT)))

    def test_python_packages_state_it_in_three_places(self):
        for field in ("License-Expression: MIT", "Classifier: License :: OSI Approved :: MIT License", "License: The MIT License"):
            self.assertEqual("MIT", audit.licence_of_package(message_from_string(field)))
        self.assertEqual("", audit.licence_of_package(message_from_string("Name: x")))

    def test_a_missing_one_stops_the_audit(self):
        with unittest.mock.patch.multiple(audit, maven=unittest.mock.DEFAULT, ENVIRONMENTS=[], plugins=lambda listings: [("plugin", "1.0", 1, "")],
                                          libraries=lambda listing: [("lib", "1.0", 1, "MIT")]), redirect_stdout(StringIO()):
            with self.assertRaisesRegex(SystemExit, "no licence is stated by plugin"):
                audit.main()


class Execution(unittest.TestCase):
    """Runs a real kernel."""

    def execute(self, *sources, **options):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "03-mlp-on-moons.ipynb")
            nbformat.write(new_notebook(cells=[new_markdown_cell("# T"), *map(new_code_cell, sources)]), path)
            return execute.execute(path, **options)

    def failure(self, *sources, **options):
        with self.assertRaises(execute.Failure) as failed:
            self.execute(*sources, **options)
        return str(failed.exception).splitlines()[0]

    def test_a_changed_notebook_writes_nothing_beside_the_committed_one(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "03-mlp-on-moons.ipynb")
            write = 'java.nio.file.Files.writeString(java.nio.file.Path.of("left"), "x");'
            nbformat.write(new_notebook(cells=[new_code_cell("long seed = 42;\n" + write)]), path)
            vary.run_apart(path, vary.seeded(7))
            self.assertEqual([path], list(Path(folder).iterdir()))

    def test_failed_claim_names_notebook_cell_and_claim(self):
        self.assertEqual("03-mlp-on-moons.ipynb, cell 2: claim failed: loss is below 0.03",
                         self.failure("1 + 1", 'throw new IllegalStateException("claim failed: loss is below 0.03");'))

    def test_exception_is_named(self):
        self.assertRegex(self.failure("Object o = null;", "o.hashCode()"), r"cell 2: .*NullPointerException")

    def test_endless_cell_is_stopped(self):
        self.assertEqual("03-mlp-on-moons.ipynb, cell 1: still running after 2 s, stopped",
                         self.failure("while (true) {}", seconds=2))

    def test_death_of_the_kernel_is_said(self):
        self.assertRegex(self.failure("int a = 1;", "Runtime.getRuntime().halt(1);"), "cell 2: the kernel died")

    def test_what_another_kernel_repeats_as_plain_text_is_not_kept(self):
        def displayed(**data):
            notebook = new_notebook(cells=[showing(**data)])
            return execute.stable(notebook).cells[0].outputs[0]["data"]
        self.assertEqual({"text/html": "<b>1</b>"}, displayed(html="<b>1</b>", plain="<b>1</b>"))
        self.assertEqual({"text/plain": "1"}, displayed(plain="1"))

    def test_cells_that_ran_twice_are_numbered_as_if_they_had_run_once(self):
        def twice(client, cell, index):
            execute.once(client, cell, index)
            execute.once(client, cell, index)
        once, again = self.execute("int a = 6;", "", "a * 7"), self.execute("int a = 6;", "", "a * 7", run=twice)
        self.assertEqual([1, None, 2], [cell.execution_count for cell in again.cells[1:]])
        self.assertEqual([cell.outputs for cell in once.cells[1:]], [cell.outputs for cell in again.cells[1:]])

    def test_two_runs_give_the_same_bytes(self):
        source = 'for (int i = 0; i < 300; i++) System.out.println(i);\nSystem.err.println("e"); 6 * 7'
        first, second = self.execute(source), self.execute(source)
        self.assertEqual([c.outputs for c in first.cells[1:]], [c.outputs for c in second.cells[1:]])
        self.assertEqual(execute.METADATA, first.metadata)
        self.assertNotIn("execution", first.cells[1].metadata)


class Pages(unittest.TestCase):
    def setUp(self):
        self.notebook = new_notebook(cells=[
            new_markdown_cell("# Graphs & <gradients>\n\nWhat *happens* if\n[I](http://a.b) nudge 0.5 of it? Then more."),
            showing(html="<b>8</b>"), showing(html='<p><svg width="9"><g/></svg></p>')])

    def test_title_and_first_sentence_are_plain_text(self):
        self.assertEqual("Graphs & <gradients>", pages.title(self.notebook))
        self.assertEqual("What happens if I nudge 0.5 of it?", pages.opening(self.notebook))

    def test_thumbnail_is_the_first_picture(self):
        self.assertTrue(pages.picture(self.notebook).startswith("data:image/svg+xml;base64,"))

    def test_thumbnail_may_be_chosen_by_its_tag(self):
        chosen = showing(html='<img src="data:image/png;base64,AAAA">')
        chosen.metadata.tags = ["thumbnail"]
        self.notebook.cells.append(chosen)
        self.assertEqual("data:image/png;base64,AAAA", pages.picture(self.notebook))

    def test_tagged_cell_without_a_picture_leaves_the_first(self):
        self.notebook.cells.append(printing("no picture", "thumbnail"))
        self.assertTrue(pages.picture(self.notebook).startswith("data:image/svg+xml;base64,"))

    def test_notebook_without_pictures_has_no_thumbnail(self):
        self.assertIsNone(pages.picture(new_notebook(cells=[printing("8")])))

    def test_card_shows_the_summary_where_there_is_one_else_the_first_sentence(self):
        self.assertIn("<p>What happens if I nudge 0.5 of it?</p>", pages.card((Path("01-a.ipynb"), self.notebook)))
        self.notebook.cells[0].metadata["summary"] = "Slopes & <graphs>."
        self.assertIn("<p>Slopes &amp; &lt;graphs&gt;.</p>", pages.card((Path("01-a.ipynb"), self.notebook)))

    def test_page_asks_the_network_for_nothing(self):
        self.assertNotIn("http", pages.notebook_page(self.notebook, None, None).replace("http://a.b", ""))

    def test_link_to_another_notebook_leads_to_its_page(self):
        notebook = new_notebook(cells=[new_markdown_cell("# T\n\nSee [3](03-mlp-on-moons.ipynb).")])
        self.assertIn('href="03-mlp-on-moons.html"', pages.notebook_page(notebook, None, None))

    def test_page_that_a_notebook_wrote_comes_along(self):
        notebook = new_notebook(cells=[new_markdown_cell("# T\n\nSee [this](draw.html), not [that](http://a.b/c.html).")])
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch.object(pages, "NOTEBOOKS", Path(folder)):
            path = Path(folder, "05-a.ipynb")
            path.write_text(json.dumps(notebook), encoding="utf-8")
            with self.assertRaisesRegex(SystemExit, "^05-a.ipynb links to draw.html, which is not in "):
                pages.main(f"{folder}/site", path)
            Path(folder, "draw.html").write_text("<title>Draw!</title><body>a board", encoding="utf-8")
            pages.main(f"{folder}/site", path)
            self.assertEqual('<title>Draw!</title><body>\n<nav><a style="display: inline-block; padding: .4rem 0" href="05-a.html">← T</a></nav>a board',
                             Path(folder, "site/draw.html").read_text(encoding="utf-8"))
            self.assertIn('<a href="draw.html">Draw!</a>', Path(folder, "site/index.html").read_text(encoding="utf-8"))

    def test_solutions_have_pages_that_lead_back_and_are_not_in_the_index(self):
        asks, solves = (new_notebook(cells=[new_markdown_cell(f"# T\n\n[there]({address})")])
                        for address in ("solutions/01-a.ipynb", "../01-a.ipynb"))
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "solutions").mkdir()
            paths = [Path(folder, "01-a.ipynb"), Path(folder, "solutions/01-a.ipynb")]
            for path, notebook in zip(paths, (asks, solves)):
                nbformat.write(notebook, path)
            pages.main(f"{folder}/site", *paths)
            index, asked, solved = (Path(folder, "site", name).read_text(encoding="utf-8")
                                    for name in ("index.html", "01-a.html", "solutions/01-a.html"))
            self.assertEqual(1, index.count('class="card"'))
            self.assertIn('href="solutions/01-a.html"', asked)
            self.assertIn('href="../01-a.html"', solved)
            self.assertIn('href="../index.html"', solved)

    def test_a_large_picture_is_one_file_for_all_pages(self):
        picture = b"a picture" * 300
        self.notebook.cells.insert(1, showing(html=f'<img src="data:image/png;base64,{b64encode(picture).decode()}">'))
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "solutions").mkdir()
            for name in ("01-a.ipynb", "solutions/01-a.ipynb"):
                nbformat.write(self.notebook, Path(folder, name))
            pages.main(f"{folder}/site", Path(folder, "01-a.ipynb"), Path(folder, "solutions/01-a.ipynb"))
            file, = Path(folder, "site/images").iterdir()
            self.assertEqual(picture, file.read_bytes())
            for page, source in ("01-a.html", ""), ("index.html", ""), ("solutions/01-a.html", "../"):
                self.assertIn(f'src="{source}images/{file.name}"', Path(folder, "site", page).read_text(encoding="utf-8"))

    def test_index_links_every_notebook(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("01-a", "02-b"):
                Path(folder, f"{name}.ipynb").write_text(json.dumps(self.notebook), encoding="utf-8")
            pages.main(f"{folder}/site", *Path(folder).glob("*.ipynb"))
            index = Path(folder, "site/index.html").read_text(encoding="utf-8")
            self.assertIn('href="01-a.html"', index)
            self.assertIn('href="02-b.html"', index)
            self.assertIn("Graphs &amp; &lt;gradients&gt;", index)
            self.assertIn("→", Path(folder, "site/01-a.html").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
