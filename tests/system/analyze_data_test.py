"""analyze --data: the patient-level methods on real data, against R's glm and mantelhaen.test."""
import csv
import json
import math
import subprocess
import unittest

from support import REFERENCE, ProgramTest

TRIAL01 = REFERENCE / "data/trial01.csv"
SEX2 = REFERENCE / "data/sex2.csv"
REGIONS = ["region_2", "region_3", "region_4", "region_5"]

# Prints name, then numbers, one result a line.
R_TRIAL01 = r"""
options(digits = 17)
d <- read.csv(commandArgs(TRUE)[1])
show <- function(name, ...) cat(name, c(...), "\n")
d <- d[complete.cases(d[c("aval", "trtp", "bl_cov", "region_2", "region_3", "region_4", "region_5")]), ]
fit <- glm(aval ~ trtp + bl_cov + region_2 + region_3 + region_4 + region_5, binomial, d,
           control = glm.control(epsilon = 1e-14))
for (name in rownames(summary(fit)$coefficients))
  show(paste0("coefficient:", name), summary(fit)$coefficients[name, 1:2])
b <- summary(fit)$coefficients["trtp", ]
show("logistic", exp(b[1]), b[2], exp(b[1] + c(-1, 1) * qnorm(0.975) * b[2]), b[4])
without <- update(fit, . ~ . - trtp)
lr <- anova(without, fit, test = "LRT")
show("logistic-lr", lr$Deviance[2], lr[2, "Pr(>Chi)"])
score <- anova(without, fit, test = "Rao")
show("logistic-score", score$Rao[2], score[2, "Pr(>Chi)"])
p1 <- mean(predict(fit, transform(d, trtp = 1), type = "response"))
p0 <- mean(predict(fit, transform(d, trtp = 0), type = "response"))
show("g-computation", p1 - p0)
"""

R_STRATA = r"""
options(digits = 17)
d <- read.csv(commandArgs(TRUE)[1])
show <- function(name, ...) cat(name, c(...), "\n")
d <- d[complete.cases(d[c("aval", "trtp", "region_2", "region_3")]), ]
tables <- table(factor(1 - d$trtp), factor(1 - d$aval), interaction(d$region_2, d$region_3, drop = TRUE))
for (corrected in c(FALSE, TRUE)) {
  m <- mantelhaen.test(tables, correct = corrected)
  show(if (corrected) "mantel-haenszel-corrected" else "mantel-haenszel",
       m$estimate, m$conf.int, m$statistic, m$p.value)
}
m <- mantelhaen.test(tables, exact = TRUE)
show("exact-conditional", m$estimate, m$conf.int, m$p.value)
"""

R_ENDPOINTS = r"""
options(digits = 17)
d <- read.csv(commandArgs(TRUE)[1])
show <- function(name, ...) cat(name, c(...), "\n")
d$treated <- as.integer(d$arm == "drug")
fit <- glm(y ~ treated * age + weight..kg, binomial, d, control = glm.control(epsilon = 1e-14))
row <- summary(fit)$coefficients["treated:age", ]
show("interaction", exp(row[1]), row[2], row[4])
for (name in c("marker", "grade")) {
  treated <- d[d$treated == 1, name]; control <- d[d$treated == 0, name]
  t <- t.test(treated, control)
  show(paste0("welch[", name, "]"), mean(treated) - mean(control), t$stderr, t$conf.int, t$p.value)
  w <- wilcox.test(treated, control, exact = FALSE, correct = FALSE)
  show(paste0("mann-whitney[", name, "]"), w$p.value)
}
for (fit in list(lm(marker ~ treated + before, d), lm(grade ~ treated, d))) {
  row <- summary(fit)$coefficients["treated", ]
  show(paste0("ancova[", all.vars(formula(fit))[1], "]"), row[1], row[2],
       confint(fit)["treated", ], row[4])
}
"""


def endpoints_csv():
    """140 women, numbers from a small generator: a marker with its baseline, a grade with ties."""
    state, lines = 20230313, ['y,arm,age,"weight, kg",marker,before,grade']
    for i in range(140):
        draws = []
        for _ in range(6):
            state = (1103515245 * state + 12345) % 2 ** 31
            draws.append(state / 2 ** 31)
        before = round(2 + draws[0] + draws[1], 4)
        marker = round(before * 0.6 + draws[2] + 0.3 * (i % 2), 4)
        age, weight = round(22 + 20 * draws[3], 2), round(50 + 30 * draws[4], 1)
        y = int(draws[5] < 0.35 + 0.2 * (i % 2) + 0.01 * (age - 32))
        lines.append(f"{y},{'drug' if i % 2 else 'control'},{age},{weight},{marker},{before},{int(4 * draws[2])}")
    return "\n".join(lines) + "\n"


