"""Every method is unbiased for, and covers, its own truth, where marginal and conditional odds ratios clearly
differ; judged against each other's truth they would fail."""
import math
import unittest

import h5py

from support import ProgramTest, replicates

# Strongly prognostic, so that the conditional odds ratio lies far from the marginal one.
SCENARIO = """
[arms]
total        = 600
ratio        = [1, 1]
control_rate = 0.40
treated_rate = 0.60

[[covariate]]
name = "severity"
distribution = "normal"
mean = 0
sd = 1

[allocation]
scheme = "random-allocation"

[[stage]]
name = "recovery"
effects = { severity = 1.8 }

[analysis]
adjust = ["severity"]
tests = ["pearson", "logistic", "g-computation"]
intervals = ["odds_ratio:woolf", "conditional_odds_ratio:logistic", "odds_ratio:g-computation",
             "risk_difference:newcombe", "risk_difference:g-computation", "risk_ratio:g-computation"]

[simulation]
seed = 11
"""


class Truth(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.seen = None

    def results(self):
        """Kind -> label -> quantities, of one run."""
        self.write("trial.toml", SCENARIO)
        self.run_program("run", "trial.toml", "--replicates", replicates(200_000), "-o", "trial.h5", "--quiet")
        found = {"estimator": {}, "interval": {}}
        with h5py.File(self.folder / "trial.h5") as file:
            for kind, names in (("estimator", ("estimator_truth", "bias", "bias_mcse", "model_se_error",
                                               "model_se_error_mcse")),
                                ("interval", ("truth", "coverage", "coverage_mcse"))):
                for i, label in enumerate(file[kind][()]):
                    found[kind][label.decode()] = {name: float(file[name][i]) for name in names}
        return found

    def test_each_method_meets_its_own_truth_and_not_the_others(self):
        found = self.results()
        estimators, intervals = found["estimator"], found["interval"]
        marginal = estimators["odds_ratio:g-computation"]["estimator_truth"]
        conditional = estimators["conditional_odds_ratio:logistic"]["estimator_truth"]
        self.assertAlmostEqual(marginal, 0.6 * 0.6 / (0.4 * 0.4), places=6)
        self.assertGreater(math.log(conditional), 1.3 * math.log(marginal))
        apart = math.log(conditional) - math.log(marginal)
        for label, item in estimators.items():
            with self.subTest(label):
                # The bias of maximum likelihood at 600 women is a few percent of a log odds ratio at most.
                allowed = 0.03 + 4.5 * item["bias_mcse"]
                self.assertLess(abs(item["bias"]), allowed)
        for label in ("odds_ratio:g-computation", "conditional_odds_ratio:logistic"):
            self.assertGreater(apart - abs(estimators[label]["bias"]), 0.03 + 4.5 * estimators[label]["bias_mcse"],
                               "the other truth would pass")
        for label, item in intervals.items():
            with self.subTest(label):
                self.assertLess(abs(item["coverage"] - 0.95), 0.006 + 4.5 * item["coverage_mcse"])

    def test_adjusting_for_a_prognostic_covariate_gains_power(self):
        self.write("trial.toml", SCENARIO)
        self.run_program("run", "trial.toml", "--replicates", replicates(100_000), "-o", "trial.h5", "--quiet",
                         "--set", "arms.total=150")
        with h5py.File(self.folder / "trial.h5") as file:
            pairs = [label.decode() for label in file["test_pair"][()]]
            place = pairs.index("pearson|logistic")
            difference, error = file["power_difference"][place], file["power_difference_mcse"][place]
            self.assertLess(difference, -4.5 * error)
            self.assertLess(difference, -0.1)

    def test_the_control_variate_agrees_and_is_sharper(self):
        self.write("trial.toml", SCENARIO)
        count = replicates(100_000, at_least=40_000)
        self.run_program("run", "trial.toml", "--replicates", count, "-o", "trial.h5", "--quiet", "--set",
                         "arms.total=150")
        with h5py.File(self.folder / "trial.h5") as file:
            tests = [label.decode() for label in file["test"][()]]
            controlled = [label.decode() for label in file["controlled"][()]]
            for label in ("logistic", "g-computation"):
                i, j = tests.index(label), controlled.index(label)
                plain, error = file["power"][i], file["power_mcse"][i]
                sharper = file["controlled_power_mcse"][j]
                self.assertLess(sharper, error)
                # Of replicates after the first 4,096 alone.
                self.assertGreater(file["variance_reduction"][j] * count / (count - 4096), 1.2)
                self.assertAlmostEqual(file["variance_reduction"][j], (error / sharper) ** 2, places=9)
                self.assertLess(abs(file["controlled_power"][j] - plain), 4.5 * math.hypot(error, sharper))
                exact = self.run_json("exact", "--n", "75,75", "--control-rate", "0.4", "--treated-rate", "0.6",
                                      "--tests", tests[int(file["control_test"][j])])
                power = list(exact["cells"][0]["tests"].values())[0]["power"]["value"]
                self.assertAlmostEqual(file["control_power"][j], power, places=7)

    def test_a_control_variate_that_costs_more_than_it_saves_says_so(self):
        self.write("trial.toml", SCENARIO)
        arguments = ["run", "trial.toml", "-o", "trial.h5", "--force", "--set", "arms.total=150", "--replicates"]
        done = self.run_program(*arguments, 5000)
        self.assertIn("error² divided by", done.stdout)
        self.assertIn("leaves out the first 4,096 replicates", " ".join(done.stdout.split()))
        with h5py.File(self.folder / "trial.h5") as file:
            j = [label.decode() for label in file["controlled"][()]].index("logistic")
            i = [label.decode() for label in file["test"][()]].index("logistic")
            gain = (file["power_mcse"][i] / file["controlled_power_mcse"][j]) ** 2
            self.assertLess(gain, 1)
            self.assertAlmostEqual(file["variance_reduction"][j], gain, places=9)
            formula = file["variance_reduction"].attrs["formula"]
            self.assertEqual(formula.decode() if isinstance(formula, bytes) else formula,
                             "power_mcse^2 / controlled_power_mcse^2")
        self.assertIn("there are none beyond them", self.run_program(*arguments, 4096).stderr)


if __name__ == "__main__":
    unittest.main()
