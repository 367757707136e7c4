"""A published trial planned anew: figures of `replan` against plain sums that share no code with it."""
import json
import math
import unittest
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist

from support import REFERENCE, ProgramTest

PUBLISHED = json.loads((REFERENCE / "published_trial.json").read_text())
TRIAL = [PUBLISHED["treated"], PUBLISHED["control"]]
PRINTED = ["--printed-p", "0.03", "--printed-or", "2.30", "--printed-ci", "1.10,4.81"]
N1, N0 = 75, 74


def shown(value, digits="0.01"):
    """A float at the decimals of `digits`, halves up."""
    return str(Decimal(repr(value)).quantize(Decimal(digits), ROUND_HALF_UP))


def binomial(n, p):
    return [math.comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(n + 1)]


def fisher_region(n1, n0, alpha=0.05):
    """Tables that Fisher's two-sided test rejects, by whole numbers."""
    region = set()
    for events in range(n1 + n0 + 1):
        counts = range(max(0, events - n0), min(n1, events) + 1)
        ways = {x: math.comb(n1, x) * math.comb(n0, events - x) for x in counts}
        total = sum(ways.values())
        for x in counts:
            if sum(w for w in ways.values() if w <= ways[x]) <= alpha * total:
                region.add((x, events - x))
    return region


def treated_rate(odds_ratio, control):
    odds = odds_ratio * control / (1 - control)
    return odds / (1 + odds)


