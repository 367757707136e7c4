"""Sizes found by simulation: against exact power, against runs, for any number of threads."""
import unittest

from support import EFFORT, SCENARIOS, ProgramTest

RATES = ["--control-rate", "0.6351", "--treated-rate", "0.80"]
SEEDS = range(1, 101 if EFFORT == 1 else 4)

WOMEN = """
[arms]
total = 100
control_rate = 0.6351
treated_rate = 0.80
[allocation]
scheme = "random-allocation"
[analysis]
tests = ["pearson"]
intervals = ["odds_ratio:woolf"]
"""


def isotone(values):
    """The nearest rising sequence in least squares: neighbours that fall are pooled."""
    pools = []
    for value in values:
        pools.append([value, 1])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            mean, count = pools.pop()
            pools[-1][0] = (pools[-1][0] * pools[-1][1] + mean * count) / (pools[-1][1] + count)
            pools[-1][1] += count
    return [mean for mean, count in pools for _ in range(count)]


class SimulatedSizeTest(ProgramTest):
    def size(self, *flags):
        return self.run_json("size", *flags)

    def crossing(self, test, target):
        """The first total at which an isotone fit of the exact power reaches the target."""
        cells = self.run_json("exact", *RATES, "--total", "200:480:2", "--tests", test,
                              "--intervals", "odds_ratio:woolf")["cells"]
        powers = [cell["tests"][test]["power"]["value"] for cell in cells]
        fitted = isotone(powers)
        return next(200 + 2 * i for i, power in enumerate(fitted) if power >= target)

    def test_intervals_cover_where_the_isotone_power_crosses(self):
        for test in ("pearson", "fisher"):
            truth = self.crossing(test, 0.9)
            covered = 0
            for seed in SEEDS:
                found = self.size(*RATES, "--test", test, "--method", "simulation",
                                  "--seed", seed)["n"]
                self.assertEqual(found["confidence"], 0.99)
                self.assertEqual(found["n_treated"], found["n_control"])
                covered += found["lower"] <= truth <= found["upper"]
                self.assertLess(found["upper"] - found["lower"], 0.08 * truth)
            print(f"{test}: {covered} of {len(SEEDS)} intervals cover {truth}")
            self.assertLessEqual(len(SEEDS) - covered, 0.05 * len(SEEDS))

    def test_a_simulated_size_is_neither_first_nor_stable(self):
        answer = self.size(*RATES, "--test", "fisher", "--method", "simulation")
        self.assertEqual(answer["engine"], "simulation")
        self.assertNotIn("first", answer)
        self.assertNotIn("stable", answer)
        self.assertLessEqual(answer["replicates"], 100_000)
        self.assertLess(answer["n"]["power"]["mcse"], 0.002)

    def test_small_trials_are_simulated_size_by_size(self):
        # Exact powers at 4 + 4 and 5 + 5 women: 0.6302 and 0.9019, by a direct sum.
        found = self.size("--control-rate", "0.1", "--treated-rate", "0.99", "--test", "fisher", "--method",
                          "simulation", "--replicates", "1000000")["n"]
        self.assertEqual((found["n_treated"], found["n_control"]), (5, 5))
        self.assertLess(abs(found["power"]["value"] - 0.901884), 4.5 * found["power"]["mcse"])
        self.assertIsNone(found["curve_power"])

    def test_threads_change_nothing(self):
        for flags in ([*RATES, "--test", "pearson", "--method", "simulation"],
                      [self.write("women.toml", WOMEN), "--method", "simulation",
                       "--replicates", "20000"]):
            self.assertEqual(self.size(*flags, "--threads", "1"),
                             self.size(*flags, "--threads", "3"))

    def test_women_without_features_need_the_exact_size(self):
        scenario = self.write("women.toml", WOMEN)
        exact = self.size(scenario)
        self.assertEqual(exact["engine"], "enumeration")
        truth = self.crossing("pearson", 0.9)
        self.assertEqual(exact["first"]["n_treated"], 154)
        for seed in range(1, 6):
            found = self.size(scenario, "--method", "simulation", "--seed", seed)["n"]
            self.assertLessEqual(found["lower"], truth)
            self.assertGreaterEqual(found["upper"], truth)

    def test_arms_keep_a_ratio_given_as_a_flag(self):
        flags = [*RATES, "--test", "pearson", "--ratio", "2,1"]
        exact = self.size(*flags)["first"]
        found = self.size(*flags, "--method", "simulation")["n"]
        self.assertEqual(found["n_treated"], 2 * found["n_control"])
        self.assertLessEqual(found["lower"], exact["n_treated"] + exact["n_control"])
        self.assertGreaterEqual(found["upper"], exact["n_treated"] + exact["n_control"])

    def test_an_adjusted_analysis_reaches_its_power(self):
        scenario = SCENARIOS / "tacrolimus-patients.toml"
        search = [] if EFFORT == 1 else ["--replicates", "20000"]
        answer = self.size(scenario, "--test", "logistic", "--power", "0.8", *search)
        self.assertIn("stratified-block", answer["why_simulation"])
        found = answer["n"]
        self.run_program("run", scenario, "--n", f"{found['n_treated']},{found['n_control']}",
                         "--replicates", "40960", "-o", "confirm.h5", "--quiet")
        cell = self.run_json("show", "confirm.h5")["cells"][0]
        power = cell["tests"]["logistic"]["power"]
        error = (power["mcse"] ** 2 + found["power"]["mcse"] ** 2) ** 0.5
        self.assertLess(abs(power["value"] - found["power"]["value"]), 4.5 * error)

    def test_a_p_value_that_several_rows_share_is_one_test(self):
        refused = self.run_program("size", SCENARIOS / "tacrolimus-patients.toml", status=2).stderr
        known = [label.strip(" .\n") for label in refused.split("They are")[1].split(",")]
        self.assertEqual(len(known), len(set(known)))
        self.assertIn("logistic", known)

    def test_refusals(self):
        women = self.write("women.toml", WOMEN)
        simulated = [*RATES, "--method", "simulation"]
        for flags, words in (
            ([*simulated, "--test", "pearson", "--replicates", "1000"], "too few"),
            ([*simulated, "--test", "pearson", "--cap", "100"], "no size up to 100 women"),
            ([*simulated, "--test", "pearson", "--power", "0.9999999999"], "1 - 1e-9"),
            (["--control-rate", "0.5", "--treated-rate", "0.5", "--test", "pearson", "--method",
              "simulation"], "null hypothesis"),
            ([*simulated, "--test", "pearson", "--worst-case", "0.5:0.7"], "by simulation"),
            (simulated, "names"),
            ([women, "--method", "simulation", "--test", "fishr"], "is not among"),
            ([SCENARIOS / "tacrolimus-patients.toml", "--test", "fisher", "--method", "exact"],
             "because the scheme stratified-block"),
            ([SCENARIOS / "allocation-schemes.toml", "--test", "pearson"], "cells"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, self.run_program("size", *flags, status=2).stderr)


if __name__ == "__main__":
    unittest.main()
