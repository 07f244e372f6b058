"""Training in the installed kernel `java` that is interrupted, or fails, on the way.

    JUPYTER_PATH=<data folder> INTERRUPTS=1000 python test_training.py

INTERRUPTS is the number of interrupts (20 unless told): half of the cells that train heed theirs, half have to be stopped.
"""
import os
import random
import unittest

import soak
from training import CellFailed, training

INTERRUPTS = int(os.environ.get("INTERRUPTS", "20"))

CELLS = """
boolean finite() {
    for (Tensor p : net.parameters()) for (float x : p.data()) if (!Float.isFinite(x)) return false;
    return true;
}
"""
SCALARS = """
grad.scalar.Value w = grad.scalar.Value.of(0.5), sum = w;
for (int i = 0; i < 50_000; i++) sum = sum.add(w.mul(i).tanh());
double slope() { w.grad = 0; sum.backward(); return w.grad; }
"""
HEEDS = 'System.out.print("training"); for (int k = 0; !Thread.currentThread().isInterrupted(); k++) epoch(k % 200);'
MUST_BE_STOPPED = 'System.out.print("training"); for (int k = 0; ; k++) epoch(k % 200);'
SCORE = """
System.out.print(Accuracy.of(net.forward(Tensor.of(train.pixels(), train.size(), 64)), train.labels()))
"""


class DisturbedTraining(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.context = training()
        cls.kernel = cls.context.__enter__()
        cls.addClassCleanup(cls.context.__exit__, None, None, None)
        cls.kernel.run(CELLS)
        cls.undisturbed = cls.kernel.run("begin(); epochs(0, 6); System.out.print(weights());")

    def assert_trains_as_ever(self):
        self.assertEqual(self.kernel.run("begin(); epochs(0, 6); System.out.print(weights());"), self.undisturbed)

    def test_interrupts_leave_a_network_that_goes_on_learning(self):
        moments = random.Random(1)
        self.kernel.run("begin();")
        for number in range(INTERRUPTS):
            code = moments.choice([HEEDS, MUST_BE_STOPPED])
            with self.assertRaisesRegex(CellFailed, "interrupted"):
                self.kernel.interrupt(code, moments.uniform(0, 0.2))
            self.assertEqual(self.kernel.run("System.out.print(finite());"), "true", f"after interrupt {number}")
        self.kernel.run("epochs(0, 100);")
        self.assertGreater(float(self.kernel.run(SCORE)), 0.98)
        self.assert_trains_as_ever()

    def test_interrupts_leave_a_graph_that_goes_backward(self):
        moments = random.Random(2)
        expected = self.kernel.run(SCALARS + "System.out.print(slope());")
        for number in range(INTERRUPTS // 4):
            with self.assertRaisesRegex(CellFailed, "interrupted"):
                self.kernel.interrupt('System.out.print("going"); while (true) slope();', moments.uniform(0, 0.1))
            self.assertEqual(self.kernel.run("System.out.print(slope());"), expected, f"after interrupt {number}")

    def test_failure_in_the_middle_loses_nothing(self):
        with self.assertRaisesRegex(CellFailed, "on purpose"):
            self.kernel.run("""
                begin();
                List<Integer> done = new ArrayList<>();
                for (int k = 0; k < 6; k++) {
                    if (k == 3) throw new IllegalStateException("on purpose");
                    epoch(k);
                    done.add(k);
                }""")
        self.assertEqual(self.kernel.run("System.out.print(done);"), "[0, 1, 2]")
        self.assertEqual(self.kernel.run("epochs(3, 6); System.out.print(weights());"), self.undisturbed)

    def test_step_that_fails_changes_nothing(self):
        self.kernel.run("begin(); epochs(0, 3);")
        with self.assertRaisesRegex(CellFailed, "expects 64 inputs, got 63"):
            self.kernel.run("net.forward(Tensor.zeros(32, 63), dropout)")
        self.assertEqual(self.kernel.run("epochs(3, 6); System.out.print(weights());"), self.undisturbed)


class LongTraining(unittest.TestCase):
    """The hour's checks reject what they should."""

    STEADY = {"fastest": 0.2, "heap": 20.0, "process": 300.0, "weights": "a"}

    def faults(self, **last):
        return soak.faults([[self.STEADY]] * 5 + [[self.STEADY | last]], "a")

    def test_steady_hour_passes(self):
        self.assertEqual(self.faults(), [])
        self.assertEqual(self.faults(fastest=0.219, heap=23.9, process=331.0), [])

    def test_growth_is_a_fault(self):
        self.assertIn("heap: 4.5 MB more", self.faults(heap=24.5)[0])
        self.assertIn("process: 40.0 MB more", self.faults(process=340.0)[0])

    def test_other_speed_is_a_fault(self):
        self.assertIn("0.2000 s in one window and 0.2300 s", self.faults(fastest=0.23)[0])

    def test_other_weights_are_a_fault(self):
        self.assertIn("a in a fresh kernel, a, a b", self.faults(weights="a b")[0])


if __name__ == "__main__":
    unittest.main()
