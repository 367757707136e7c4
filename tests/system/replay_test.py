"""One replicate is the same whether it is replayed or run, and R finds the same in it."""
import csv
import io
import json
import math
import subprocess
import unittest

import h5py

from support import SCENARIOS, ProgramTest, replicates

SCENARIO = """
[arms]
total        = 149
ratio        = [1, 1]
control_rate = 0.6351
treated_rate = 0.80

[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4.5
centre = 33
unit = 5
cuts = [35]

[[covariate]]
name = "marker"
distribution = "log-normal"
mean_log = 0.0
sd_log = 0.5

[allocation]
scheme = "stratified-block"
strata = ["age"]
block_sizes = [4]

[[stage]]
name = "birth"
effects = { age = -0.4, marker = 0.6 }

[analysis]
adjust = ["age", "marker"]
tests = ["pearson", "logistic", "logistic-lr", "mantel-haenszel", "mantel-haenszel-corrected"]
intervals = ["conditional_odds_ratio:logistic", "conditional_odds_ratio:mantel-haenszel"]

[simulation]
seed = 5
"""


def z_pooled_exact(treated, control):
    """The unconditional P-value of |pooled z|: the largest of its sums over a fine grid of rates."""
    (x1, n1), (x0, n0) = treated, control

    def squared_z(a, b):
        pooled = (a + b) / (n1 + n0)
        variance = pooled * (1 - pooled) * (1 / n1 + 1 / n0)
        return 0.0 if variance == 0 else (a / n1 - b / n0) ** 2 / variance

    observed = squared_z(x1, x0)
    tail = [[math.comb(n1, a) * math.comb(n0, b) if squared_z(a, b) >= observed * (1 - 1e-9) else 0
             for b in range(n0 + 1)] for a in range(n1 + 1)]
    of_total = [sum(tail[a][m - a] for a in range(max(0, m - n0), min(n1, m) + 1))
                for m in range(n1 + n0 + 1)]
    n = n1 + n0
    return max(sum(weight * (i / 2000) ** m * (1 - i / 2000) ** (n - m)
                   for m, weight in enumerate(of_total)) for i in range(1, 2000))


LEVELS = """
[centres]
number = 3

[[covariate]]
name = "race"
distribution = "categorical"
probabilities = [0.4, 0.6]
levels = ["A, of old", "B"]

[[covariate]]
name = "treated"
distribution = "binary"
probability = 0.3

[[biomarker]]
name = "woman"
"""

# R's own analyses of every replicate: glm, its likelihood ratio, mantelhaen.test.
R_SCRIPT = r"""
women <- read.csv("women.csv")
for (trial in split(women, women$replicate)) {
  trial$stratum <- as.integer(trial$age >= 35)
  fit <- glm(event ~ treated + age + marker, family = binomial, data = trial, epsilon = 1e-12, maxit = 50)
  null <- update(fit, . ~ . - treated)
  row <- summary(fit)$coefficients["treated", ]
  lr <- pchisq(null$deviance - fit$deviance, 1, lower.tail = FALSE)
  tables <- with(trial, table(factor(treated, 1:0), factor(event, 1:0), stratum))
  cmh <- mantelhaen.test(tables, correct = FALSE)
  cmh_corrected <- mantelhaen.test(tables, correct = TRUE)
  cat(sprintf("%.17g", c(trial$replicate[1], exp(row[1]), row[2], row[4], lr, cmh$estimate, cmh$conf.int,
                         cmh$p.value, cmh_corrected$p.value)), "\n")
}
"""


