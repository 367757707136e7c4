"""What is known of randomisation, drop-out and strata comes out of simulated trials; results do not depend on
the number of threads."""
import math
import unittest

import h5py
import numpy

from support import SCENARIOS, ProgramTest, replicates
from threads_test import bytes_outside_provenance

STRATA = """
[arms]
total        = 100
ratio        = [1, 1]

[[covariate]]
name = "stratum"
distribution = "binary"
probability = 0.5

[allocation]
scheme = "{scheme}"
{strata}

[[stage]]
name = "birth"
base_rate = 0.3
odds_ratio = 1.0
effects = {{ stratum = {effect} }}

[analysis]
tests = ["pearson"]
intervals = ["woolf"]

[simulation]
seed = 3
"""

GUESSED = """
[arms]
total = 100
ratio = [1, 1]

[allocation]
scheme = "permuted-block"
block_sizes = [4]

[[stage]]
name = "birth"
base_rate = 0.5
odds_ratio = 1.0

[selection_bias]
log_odds = {log_odds}

[analysis]
tests = ["pearson"]
intervals = ["woolf"]
"""

LOST = """
[arms]
total = 4000
ratio = [1, 1]
control_rate = 0.5
treated_rate = 0.7

[dropout]
treated = {{ rate = 0.2, outcome_odds_ratio = {treated} }}
control = {{ rate = 0.2, outcome_odds_ratio = {control} }}
handling = "complete-case"

[analysis]
tests = ["pearson"]
intervals = ["odds_ratio:woolf"]
"""


class KnownResults(ProgramTest):
    def results(self, text, wanted, *names):
        self.write("trial.toml", text)
        self.run_program("run", "trial.toml", "--replicates", replicates(wanted), "-o", "trial.h5", "--quiet",
                         "--force")
        with h5py.File(self.folder / "trial.h5") as file:
            labels = {kind: [label.decode() for label in file[kind][()]]
                      for kind in ("test", "estimator", "characteristic") if kind in file}
            return labels, {name: file[name][()] for name in names}

    def power(self, text, wanted):
        _, found = self.results(text, wanted, "power", "power_mcse")
        return found["power"][0], found["power_mcse"][0]

    def test_prognostic_strata_make_the_unstratified_test_conservative_under_stratified_blocks(self):
        effect = math.log(0.9 / 0.1) - math.log(0.3 / 0.7)
        stratified, error = self.power(STRATA.format(
            scheme="stratified-block", strata='strata = ["stratum"]\nblock_sizes = [4]', effect=effect), 200_000)
        plain, plain_error = self.power(STRATA.format(scheme="random-allocation", strata="", effect=effect), 200_000)
        self.assertGreater(plain - stratified, 4.5 * math.hypot(error, plain_error))
        self.assertLess(abs(stratified - 0.014), 0.004 + 4.5 * error)
        self.assertLess(abs(plain - 0.055), 0.004 + 4.5 * plain_error)

    def test_a_guessing_investigator_inflates_the_type_i_error_under_permuted_blocks(self):
        honest, honest_error = self.power(GUESSED.format(log_odds=0), 200_000)
        biased, error = self.power(GUESSED.format(log_odds=0.5), 200_000)
        self.assertGreater(biased - honest, 4.5 * math.hypot(error, honest_error))
        self.assertGreater(biased, 0.08)

    def test_blocks_of_four_are_guessed_as_often_as_the_closed_form_says(self):
        labels, found = self.results(GUESSED.format(log_odds=0), 50_000, "mean_value", "mean_value_mcse")
        place = labels["characteristic"].index("correct_guesses")
        # Blackwell & Hodges 1957: of 2 m guesses m + 4^m / (2 C(2m, m)) - 1/2 are right.
        expected = (2 + 16 / (2 * 6) - 0.5) / 4
        self.assertLess(abs(found["mean_value"][place] - expected),
                        4.5 * found["mean_value_mcse"][place] + 1e-9)

    def bias(self, treated, control):
        labels, found = self.results(LOST.format(treated=treated, control=control), 20_000, "bias", "bias_mcse")
        return {label: (found["bias"][i], found["bias_mcse"][i]) for i, label in enumerate(labels["estimator"])}

    def test_loss_by_outcome_alone_spares_the_odds_ratio_and_biases_difference_and_ratio(self):
        bias = self.bias(3, 3)
        value, error = bias["odds_ratio:sample"]
        self.assertLess(abs(value), 4.5 * error + 0.002)
        for label in ("risk_difference:sample", "risk_ratio:sample"):
            value, error = bias[label]
            self.assertGreater(abs(value), 10 * error)

    def test_loss_by_outcome_and_arm_biases_the_odds_ratio_too(self):
        value, error = self.bias(3, 1 / 3)["odds_ratio:sample"]
        self.assertGreater(abs(value), 10 * error)


class SameBits(ProgramTest):
    def test_women_give_the_same_bytes_on_1_2_3_and_7_threads(self):
        found = {}
        for threads in (1, 2, 3, 7):
            name = f"threads-{threads}.h5"
            self.run_program("run", SCENARIOS / "tacrolimus-patients.toml", "--replicates",
                             replicates(20_000, at_least=9000), "--threads", threads, "-o", name, "--quiet")
            found[threads] = bytes_outside_provenance(self.folder / name)
        for threads in (2, 3, 7):
            self.assertEqual(found[threads].keys(), found[1].keys())
            for name in found[1]:
                self.assertEqual(found[threads][name], found[1][name], f"{name} with {threads} threads")

    def test_a_file_of_women_opens_in_xarray_and_is_shown_alike(self):
        import xarray
        self.run_program("run", SCENARIOS / "tacrolimus-patients.toml", "--replicates", 9000, "-o", "w.h5", "--quiet")
        with xarray.open_dataset(self.folder / "w.h5") as data:
            power = float(data.power.sel(test="logistic"))
        document = self.run_json("show", "w.h5")
        self.assertEqual(document["cells"][0]["tests"]["logistic"]["power"]["value"], power)
        self.assertTrue(numpy.isfinite(power))
        judged = self.run_json("judge", "w.h5", "--tests", "fisher", "--intervals", "woolf")
        self.assertEqual(list(judged["cells"][0]["tests"]), ["fisher"])
        self.assertEqual(judged["cells"][0]["tests"]["fisher"]["power"],
                         document["cells"][0]["tests"]["fisher"]["power"])


if __name__ == "__main__":
    unittest.main()