class Replan(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.region = fisher_region(N1, N0)

    def power(self, p1, p0):
        treated, control = binomial(N1, p1), binomial(N0, p0)
        return sum(treated[x] * control[y] for x, y in self.region)

    def answer(self, *flags, cap=2000):
        """Trials beyond the cap take seconds to size."""
        return self.run_json("replan", *TRIAL, "--largest-total", cap, *flags)

    def test_woolf_around_the_rounded_estimate_prints_the_published_interval(self):
        effect = self.answer(*PRINTED)["effects"][0]
        self.assertEqual(effect["estimate"]["reproduced_by"], ["sample"])
        interval = effect["interval"]
        self.assertEqual(interval["reproduced_by"], [])
        self.assertTrue(interval["reproduced_only_by_rounding_on_the_way"])
        log_se = math.sqrt(1 / 60 + 1 / 15 + 1 / 47 + 1 / 27)
        z = NormalDist().inv_cdf(0.975)
        by_step = {(one["rounded_step"], one.get("rounded_to_decimals")): one
                   for one in interval["methods"] if one["method"] == "woolf"}
        for step, centre in ((("none", None), 60 * 27 / (15 * 47)), (("estimate", 2), 2.30)):
            self.assertAlmostEqual(by_step[step]["lower"], centre * math.exp(-z * log_se), delta=1e-12)
            self.assertAlmostEqual(by_step[step]["upper"], centre * math.exp(z * log_se), delta=1e-12)
        self.assertEqual(by_step[("none", None)]["prints"], ["1.10", "4.80"])
        self.assertEqual(by_step[("estimate", 2)]["prints"], ["1.10", "4.81"])

    def test_no_other_reference_interval_prints_the_published_one(self):
        methods = {one["method"]: one for one in self.answer(*PRINTED)["effects"][0]["interval"]["methods"]
                   if one["rounded_step"] == "none"}
        for method, limits in PUBLISHED["intervals"]["odds_ratio"].items():
            self.assertEqual(methods[method]["prints"], [shown(limit) for limit in limits], method)
            self.assertEqual(methods[method]["agrees"], [shown(x) for x in limits] == ["1.10", "4.81"])

    def test_the_tests_that_print_p_are_those_of_the_reference(self):
        for printed, digits in (("0.03", "0.01"), ("0.024", "0.001"), ("0.0296", "0.0001")):
            p_value = self.answer("--printed-p", printed)["p_value"]
            self.assertEqual(p_value["printed"], printed)
            for test, reference in PUBLISHED["tests"].items():
                if test == "wald" and digits != "0.01":
                    continue  # known to four decimals
                self.assertEqual(test in p_value["reproduced_by"], shown(reference, digits) == printed, test)

    def test_combinations_are_all_pairs_of_what_agrees(self):
        answer = self.answer(*PRINTED)
        ways = sum(one["agrees"] for one in answer["effects"][0]["interval"]["methods"])
        self.assertEqual(len(answer["combinations"]), ways * len(answer["p_value"]["reproduced_by"]))
        own = {(one["test"], one["interval"]) for one in answer["combinations"] if one["belong_together"]}
        self.assertEqual(own, {("wald", "woolf")})

    def test_replication_is_that_of_plain_sums_over_fishers_region(self):
        answer = self.answer()
        self.assertEqual(answer["test"], "fisher")
        self.assertAlmostEqual(self.power(0.8, 0.6351), PUBLISHED["power"]["fisher"], delta=1e-6)
        for one in answer["replication"]:
            p1, p0 = one["treated_rate"], one["control_rate"]
            treated, control = binomial(N1, p1), binomial(N0, p0)
            power = self.power(p1, p0)
            wrong = sum(treated[x] * control[y] for x, y in self.region if x * N0 < y * N1)
            size = sum(treated[x] * control[y] *
                       abs(math.log((x + .5) * (N0 - y + .5) / ((N1 - x + .5) * (y + .5))))
                       for x, y in self.region)
            self.assertAlmostEqual(p0, 47 / 74, delta=1e-15)
            self.assertAlmostEqual(p1, treated_rate(one["odds_ratio"], p0), delta=1e-12)
            self.assertAlmostEqual(one["significant"], power, delta=1e-10)
            self.assertAlmostEqual(one["same_direction"], power - wrong, delta=1e-10)
            self.assertAlmostEqual(one["sign_error"], wrong / power, delta=1e-10)
            self.assertAlmostEqual(one["exaggeration_ratio"],
                                   size / power / abs(math.log(one["odds_ratio"])), delta=1e-9)

    def test_shrunken_effects_are_those_of_the_papers(self):
        b = math.log(60 * 27 / (15 * 47))
        s = math.sqrt(1 / 60 + 1 / 15 + 1 / 47 + 1 / 27)
        shares, sds = (0.32, 0.31, 0.30, 0.07), (0.61, 1.42, 2.16, 5.64)
        weights = [p * NormalDist(0, math.hypot(1, t)).pdf(b / s) for p, t in zip(shares, sds)]
        kept = sum(w * t * t / (1 + t * t) for w, t in zip(weights, sds)) / sum(weights)
        z = NormalDist().inv_cdf(0.975)
        wanted = {"observed": b, "cochrane": kept * b, "empirical-bayes": b - s * s / b,
                  "confidence-limit": b - z * s}
        found = {one["truth"]: math.log(one["odds_ratio"]) for one in self.answer()["replication"]}
        self.assertEqual(found.keys(), wanted.keys())
        for truth, log_odds_ratio in wanted.items():
            self.assertAlmostEqual(found[truth], log_odds_ratio, delta=1e-12, msg=truth)

    def test_the_confirmatory_sizes_have_the_power_that_exact_gives(self):
        answer = self.answer("--test", "pearson", cap=200000)
        for one in answer["confirmatory"]["sizes"]:
            n = one["first"]["n_treated"]
            powers = []
            for size in (n - 1, n):
                cell = self.run_json("exact", "--n", f"{size},{size}", "--control-rate",
                                     repr(one["control_rate"]), "--treated-rate", repr(one["treated_rate"]),
                                     "--tests", "pearson", "--intervals", "risk_difference:wald")["cells"][0]
                powers.append(cell["tests"]["pearson"]["power"]["value"])
            self.assertLess(powers[0], 0.9, one["truth"])
            self.assertGreaterEqual(powers[1], 0.9, one["truth"])
            self.assertAlmostEqual(powers[1], one["first"]["power"], delta=1e-10)

    def test_the_size_at_the_confidence_limit_is_near_that_of_the_formula(self):
        limit = self.answer(cap=200000)["confirmatory"]["sizes"][-1]
        self.assertEqual(limit["truth"], "confidence-limit")
        p1, p0 = limit["treated_rate"], limit["control_rate"]
        mean, z = (p1 + p0) / 2, NormalDist().inv_cdf
        formula = (z(0.975) * math.sqrt(2 * mean * (1 - mean)) +
                   z(0.9) * math.sqrt(p1 * (1 - p1) + p0 * (1 - p0))) ** 2 / (p1 - p0) ** 2
        # Fisher's test asks for about 2/|p1 - p0| more (Casagrande, Pike & Smith 1978).
        corrected = formula / 4 * (1 + math.sqrt(1 + 4 / (formula * (p1 - p0)))) ** 2
        self.assertAlmostEqual(limit["first"]["n_treated"] / corrected, 1, delta=0.002)
        self.assertGreater(limit["first"]["n_treated"], 10000)

    def test_the_cap_is_a_reason_that_can_be_raised(self):
        small = self.answer()["confirmatory"]["sizes"]
        self.assertEqual([one["first"] is None for one in small], [False, False, False, True])
        self.assertEqual(small[-1]["status"], "more than 1000 + 1000 women")

    def test_a_one_sided_p_is_looked_for_on_one_side(self):
        # Half of the two-sided P of the chi-square test, which is symmetric.
        printed = shown(PUBLISHED["tests"]["pearson"] / 2)
        answer = self.answer("--sides", 1, "--printed-p", printed, *PRINTED[2:])
        found = answer["p_value"]
        self.assertEqual(found["tail"], "greater")
        self.assertIn("pearson", found["reproduced_by"])
        for test in found["tests"]:
            if test["tail"] == "greater":
                self.assertEqual(test["test"] in found["reproduced_by"], shown(test["p_value"]) == printed)
        ways = sum(one["agrees"] for one in answer["effects"][0]["interval"]["methods"])
        self.assertEqual(len(answer["combinations"]), ways * len(found["reproduced_by"]))
        self.assertNotIn("Not all printed", answer["summary"])
        text = " ".join(self.run_program("replan", *TRIAL, "--sides", 1, "--printed-p", printed,
                                         "--largest-total", 2000).stdout.split())
        self.assertIn(f"P = {printed} is printed one-sided by: ", text)
        self.assertNotIn("no two-sided test", text)
        elsewhere = self.answer("--sides", 1, "--printed-p", shown(PUBLISHED["tests"]["fisher"]))
        self.assertIn("fisher", elsewhere["p_value"]["reproduced_by_two_sided"])
        self.assertNotIn("fisher", elsewhere["p_value"]["reproduced_by"])

    def test_a_limit_beyond_no_effect_is_told_of(self):
        # Woolf's interval of 12/20 against 10/20 is exp(0.405 -+ 1.96 * 0.639), from 0.43 to 5.25.
        arms = ["12/20", "10/20"]
        answer = self.run_json("replan", *arms, "--largest-total", 5000)
        reason = "the interval contains no effect"
        self.assertEqual(answer["replication"][-1],
                         {"truth": "confidence-limit", "odds_ratio": None, "treated_rate": None,
                          "control_rate": None, "significant": None, "status": {"significant": reason}})
        self.assertEqual(answer["confirmatory"]["sizes"][-1]["status"], reason)
        text = self.run_program("replan", *arms, "--largest-total", 5000).stdout
        rows = [line for line in text.splitlines() if "at the confidence limit" in line]
        self.assertEqual(len(rows), 2)
        for row in rows:
            self.assertTrue(row.rstrip().endswith(reason), row)

    def test_the_fragility_index_is_that_of_fishers_region(self):
        fragility = self.answer()["fragility"]
        changes = next(k for k in range(1, 28) if (60, 47 + k) not in self.region)
        self.assertEqual(fragility["tests"]["fisher"], {"index": changes, "status": "ok"})
        self.assertEqual(fragility["arm"], "control")

    def test_what_nothing_prints_has_its_nearest(self):
        answer = self.answer("--printed-p", "0.06", "--printed-rr", "1.50", "--printed-ci", "1.01,1.55")
        self.assertEqual(answer["p_value"]["reproduced_by"], [])
        self.assertEqual(answer["p_value"]["nearest"]["test"], "likelihood-ratio-exact")
        effect = answer["effects"][0]
        self.assertEqual(effect["measure"], "risk_ratio")
        self.assertEqual(effect["interval"]["reproduced_by"], [])
        self.assertEqual(effect["estimate"]["nearest"]["prints"], "1.26")
        self.assertIn("Not all printed figures can be reproduced.", answer["summary"])

    def test_the_text_says_what_the_json_says(self):
        text = self.run_program("replan", *TRIAL, *PRINTED, "--largest-total", 2000).stdout
        for words in ("woolf around the estimate rounded to 2 decimals (1.0999 to 4.8093)",
                      "prints 1.10 to 4.80", "fisher (0.0296)", "165 + 165", "0.5908",
                      "null no effect; two-sided, alpha 0.05", "fisher: ",
                      "van Zwet, Schwab & Senn 2021", "Gelman & Carlin 2014"):
            self.assertIn(words, " ".join(text.split()))

    def test_trials_at_the_edge_have_an_answer(self):
        for arms in (["0/75", "0/74"], ["75/75", "0/74"], ["75/75", "47/74"], ["1/1", "0/1"], ["1/1", "1/1"],
                     ["0/5", "3/5"]):
            answer = self.run_json("replan", *arms, "--largest-total", 2000, "--printed-p", "<0.001",
                                   "--printed-or", "2.3")
            self.run_program("replan", *arms, "--largest-total", 2000)
            self.assertEqual(len(answer["replication"]), 4)
            for one in answer["replication"]:
                if one["odds_ratio"] is None and one["truth"] != "observed":
                    self.assertRegex(one["status"]["significant"], "had the event|contains no effect")
                    continue
                self.assertLessEqual(one["significant"], 1 + 1e-12, arms)

    def test_bad_input_is_refused_with_the_rule_and_the_remedy(self):
        for arguments, part in (
                (["80/75", "47/74"], "at most as many events as women"),
                (["60-75", "47/74"], "Write it as 60/75"),
                ([*TRIAL, "--printed-p", "small"], "is not a P-value"),
                ([*TRIAL, "--printed-p", "1.03"], "is not a P-value"),
                ([*TRIAL, "--printed-or", "-2.3"], "a number from 0 up"),
                ([*TRIAL, "--printed-rd", "1.5"], "a number from -1 to 1"),
                ([*TRIAL, "--printed-ci", "4.81,1.10"], "the smaller limit first"),
                ([*TRIAL, "--printed-ci", "1.10"], "both limits"),
                ([*TRIAL, "--printed-or", "2.3", "--printed-rr", "1.3", "--printed-ci", "1,2"], "Say of which"),
                ([*TRIAL, "--printed-ci", "1,2", "--printed-or-ci", "1,2"], "Leave one out"),
                ([*TRIAL, "--test", "fihser"], "Did you mean \"fisher\""),
                ([*TRIAL, "--test", "fisher,pearson"], "Give one"),
                ([*TRIAL, "--power", "1"], "at most 1 - 1e-9"),
                ([*TRIAL, "--largest-total", "1"], "whole number from 2"),
                ([*TRIAL, "--alpha", "0.05,0.01"], "replan: one table"),
                ([*TRIAL, "--null", "odds_ratio=0.8"], "Leave the margin out")):
            done = self.run_program("replan", *arguments, status=2)
            self.assertIn(part, done.stderr, arguments)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