class Replay(ProgramTest):
    def replayed(self, scenario, count, *arguments):
        lines = self.run_program("replay", scenario, "--count", count, "--json", *arguments).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def test_r_finds_the_same_in_a_thousand_trials(self):
        self.write("trial.toml", SCENARIO)
        count = max(replicates(1000, at_least=20), 20)
        women = self.run_program("replay", "trial.toml", "--count", count, "--csv").stdout
        self.write("women.csv", women)
        self.write("analyse.R", R_SCRIPT)
        done = subprocess.run(["Rscript", "analyse.R"], cwd=self.folder, capture_output=True, text=True, check=True)
        trials = self.replayed("trial.toml", count)
        rows = [list(map(float, line.split())) for line in done.stdout.splitlines()]
        self.assertEqual(len(rows), count)
        compared = 0
        for trial, row in zip(trials, rows):
            self.assertEqual(trial["replicate"], row[0])
            found = trial["analyses"]
            logistic = found["conditional_odds_ratio:logistic"]
            stratified = found["conditional_odds_ratio:mantel-haenszel"]
            if logistic["status"] != "ok" or stratified["status"] != "ok":
                continue
            ours = [logistic["estimate"], logistic["standard_error"], logistic["p_value"],
                    found["logistic-lr"]["p_value"], stratified["estimate"], stratified["lower"],
                    stratified["upper"], stratified["p_value"], found["mantel-haenszel-corrected"]["p_value"]]
            if ours[-1] == 1:
                # Less than half a woman from its expectation: R then leaves the correction out.
                ours.pop()
            for mine, other in zip(ours, row[1:]):
                self.assertLess(abs(mine - other), 1e-6 * max(abs(other), 1))
            compared += 1
        self.assertGreater(compared, 0.99 * count)

    def test_a_run_counts_what_its_replicates_show(self):
        self.write("trial.toml", SCENARIO)
        count = 203  # not a multiple of the trials simulated side by side
        self.run_program("run", "trial.toml", "--replicates", count, "-o", "trial.h5", "--quiet")
        trials = self.replayed("trial.toml", count)
        with h5py.File(self.folder / "trial.h5") as file:
            tests = [label.decode() for label in file["test"][()]]
            rejections = dict(zip(tests, file["n_reject"][()]))
            intervals = [label.decode() for label in file["interval"][()]]
            truth, cover = file["truth"][()], file["n_cover"][()]
        labels = {"logistic": "conditional_odds_ratio:logistic", "logistic-lr": "logistic-lr",
                  "mantel-haenszel": "conditional_odds_ratio:mantel-haenszel"}
        for test, label in labels.items():
            seen = sum(trial["analyses"][label]["p_value"] is not None and trial["analyses"][label]["p_value"] <= 0.05
                       for trial in trials)
            self.assertEqual(rejections[test], seen, test)
        self.assertEqual(rejections["pearson"], sum(trial["tests"]["pearson"] <= 0.05 for trial in trials))
        for label in ("conditional_odds_ratio:logistic", "conditional_odds_ratio:mantel-haenszel"):
            place = intervals.index(label)
            seen = sum(trial["analyses"][label]["lower"] <= truth[place] <= trial["analyses"][label]["upper"]
                       for trial in trials)
            self.assertEqual(cover[place], seen, label)

    def test_the_table_is_that_of_the_women(self):
        self.write("trial.toml", SCENARIO)
        for trial in self.replayed("trial.toml", 5, "--replicate", 1000):
            for arm, is_treated in (("treated", True), ("control", False)):
                women = [woman for woman in trial["women"] if woman["treated"] == is_treated]
                self.assertEqual(trial["table"][arm], {"events": sum(w["event"] for w in women), "n": len(women)})

    def test_one_replicate_is_the_same_alone_and_in_a_row(self):
        self.write("trial.toml", SCENARIO)
        row = self.replayed("trial.toml", 12, "--replicate", 4090)
        alone = self.run_json("replay", "trial.toml", "--replicate", 4097)
        self.assertEqual(row[7], alone)

    def test_the_published_trial_is_printed_as_a_table_of_women(self):
        text = self.run_program("replay", SCENARIOS / "tacrolimus-patients.toml").stdout
        self.assertIn("Replicate 0 of cell 0:", text)
        rows = csv.reader(io.StringIO(
            self.run_program("replay", SCENARIOS / "tacrolimus-patients.toml", "--csv").stdout))
        rows = list(rows)
        self.assertEqual(len(rows), 150)
        place = rows[0].index("prior_losses")
        self.assertTrue(all(float(row[place]) >= 3 for row in rows[1:]))

    def test_counts_are_replayed_too(self):
        text = self.run_program("replay", SCENARIOS / "tacrolimus.toml", "--csv").stdout
        self.assertEqual(text.splitlines()[0], "replicate,arm,events,n")

    def test_p_values_of_unconditional_tests_are_p_values(self):
        trial = self.run_json("replay", SCENARIOS / "tacrolimus.toml", "--replicate", 2)
        arms = [trial["table"][arm] for arm in ("treated", "control")]
        counts = [(arm["events"], arm["n"]) for arm in arms]
        self.assertEqual(counts, [(59, 75), (48, 74)])
        self.assertLess(abs(trial["tests"]["z-pooled-exact"] - z_pooled_exact(*counts)), 2e-6)
        analysis = self.run_json("analyze", "59/75", "48/74")
        for test, p_value in trial["tests"].items():
            self.assertEqual(p_value, analysis["tests"][test]["p_value"], test)

    def test_levels_have_their_names(self):
        self.write("trial.toml", SCENARIO + LEVELS)
        # What nothing needs is not drawn.
        drawn = ["--set", "stage.birth.effects.race = B=0.1", "--set", "stage.birth.effects.centre = 2=0.1"]
        women = self.run_json("replay", "trial.toml", *drawn)["women"]
        self.assertEqual({woman["covariates"]["race"] for woman in women}, {"A, of old", "B"})
        self.assertEqual({woman["covariates"]["centre"] for woman in women}, {"1", "2", "3"})
        rows = list(csv.DictReader(io.StringIO(self.run_program("replay", "trial.toml", "--csv", *drawn).stdout)))
        for woman, row in zip(women, rows, strict=True):
            for name in ("race", "centre"):
                self.assertEqual(row[name], woman["covariates"][name])

    def test_columns_have_distinct_names_and_can_be_analysed(self):
        self.write("trial.toml", SCENARIO + LEVELS)
        text = self.write("women.csv", self.run_program("replay", "trial.toml", "--csv").stdout)
        names = text.read_text().splitlines()[0].split(",")
        self.assertEqual(len(names), len(set(names)))
        self.assertIn("covariate.treated", names)
        self.assertIn("biomarker.woman", names)
        trial = self.run_json("replay", "trial.toml")
        found = self.run_json("analyze", "--data", "women.csv", "--outcome", "event", "--arm", "treated",
                              "--adjust", "age,marker")
        self.assertEqual(found["table"], trial["table"])
        ours = trial["analyses"]["conditional_odds_ratio:logistic"]
        self.assertLess(abs(found["analyses"]["logistic"]["p_value"] - ours["p_value"]), 1e-9)

    def test_a_replicate_that_is_no_number_of_one_is_refused(self):
        for given in ("-1", "99999999999999999999", "1.5"):
            error = self.run_program("replay", SCENARIOS / "tacrolimus.toml", f"--replicate={given}",
                                     status=2).stderr
            self.assertIn(f'"{given}" is not a whole number from 0 to 999999999999999', error)

    def test_a_cell_that_is_not_there_is_refused(self):
        self.write("trial.toml", SCENARIO)
        error = self.run_program("replay", "trial.toml", "--cell", 3, status=2).stderr
        self.assertIn("--cell 3", error)


if __name__ == "__main__":
    unittest.main()