def ask_r(script, *arguments):
    """The lines of R's answer as {name: numbers}."""
    done = subprocess.run(["Rscript", "--vanilla", "-e", script, *map(str, arguments)], text=True,
                          capture_output=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines() if line.strip()]
    return {row[0]: [float(word) for word in row[1:]] for row in rows}


class AnalyzeData(ProgramTest):
    def agree(self, actual, expected, relative=1e-6):
        self.assertLessEqual(abs(actual - expected), relative * max(abs(expected), 1e-3),
                             f"{actual} is not {expected}")

    def test_regressions_agree_with_r(self):
        found = self.run_json("analyze", "--data", TRIAL01, "--outcome", "aval", "--arm", "trtp",
                              "--adjust", "bl_cov," + ",".join(REGIONS))
        expected = ask_r(R_TRIAL01, TRIAL01)
        logistic = found["analyses"]["logistic"]
        self.assertEqual(logistic["status"], "ok")
        self.assertEqual(logistic["measure"], "conditional_odds_ratio")
        for key, number in zip(["estimate", "standard_error", "lower", "upper", "p_value"],
                               expected["logistic"]):
            self.agree(logistic[key], number)
        names = {"(Intercept)": "(intercept)"}
        rows = {key.partition(":")[2]: value for key, value in expected.items()
                if key.startswith("coefficient:")}
        self.assertEqual(set(logistic["coefficients"]), {names.get(name, name) for name in rows})
        for name, (estimate, error) in rows.items():
            coefficient = logistic["coefficients"][names.get(name, name)]
            self.agree(coefficient["estimate"], estimate)
            self.agree(coefficient["standard_error"], error)
        for name in ["logistic-lr", "logistic-score"]:
            self.agree(found["analyses"][name]["statistic"], expected[name][0])
            self.agree(found["analyses"][name]["p_value"], expected[name][1])
        self.agree(found["analyses"]["g-computation"]["estimate"], expected["g-computation"][0])

    def test_stratified_methods_agree_with_r(self):
        found = self.run_json("analyze", "--data", TRIAL01, "--outcome", "aval", "--arm", "trtp",
                              "--strata", "region_2,region_3")
        expected = ask_r(R_STRATA, TRIAL01)
        analyses = found["analyses"]
        for key, number in zip(["estimate", "lower", "upper", "statistic", "p_value"],
                               expected["mantel-haenszel"]):
            self.agree(analyses["mantel-haenszel"][key], number)
        self.agree(analyses["mantel-haenszel-corrected"]["p_value"],
                   expected["mantel-haenszel-corrected"][-1])
        self.agree(analyses["exact-conditional"]["p_value"], expected["exact-conditional"][-1])
        # R's roots stop at a tolerance of 1.2e-4.
        for key, number in zip(["estimate", "lower", "upper"], expected["exact-conditional"]):
            self.agree(analyses["exact-conditional"][key], number, 5e-4)

    def test_firth_agrees_with_logistf(self):
        entries = json.loads((REFERENCE / "reference.json").read_text())["entries"]
        expected = next(e["expected"] for e in entries if e["id"] == "logistic_firth-sex2")
        found = self.run_json("analyze", "--data", SEX2, "--outcome", "case", "--arm", "dia",
                              "--adjust", "age,oc,vic", "--adjust", "vicl,vis")
        coefficients = found["analyses"]["firth"]["coefficients"]
        for name, estimate, error in zip(expected["names"], expected["coef"],
                                         expected["se_inverse_information"]):
            self.agree(coefficients[name.lower()]["estimate"], estimate)
            self.agree(coefficients[name.lower()]["standard_error"], error)
        self.agree(found["analyses"]["firth"]["p_value"], expected["p_penalized_lr"][-1])

    def test_the_table_is_that_of_the_rows_kept(self):
        with open(TRIAL01, encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if "NA" not in (row["aval"], row["trtp"])]
        found = self.run_json("analyze", "--data", TRIAL01, "--outcome", "aval", "--arm", "trtp")
        for arm, value in [("treated", "1"), ("control", "0")]:
            mine = [row for row in rows if row["trtp"] == value]
            self.assertEqual(found["table"][arm], {"events": sum(row["aval"] == "1" for row in mine),
                                                   "n": len(mine)})
        self.assertEqual(found["data"]["analysed"], len(rows))
        self.assertEqual(found["data"]["rows"], found["data"]["analysed"] + found["data"]["dropped"])
        plain = self.run_json("analyze", *(f"{found['table'][arm]['events']}/{found['table'][arm]['n']}"
                                           for arm in ["treated", "control"]))
        self.assertEqual(found["tests"], plain["tests"])
        self.assertEqual(found["intervals"], plain["intervals"])
        self.assertNotIn("mantel-haenszel", found["analyses"])

    def test_texts_become_indicators_and_arms_are_named(self):
        lines = ["y,arm,site,age"]
        for i in range(60):
            lines.append(f"{int(i * 7 % 11 < 5 + i % 2)},{'drug' if i % 2 else 'control'},"
                         f"\"{['n', 'e', 's'][i // 2 % 3]}\",{30 + i * 13 % 17}")
        self.write("trial.csv", "\n".join(lines) + "\n")
        arguments = ["analyze", "--data", "trial.csv", "--outcome", "y", "--arm", "arm", "--adjust",
                     "age,site", "--strata", "site"]
        found = self.run_json(*arguments)
        self.assertEqual(found["data"]["treated"], "drug")
        self.assertEqual(list(found["analyses"]["logistic"]["coefficients"]),
                         ["(intercept)", "arm", "age", "site = n", "site = s"])
        swapped = self.run_json(*arguments, "--treated", "control")
        self.agree(swapped["analyses"]["logistic"]["estimate"],
                   1 / found["analyses"]["logistic"]["estimate"], 1e-9)
        text = self.run_program(*arguments).stdout
        for words in ["treated arm = drug", "mantel-haenszel", "site = s", "Tests of no effect"]:
            self.assertIn(words, text)

    FLAGS = ["--outcome", "y", "--arm", "arm"]

    def endpoints(self, *arguments):
        self.write("trial.csv", endpoints_csv())
        return self.run_json("analyze", "--data", "trial.csv", *self.FLAGS, *arguments)

    def test_interaction_and_biomarkers_agree_with_r(self):
        analyses = self.endpoints("--adjust", 'age,"weight, kg"', "--interaction", "age",
                                  "--biomarker", "marker,before", "--biomarker", "grade")["analyses"]
        expected = ask_r(R_ENDPOINTS, self.folder / "trial.csv")
        interaction = analyses["interaction"]
        for key, number in zip(["estimate", "standard_error", "p_value"], expected["interaction"]):
            self.agree(interaction[key], number)
        for name in ("marker", "grade"):
            for method in ("welch", "ancova"):
                label = f"{method}[{name}]"
                for key, number in zip(["estimate", "standard_error", "lower", "upper", "p_value"],
                                       expected[label]):
                    self.agree(analyses[label][key], number)
            label = f"mann-whitney[{name}]"
            self.agree(analyses[label]["p_value"], expected[label][0])

    def test_lists_choose_among_both_kinds_of_methods(self):
        flags = ["--biomarker", "marker,before", "--biomarker", "grade"]
        found = self.endpoints(*flags, "--tests", "fisher,logistic,ancova[marker]", "--intervals",
                               "odds_ratio:woolf,risk_difference:g-computation,welch")
        self.assertEqual(set(found["tests"]), {"fisher"})
        self.assertEqual(set(found["intervals"]["odds_ratio"]), {"woolf"})
        analyses = found["analyses"]
        self.assertEqual(set(analyses), {"logistic", "g-computation", "ancova[marker]",
                                         "welch[marker]", "welch[grade]"})
        self.assertEqual(analyses["g-computation"]["p_value_status"], "not_asked")
        self.assertIsNone(analyses["g-computation"]["p_value"])
        self.assertIsNotNone(analyses["g-computation"]["lower"])
        self.assertIsNone(analyses["logistic"]["lower"])
        self.assertEqual(self.endpoints("--tests", "logistic")["tests"], {})

    def test_a_margin_has_p_values_on_its_own_scale_alone(self):
        found = self.endpoints("--adjust", "age", "--strata", "grade", "--biomarker", "marker",
                               "--null", "odds_ratio=0.8")
        self.assertEqual(found["decides"], "p_value_greater")
        own = {"g-computation-or", "g-computation-ge-or"}
        for label, analysis in found["analyses"].items():
            self.assertEqual(analysis["p_value_status"], "ok" if label in own else "other_null", label)
            for key in ("p_value", "p_value_greater", "p_value_less", "statistic"):
                self.assertEqual(analysis[key] is None, label not in own, (label, key))
        # z = (log OR - log 0.8) / SE, one-sided
        margin = found["analyses"]["g-computation-or"]
        z = (math.log(margin["estimate"]) - math.log(0.8)) / margin["standard_error"]
        self.agree(margin["p_value_greater"], math.erfc(z / math.sqrt(2)) / 2)
        text = self.run_program("analyze", "--data", "trial.csv", *self.FLAGS, "--adjust", "age",
                                "--null", "odds_ratio=0.8").stdout
        self.assertIn("P greater", text)
        self.assertIn("not of this null", text)
        for analysis in self.endpoints("--equivalence", "risk_difference=-0.2:0.2")["analyses"].values():
            self.assertEqual(analysis["p_value_status"], "other_null")


