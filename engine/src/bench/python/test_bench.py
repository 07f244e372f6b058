"""A part of make test: the bench compares only what is comparable, and says what became worse."""
import unittest

import results
from workloads import WORKLOADS, Workload

WORK = Workload("W", "work", ("torch",), {"loss": 0.01}, {"torch": 2}, {"nanograd": 90.0}, runs=10, scaled={"post": 500})


def rounds(*seconds, **result):
    return [{"seconds": s, "result": result or {"loss": 0.5}} for s in seconds]


class Rows(unittest.TestCase):
    def test_ratio_is_theirs_over_ours_by_medians_for_one_unit_of_work(self):
        row = results.row(WORK, "torch", 25, 1, rounds(20, 30, 1000), rounds(40, 90, 91))
        self.assertEqual((3, 9, 3, 3), (row["ours"], row["theirs"], row["ratio"], row["rounds"]))

    def test_median_of_an_even_number_of_rounds_lies_between(self):
        self.assertEqual(3, results.median(rounds(1, 2, 4, 100)))

    def test_spread_is_a_share_of_the_median(self):
        self.assertEqual(0.5, results.spread(rounds(9, 10, 14)))

    def test_target_is_met_from_its_ratio_on(self):
        self.assertTrue(results.row(WORK, "torch", 25, 1, rounds(1), rounds(2))["met"])
        self.assertFalse(results.row(WORK, "torch", 25, 1, rounds(1), rounds(1.99))["met"])
        self.assertIsNone(results.row(WORK, "jax", 25, 1, rounds(1), rounds(2))["met"])

    def test_quoted_time_is_marked(self):
        row = results.row(WORK, "nanograd", 25, 1, rounds(30), None)
        self.assertEqual((30, True), (row["ratio"], row["quoted"]))

    def test_smaller_work_of_a_slow_peer_is_scaled(self):
        self.assertEqual(500, results.row(WORK, "post", 25, 1, rounds(1), rounds(1))["ratio"])


class EqualWork(unittest.TestCase):
    def check(self, ours, theirs):
        results.check_equal(WORK, rounds(1, **ours), rounds(1, **theirs), ("JDK 25", "torch"))

    def test_results_within_the_tolerance_pass(self):
        self.check({"loss": 0.5}, {"loss": 0.509})

    def test_results_further_apart_are_refused_and_shown(self):
        with self.assertRaisesRegex(results.UnequalWork, "W: loss is 0.5 after JDK 25 and 0.52 after torch"):
            self.check({"loss": 0.5}, {"loss": 0.52})

    def test_not_a_number_is_refused(self):
        with self.assertRaises(results.UnequalWork):
            self.check({"loss": float("nan")}, {"loss": float("nan")})

    def test_nothing_in_common_is_refused(self):
        with self.assertRaisesRegex(results.UnequalWork, "nothing to compare"):
            self.check({"loss": 0.5}, {"accuracy": 0.9})

    def test_unequal_work_gives_no_row(self):
        with self.assertRaises(results.UnequalWork):
            results.row(WORK, "torch", 25, 1, rounds(1, loss=0.5), rounds(1, loss=0.6))


class Memory(unittest.TestCase):
    def row(self, ratio, **changes):
        return {"workload": "W", "peer": "torch", "jdk": 25, "cores": 1, "ratio": ratio, "rounds": 5, "quoted": False} | changes

    def test_ratio_that_fell_by_more_than_15_percent_is_named(self):
        [sentence] = results.worse([self.row(8.0)], [self.row(10.0)])
        self.assertEqual("W, JDK 25, cores 1: 8 times as fast as torch, it was 10 (20% worse)", sentence)

    def test_smaller_changes_other_cores_and_quoted_times_are_not(self):
        self.assertEqual([], results.worse([self.row(8.6)], [self.row(10.0)]))
        self.assertEqual([], results.worse([self.row(1.0, cores=2)], [self.row(10.0)]))
        self.assertEqual([], results.worse([self.row(1.0, quoted=True)], [self.row(10.0, quoted=True)]))

    def test_renewing_replaces_what_was_measured_and_keeps_the_rest(self):
        kept = results.renewed([self.row(3.0)], [self.row(2.0), self.row(7.0, jdk=17)])
        self.assertEqual({(25, 3.0), (17, 7.0)}, {(row["jdk"], row["ratio"]) for row in kept})

    def test_hasty_rounds_are_not_kept(self):
        with self.assertRaisesRegex(SystemExit, "measured in 1 rounds"):
            results.renewed([self.row(3.0, rounds=1)], [])


class Growth(unittest.TestCase):
    def test_cliff_is_a_step_that_costs_more_than_in_proportion(self):
        self.assertEqual([(4, 16)], results.cliffs([(1, 1.0), (4, 3.9), (16, 20.0), (64, 80.0)]))


class Definitions(unittest.TestCase):
    def test_names_are_unique_and_every_target_has_its_peer(self):
        self.assertEqual(len(WORKLOADS), len({w.name for w in WORKLOADS}))
        for w in WORKLOADS:
            self.assertLessEqual(w.targets.keys(), {*w.peers, *w.quoted}, w.name)


if __name__ == "__main__":
    unittest.main()
