"""Detectable effects by simulation: against enumeration, against runs, for any number of threads."""
import unittest

from support import EFFORT, SCENARIOS, ProgramTest

DESIGN = ["--n", "75,74", "--control-rate", "0.6351", "--power", "0.8"]
SEEDS = range(1, 51 if EFFORT == 1 else 4)
SEARCH = [] if EFFORT == 1 else ["--replicates", "20000"]

DROPOUT = """
[arms]
n = { treated = 75, control = 74 }
control_rate = 0.6351
treated_rate = 0.80
[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4.5
centre = 33
unit = 5
[[stage]]
name = "live-birth"
effects = { age = -0.5 }
[dropout]
treated = { rate = 0.12, outcome_odds_ratio = 2 }
control = { rate = 0.12 }
handling = "failure"
[analysis]
adjust = ["age"]
sets = ["complete-case"]
tests = ["pearson", "logistic"]
intervals = ["odds_ratio:woolf"]
"""


class SimulatedEffectTest(ProgramTest):
    def mde(self, *flags):
        return self.run_json("mde", *flags)

    def test_intervals_cover_the_enumerated_effect(self):
        for test in ("fisher", "pearson"):
            exact = self.mde(*DESIGN, "--test", test)
            self.assertEqual(exact["engine"], "enumeration")
            answers = [self.mde(*DESIGN, "--test", test, "--method", "simulation", "--seed", seed)
                       for seed in SEEDS]
            for side in ("above", "below"):
                truth = exact[side]["treated_rate"]
                found = [answer[side] for answer in answers]
                covered = sum(one["lower"] <= truth <= one["upper"] for one in found)
                self.assertLess(max(one["upper"] - one["lower"] for one in found), 0.01)
                print(f"{test}: {covered} of {len(SEEDS)} intervals cover {truth:.6f}")
                # 99 %: fewer than 47 of 50 have a chance of 0.0016.
                self.assertLessEqual(len(SEEDS) - covered, 0.06 * len(SEEDS))

    def test_measures_are_those_of_the_rates(self):
        answer = self.mde(*DESIGN, "--test", "fisher", "--method", "simulation")
        for side in ("above", "below"):
            found = answer[side]
            rates = (found["treated_rate"], answer["control_rate"])
            odds = [p / (1 - p) for p in rates]
            self.assertAlmostEqual(found["odds_ratio"], odds[0] / odds[1], 9)
            self.assertAlmostEqual(found["risk_ratio"], rates[0] / rates[1], 9)
            self.assertAlmostEqual(found["risk_difference"], rates[0] - rates[1], 9)
            self.assertEqual(found["arms_treated_rate"], found["treated_rate"])
            self.assertEqual(answer["why_simulation"], "it was asked for")
            self.assertLessEqual(found["replicates"], 100_000)

    def test_a_margin_moves_the_null(self):
        flags = ["--n", "75,74", "--control-rate", "0.6", "--null", "odds_ratio=0.5", "--test",
                 "fisher", "--power", "0.8"]
        exact = self.mde(*flags)
        found = self.mde(*flags, "--method", "simulation")
        self.assertLessEqual(found["above"]["lower"], exact["above"]["treated_rate"])
        self.assertGreaterEqual(found["above"]["upper"], exact["above"]["treated_rate"])
        self.assertIsNone(exact["below"])
        self.assertIsNone(found["below"])

    def test_threads_change_nothing(self):
        for flags in ([*DESIGN, "--test", "pearson", "--method", "simulation"],
                      [self.write("dropout.toml", DROPOUT), "--test", "logistic",
                       "--replicates", "20000"]):
            self.assertEqual(self.mde(*flags, "--threads", "1"),
                             self.mde(*flags, "--threads", "3"))

    def confirm(self, scenario, test, found):
        """A run at the setting has the table's rate and the power that were promised."""
        self.run_program("run", scenario, "--treated-rate", repr(found["arms_treated_rate"]),
                         "--replicates", "40960", "-o", "confirm.h5", "--quiet", "--force")
        cell = self.run_json("show", "confirm.h5")["cells"][0]
        power = cell["tests"][test]["power"]
        error = (power["mcse"] ** 2 + found["power"]["mcse"] ** 2) ** 0.5
        self.assertLess(abs(power["value"] - found["power"]["value"]), 4.5 * error)
        return cell

    def test_an_adjusted_analysis_has_its_power_at_the_effect(self):
        scenario = SCENARIOS / "tacrolimus-patients.toml"
        answer = self.mde(scenario, "--test", "logistic", "--power", "0.8", *SEARCH)
        self.assertIn("stratified-block", answer["why_simulation"])
        for side in ("above", "below"):
            self.confirm(scenario, "logistic", answer[side])

    def test_the_setting_allows_for_drop_outs_that_count_as_failures(self):
        scenario = self.write("dropout.toml", DROPOUT)
        answer = self.mde(scenario, "--test", "logistic", "--power", "0.8", *SEARCH)
        for side in ("above", "below"):
            found = answer[side]
            self.assertGreater(found["arms_treated_rate"], found["treated_rate"] + 0.05)
            cell = self.confirm(scenario, "logistic", found)
            self.assertAlmostEqual(cell["parameters"]["treated_rate"], found["treated_rate"], 3)

    def test_power_that_falls_again_at_extreme_rates_is_met_from_the_null(self):
        scenario = self.write("dropout.toml", DROPOUT)
        answer = self.mde(scenario, "--test", "logistic@complete-case", "--power", "0.8",
                          *SEARCH)
        self.assertLess(answer["above"]["arms_treated_rate"], 0.9)
        self.confirm(scenario, "logistic@complete-case", answer["above"])

    def test_refusals(self):
        women = self.write("dropout.toml", DROPOUT)
        fixed = self.write("fixed.toml", DROPOUT.replace(
            'effects = { age = -0.5 }', 'effects = { age = -0.5 }\nbase_rate = 0.6\nodds_ratio = 2'
        ).replace("control_rate = 0.6351\ntreated_rate = 0.80\n", ""))
        simulated = [*DESIGN, "--method", "simulation"]
        for flags, words in (
            ([*simulated, "--test", "pearson", "--replicates", "1000"], "too few"),
            (["--n", "5,5", "--control-rate", "0.5", "--test", "fisher", "--method",
              "simulation"], "no treated rate that the model can have"),
            (["--n", "75,74", "--control-rate", "0.6", "--equivalence", "odds_ratio=0.5:2",
              "--test", "score", "--method", "simulation"], "equivalence"),
            ([SCENARIOS / "tacrolimus-patients.toml"], "names 43 tests"),
            ([women, "--test", "logistik"], "not a known test"),
            ([women, "--test", "firth", "--method", "simulation"], "is not among"),
            ([fixed, "--test", "logistic"], "arms.treated_rate"),
            ([women, "--test", "logistic", "--method", "exact"], "no test of the 2x2 table"),
            ([SCENARIOS / "tacrolimus-patients.toml", "--test", "ancova[il33]"],
             "do not show that the power grows with the effect"),
            ([SCENARIOS / "allocation-schemes.toml", "--test", "pearson"], "cells"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, self.run_program("mde", *flags, status=2).stderr)


if __name__ == "__main__":
    unittest.main()
