"""Tipping points: several deltas on the same trials against a run of each delta alone."""
import unittest

from support import ProgramTest, replicates

TRIAL = """
[arms]
n = {{ treated = 75, control = 74 }}
control_rate = 0.6351
treated_rate = 0.80
[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4.5
[[stage]]
name = "birth"
effects = {{ age = -0.1 }}
[dropout]
treated = {{ rate = 0.15 }}
control = {{ rate = 0.15 }}
imputations = 5
{dropout}
[analysis]
adjust = ["age"]
sets = [{sets}]
tests = ["wald", "logistic"]
intervals = ["odds_ratio:woolf"]
[simulation]
replicates = {replicates}
"""
DELTAS = [-3, -1, 0, 1]
LABELS = {-3: "delta-treated = -3", -1: "delta-treated = -1", 0: "multiple-imputation",
          1: "delta-treated = 1"}


class TippingPointTest(ProgramTest):
    def scenario(self, name, sets, dropout=""):
        return self.write(name, TRIAL.format(sets=", ".join(f'"{one}"' for one in sets),
                                             dropout=dropout, replicates=replicates(20_000)))

    def cell(self, scenario):
        return self.run_json("run", scenario)["cells"][0]

    def test_each_delta_gives_what_it_gives_alone(self):
        cell = self.cell(self.scenario("all.toml", LABELS.values()))
        for delta in (-3, -1, 1):
            alone = self.cell(self.scenario(f"alone{delta}.toml", ["multiple-imputation"],
                                            f"delta = {{ treated = {delta} }}"))
            for test in ("wald", "logistic"):
                self.assertEqual(cell["tests"][f"{test}@{LABELS[delta]}"],
                                 alone["tests"][f"{test}@multiple-imputation"])

    def test_the_curve_counts_trials_that_stay_significant(self):
        scenario = self.scenario("all.toml", LABELS.values())
        cell = self.cell(scenario)
        curves = {curve["test"]: curve for curve in cell["tipping_points"]}
        self.assertEqual(set(curves), {"wald@multiple-imputation", "logistic@multiple-imputation"})
        curve = curves["logistic@multiple-imputation"]
        self.assertEqual([step["delta"] for step in curve["steps"]], DELTAS)
        power = [step["power"]["value"] for step in curve["steps"]]
        self.assertEqual(power, sorted(power))
        still = [step["still_significant"]["value"] for step in curve["steps"]]
        self.assertEqual(still[2], 1)
        self.assertEqual(still[:3], sorted(still[:3]))
        # Trials that are significant under both deltas are no more than those under either.
        for share, one in zip(still, power):
            self.assertLessEqual(share * power[2], one + 1e-12)
        first_half = [delta for delta, share in zip(DELTAS, still) if share <= 0.5]
        self.assertEqual(curve["tips_below"], max(first_half) if first_half else None)
        self.assertIsNone(curve["tips_above"])
        text = self.run_program("show", "all.h5").stdout
        self.assertIn("Tipping point of logistic@multiple-imputation", text)


if __name__ == "__main__":
    unittest.main()
