"""Degenerate trials have a status that is counted; impossible scenarios are refused with the reason."""
import unittest

import h5py

from support import ProgramTest

BASE = """
[arms]
total = {total}
ratio = [1, 1]

[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4
{covariate}

[[stage]]
name = "birth"
base_rate = {rate}
effects = {{ age = 0.1 }}
odds_ratio = 1.0

{more}

[analysis]
adjust = {adjust}
tests = ["pearson", "logistic", "firth", "mantel-haenszel"]
intervals = ["woolf", "conditional_odds_ratio:logistic", "conditional_odds_ratio:firth"]

[simulation]
replicates = 2000
"""


def scenario(total=20, rate=0.5, covariate="centre = 33", more="", adjust='["age"]'):
    return BASE.format(total=total, rate=rate, covariate=covariate, more=more, adjust=adjust)


class Degenerate(ProgramTest):
    def statuses(self, text):
        self.write("trial.toml", text)
        self.run_program("run", "trial.toml", "-o", "trial.h5", "--quiet", "--force")
        with h5py.File(self.folder / "trial.h5") as file:
            labels = [label.decode() for label in file["analysis"][()]]
            names = [name for name in file if name.startswith("n_") and
                     file[name].attrs.get("dimension_names", b"").decode() == "analysis"]
            counts = {name: dict(zip(labels, file[name][()])) for name in names}
            total = int(file["replicates"][()])
        for label in labels:
            self.assertEqual(sum(counts[name][label] for name in counts), total, label)
        return counts

    def test_small_trials_with_rare_events_are_separated_or_degenerate_and_counted(self):
        counts = self.statuses(scenario(total=10, rate=0.1))
        logistic = "conditional_odds_ratio:logistic"
        self.assertGreater(counts["n_separated"][logistic] + counts["n_degenerate"][logistic] +
                           counts["n_no_answer"][logistic], 500)
        self.assertEqual(counts["n_not_converged"][logistic], 0)

    def test_a_constant_covariate_is_collinear(self):
        counts = self.statuses(scenario(adjust='["age > 200"]'))
        self.assertEqual(counts["n_ok"]["conditional_odds_ratio:logistic"], 0)
        self.assertGreater(counts["n_collinear"]["conditional_odds_ratio:logistic"], 1900)

    def test_well_posed_trials_all_converge(self):
        counts = self.statuses(scenario(total=200))
        self.assertEqual(counts["n_ok"]["conditional_odds_ratio:logistic"], 2000)
        self.assertEqual(counts["n_ok"]["conditional_odds_ratio:firth"], 2000)

    def test_everybody_missing_is_no_crash(self):
        more = """[dropout]
treated = { rate = 0.999999 }
control = { rate = 0.999999 }
handling = "complete-case"
"""
        counts = self.statuses(scenario(more=more))
        self.assertEqual(counts["n_ok"]["conditional_odds_ratio:logistic"], 0)


class Impossible(ProgramTest):
    def refused(self, text, *words):
        self.write("trial.toml", text)
        error = self.run_program("check", "trial.toml", status=2).stderr
        for word in words:
            self.assertIn(word, error)

    def test_eligibility_that_nobody_meets(self):
        self.refused(scenario(more='[eligibility]\nall = ["age > 90"]'), "eligib")

    def test_a_correlation_matrix_that_is_not_positive_definite(self):
        more = """
[[covariate]]
name = "b"
distribution = "normal"
mean = 0
sd = 1

[[covariate]]
name = "c"
distribution = "normal"
mean = 0
sd = 1

[[correlation]]
between = ["age", "b"]
value = 0.9
[[correlation]]
between = ["age", "c"]
value = 0.9
[[correlation]]
between = ["b", "c"]
value = -0.9
"""
        self.refused(scenario(more=more), "positive definite")

    def test_a_marginal_rate_that_cannot_be_reached(self):
        text = scenario(more='[[stage]]\nname = "child"').replace(
            "ratio = [1, 1]\n", "ratio = [1, 1]\ncontrol_rate = 0.8\ntreated_rate = 0.9\n", 1)
        self.refused(text, "0.8")

    def test_a_scheme_without_the_ratio(self):
        text = scenario(more='[allocation]\nscheme = "big-stick"').replace("ratio = [1, 1]", "ratio = [2, 1]", 1)
        self.refused(text, "big-stick", "ratio")

    def test_exact_and_size_of_test_say_why_not(self):
        self.write("trial.toml", scenario(more='[allocation]\nscheme = "complete"'))
        for command in (["exact", "trial.toml"], ["size-of-test", "trial.toml", "--test", "fisher"]):
            self.assertIn("two binomial counts", self.run_program(*command, status=2).stderr)


if __name__ == "__main__":
    unittest.main()
