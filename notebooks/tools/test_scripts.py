"""A part of make test: what the shell scripts share (python3 -m unittest discover -s notebooks/tools)."""
import subprocess
import unittest


class TheShellScripts(unittest.TestCase):
    def test_whether_a_python_has_modules_is_answered_and_changes_nothing(self):
        script = '. notebooks/tools/shared.sh; python=mine; has python3 json re && echo yes; has python3 json no_such || echo no; echo $python'
        answer = subprocess.run(["sh", "-euc", script], capture_output=True, text=True, check=True)
        self.assertEqual(("yes\nno\nmine\n", ""), (answer.stdout, answer.stderr))


if __name__ == "__main__":
    unittest.main()