class BadData(ProgramTest):
    FLAGS = ["--outcome", "y", "--arm", "arm"]

    def analyses(self, rows, *more):
        self.write("trial.csv", "y,arm,x\n" + "".join(f"{y},{arm},{x}\n" for y, arm, x in rows))
        return self.run_json("analyze", "--data", "trial.csv", *self.FLAGS, *more)["analyses"]

    def refused(self, text, *arguments, saying, status=2):
        if text is not None:
            self.write("trial.csv", text)
        done = self.run_program("analyze", *arguments, status=status)
        self.assertEqual(done.stdout, "")
        for words in saying:
            self.assertIn(words, done.stderr)

    def test_separation_is_a_status_and_firth_answers(self):
        rows = [(int(i >= 10), "AB"[i % 2], i) for i in range(20)]
        found = self.analyses(rows, "--adjust", "x")
        self.assertEqual(found["logistic"]["status"], "separated")
        self.assertIsNone(found["logistic"]["p_value"])
        self.assertIsNone(found["logistic"]["coefficients"])
        self.assertEqual(found["firth"]["status"], "ok")
        self.assertIsNotNone(found["firth"]["p_value"])

    def test_a_constant_column_is_collinear(self):
        for x in [3, "same"]:
            found = self.analyses([(i // 3 % 2, "AB"[i % 2], x) for i in range(24)], "--adjust", "x")
            for name in ["logistic", "firth", "g-computation"]:
                self.assertEqual(found[name]["status"], "collinear", name)
                self.assertIsNone(found[name]["p_value"])

    def test_strata_without_information_are_degenerate(self):
        found = self.analyses([(i // 3 % 2, "AB"[i % 2], i) for i in range(24)], "--strata", "x")
        self.assertEqual(found["mantel-haenszel"]["status"], "degenerate")
        self.assertIsNone(found["mantel-haenszel"]["p_value"])

    def test_faults_are_refused_with_their_place_and_remedy(self):
        data = ["--data", "trial.csv", *self.FLAGS]
        good = "y,arm,age\n1,A,3\n0,B,4\n"
        self.refused(None, "--data", "absent.csv", *self.FLAGS, saying=["absent.csv"], status=3)
        self.refused(good, *data, "--adjust", "agee",
                     saying=["trial.csv:1", "agee", 'Did you mean "age"'])
        self.refused("y,arm\n1,A\n2,B\n", *data, saying=["trial.csv:3", '"2"', "1 (event) or 0"])
        self.refused("y,arm\nyes,A\n0,B\n", *data, saying=["trial.csv:2", '"yes"'])
        self.refused("y,arm\n1,A\n0,B\n1,C\n", *data, saying=["3 values", "two arms"])
        self.refused("y,arm\n1,A\n0,A\n", *data, saying=["1 value: A", "two arms"])
        self.refused("y,arm\n1,A,5\n", *data, saying=["trial.csv:2", "3 cells"])
        self.refused(good, *data, "--treated", "C", saying=["C", "A or B"])

    def test_methods_that_a_data_set_does_not_serve_say_what_is_needed(self):
        good = "y,arm,age\n1,A,3\n0,B,4\n"
        data = ["--data", "trial.csv", *self.FLAGS]
        for method, remedy in [("rerandomisation", "[allocation]"), ("interaction", "--interaction"),
                               ("welch", "--biomarker"), ("mantel-haenszel", "--strata"),
                               ("logistic[age]", "Leave out the brackets")]:
            self.refused(good, *data, "--tests", f"fisher,{method}", saying=[method, remedy])
        self.refused(good, *data, "--biomarker", "age,a,b", saying=["one baseline"])
        self.refused(good, *data, "--missing", "worst", saying=["worst-case"])
        self.refused(good, *data, "--adjust", '"age', saying=["quotes do not match"])

    def test_options_that_do_not_fit_are_refused(self):
        self.refused(None, "--data", "trial.csv", saying=["--outcome", "--arm"])
        self.refused(None, "--outcome", "y", saying=["--data"])
        self.refused(None, "60/75", "47/74", "--data", "t.csv", *self.FLAGS, saying=["60/75"])
        self.refused(None, saying=["60/75", "--data"])


if __name__ == "__main__":
    unittest.main()
