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

    def test_a_cell_that_is_not_there_is_refused(self):
        self.write("trial.toml", SCENARIO)
        error = self.run_program("replay", "trial.toml", "--cell", 3, status=2).stderr
        self.assertIn("--cell 3", error)


if __name__ == "__main__":
    unittest.main()
