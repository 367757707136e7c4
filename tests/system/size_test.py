"""`size` and `mde` as a user runs them: aims, flags, JSON, refusals."""

import math
import unittest

from support import ProgramTest

RATES = ["--control-rate", "0.6351", "--treated-rate", "0.80"]


def comb_probability(n, rate, x):
    return math.comb(n, x) * rate**x * (1 - rate) ** (n - x)


class SizeTest(ProgramTest):
    def size(self, *flags):
        return self.run_json("size", *flags)

    def refusal(self, *flags):
        result = self.run_program("size", *flags, status=2)
        self.assertEqual(result.stdout, "")
        return result.stderr

    def test_published_sizes(self):
        for test, n in (("fisher", 165), ("pearson", 154), ("boschloo", 156)):
            with self.subTest(test):
                answer = self.size(*RATES, "--test", test)
                self.assertEqual(answer["first"]["n_treated"], n)
                self.assertEqual(answer["first"]["n_control"], n)
                self.assertEqual(answer["engine"], "enumeration")
                self.assertEqual(answer["aim"], "power")
                self.assertGreaterEqual(answer["stable"]["n_treated"], n)
                self.assertEqual(answer["horizon"], 4 * n)
                self.assertLess(answer["curve"][9]["power"], 0.9)

    def test_every_design_of_a_ratio(self):
        answer = self.size(*RATES, "--test", "pearson", "--ratio", "2,1")
        self.assertEqual(answer["first"]["n_treated"], 2 * answer["first"]["n_control"])

    def test_drop_out(self):
        answer = self.size(*RATES, "--test", "fisher", "--allow-dropout", "0.1")
        dropout = answer["dropout"]
        self.assertEqual(dropout["n_treated"], 184)  # 165 / 0.9 = 183.33
        self.assertAlmostEqual(dropout["treated_rate_if_failures"], 0.72, 12)
        exact = self.run_json("exact", "--n", "184,184", "--treated-rate", "0.72", "--control-rate",
                str(0.6351 * 0.9), "--tests", "fisher")
        power = exact["cells"][0]["tests"]["fisher"]["power"]["value"]
        self.assertAlmostEqual(dropout["power_if_failures"], power, 9)

    def test_power_after_drop_out_is_there_or_has_a_reason(self):
        worst = self.size(*RATES, "--test", "pearson", "--worst-case", "0.6:0.65", "--power", "0.5",
                          "--allow-dropout", "0.1")["dropout"]
        simulated = self.size(*RATES, "--test", "pearson", "--method", "simulation",
                              "--allow-dropout", "0.1")["dropout"]
        for dropout in (worst, simulated):
            self.assertEqual(dropout["rate"], 0.1)
            self.assertIsNone(dropout["power_if_failures"])
            self.assertTrue(dropout["status"]["power_if_failures"])

    def test_expected_width_is_a_direct_sum(self):
        answer = self.size(*RATES, "--test", "pearson", "--power", "0.3")
        n = answer["first"]["n_treated"]
        self.assertEqual(answer["expected_width"]["interval"], "odds_ratio:woolf")
        mean = finite = 0
        for x in range(1, n):
            for y in range(1, n):
                p = comb_probability(n, 0.8, x) * comb_probability(n, 0.6351, y)
                error = math.sqrt(1 / x + 1 / (n - x) + 1 / y + 1 / (n - y))
                mean += p * 2 * 1.959963984540054 * error
                finite += p
        self.assertAlmostEqual(answer["expected_width"]["mean_log_width"], mean / finite, 9)
        self.assertAlmostEqual(answer["expected_width"]["infinite"], 1 - finite, 9)

    def test_worst_case(self):
        answer = self.size(*RATES, "--test", "pearson", "--worst-case", "0.5:0.7")
        self.assertEqual(answer["aim"], "worst-case power")
        n = answer["first"]["n_treated"]
        odds_ratio = answer["worst_case"]["effect"]
        self.assertAlmostEqual(odds_ratio, 0.8 / 0.2 / (0.6351 / 0.3649), 9)
        powers = self.run_json("exact", "--n", f"{n},{n}", "--odds-ratio", repr(odds_ratio), "--control-rate",
                "0.5:0.7:0.005", "--tests", "pearson")["cells"]
        least = min(cell["tests"]["pearson"]["power"]["value"] for cell in powers)
        self.assertGreaterEqual(least, answer["first"]["power"] - 1e-9)
        self.assertAlmostEqual(least, answer["first"]["power"], 4)

    def test_assurance_by_flags_and_by_scenario(self):
        by_flags = self.size("--test", "pearson", "--power", "0.8", "--control-prior", "47.5,27.5",
                        "--odds-ratio-prior", "2.3,0.35")
        self.assertEqual(by_flags["aim"], "assurance")
        self.assertGreater(by_flags["largest_assurance"], 0.99)
        scenario = self.write(
            "trial.toml",
            '[arms]\ntotal = 150\ncontrol_rate = 0.6351\ntreated_rate = 0.8\n'
            '[analysis]\ntests = ["pearson"]\n'
            "[prior]\ncontrol_rate = [47.5, 27.5]\nodds_ratio = [2.3, 0.35]\n")
        by_file = self.size(scenario, "--assurance", "--power", "0.8")
        self.assertEqual(by_file["first"], by_flags["first"])
        self.assertEqual(self.size(scenario)["aim"], "power")
        displaced = self.size(scenario, "--risk-ratio-prior", "1.26,0.1", "--power", "0.3")
        self.assertIn("risk_ratio", displaced["prior"])
        self.assertNotIn("odds_ratio", displaced["prior"])

    def test_half_width(self):
        answer = self.size(*RATES, "--intervals", "odds_ratio:woolf", "--half-width", "0.7", "--power",
                      "0.8")
        self.assertEqual(answer["aim"], "half-width")
        self.assertIsNone(answer["test"])
        n = answer["first"]["n_treated"]
        for women, reaches in ((n - 1, False), (n, True)):
            narrow = sum(
                comb_probability(women, 0.8, x) * comb_probability(women, 0.6351, y)
                for x in range(1, women)
                for y in range(1, women)
                if 1.959963984540054
                * math.sqrt(1 / x + 1 / (women - x) + 1 / y + 1 / (women - y))
                <= 0.7
            )
            self.assertEqual(narrow >= 0.8, reaches)

    def test_textbook_sizes_stand_beside_the_exact_one(self):
        answer = self.size(*RATES, "--test", "pearson", "--method", "formula")
        rows = {row["id"]: row for row in answer["formulas"]}
        # R: power.prop.test(p1 = 0.8, p2 = 0.6351, power = 0.9) takes 153.4 per arm.
        p1, p0, z, z_power = 0.8, 0.6351, 1.959963984540054, 1.2815515655446004
        mean = (p1 + p0) / 2
        root = (z * math.sqrt(2 * mean * (1 - mean))
                + z_power * math.sqrt(p1 * (1 - p1) + p0 * (1 - p0)))
        self.assertAlmostEqual(rows["pooled"]["n_treated_real"], (root / (p1 - p0)) ** 2, 6)
        n = rows["pooled"]["n_treated"]
        exact = self.run_json("exact", "--n", f"{n},{n}", *RATES, "--tests", "pearson")
        power = exact["cells"][0]["tests"]["pearson"]["power"]["value"]
        self.assertAlmostEqual(rows["pooled"]["exact_power"], power, 9)
        self.assertGreaterEqual(len(rows), 5)
        text = self.run_program("size", *RATES, "--test", "pearson", "--method", "formula").stdout
        self.assertIn("Sample sizes by formula", text)

    def test_text_names_the_aim(self):
        text = self.run_program("size", *RATES, "--test", "pearson", "--worst-case", "0.5:0.7").stdout
        self.assertIn("at every control rate from 0.5 to 0.7", text)
        text = self.run_program("size", *RATES, "--test", "fisher").stdout
        self.assertIn("165 women treated and 165 control give the test fisher a power of 0.9008",
                      text)

    def test_threads_change_nothing(self):
        flags = [*RATES, "--test", "fisher", "--power", "0.6"]
        self.assertEqual(self.size(*flags, "--threads", "1"), self.size(*flags, "--threads", "7"))

    def test_arms_of_a_scenario_keep_their_ratio(self):
        for arms, ratio in (("{treated = 100, control = 50}", [2, 1]),
                            ("{treated = 75, control = 74}", [1, 1]),
                            ("{treated = 40, control = 60}", [2, 3])):
            with self.subTest(arms):
                scenario = self.write(
                    "arms.toml", f"[arms]\nn = {arms}\ncontrol_rate = 0.5\ntreated_rate = 0.9\n"
                    '[analysis]\ntests = ["pearson"]\n')
                answer = self.size(scenario, "--power", "0.5")
                self.assertEqual(answer["ratio"], ratio)
                self.assertEqual(answer["first"]["n_treated"] * ratio[1],
                                 answer["first"]["n_control"] * ratio[0])
                self.assertEqual(self.size(scenario, "--power", "0.5", "--ratio", "3,1")["ratio"], [3, 1])
        scenario = self.write(
            "ratio.toml", "[arms]\ntotal = 10\nratio = [5, 2]\ncontrol_rate = 0.5\ntreated_rate = 0.9\n"
            '[analysis]\ntests = ["pearson"]\n')
        self.assertEqual(self.size(scenario, "--power", "0.5")["ratio"], [5, 2])

    def test_blocks_of_arms_in_their_ratio(self):
        scenario = self.write(
            "blocks.toml", "[arms]\nn = {treated = 100, control = 50}\ncontrol_rate = 0.5\n"
            'treated_rate = 0.9\n[allocation]\nscheme = "permuted-block"\nblock_sizes = [3, 6]\n'
            '[analysis]\ntests = ["pearson"]\nintervals = ["odds_ratio:woolf"]\n')
        answer = self.size(scenario, "--power", "0.8", "--method", "simulation")
        self.assertEqual(answer["ratio"], [2, 1])

    def test_priors_by_flags_alone_need_no_rates(self):
        # The median risk ratio beside a control rate of 0.8 would be a treated rate of 1.04.
        answer = self.size("--test", "pearson", "--control-prior", "8,2", "--risk-ratio-prior", "1.3,0.2",
                           "--power", "0.3")
        self.assertEqual(answer["control_rate"], 0.8)
        # R: 0.8 * qlnorm(plnorm(1.25, log(1.3), 0.2) / 2, log(1.3), 0.2) = 0.8858
        self.assertAlmostEqual(answer["treated_rate"], 0.8858, 4)
        self.assertIn("--risk-ratio-prior", self.refusal("--test", "pearson", "--control-prior", "8,2",
                                                         "--risk-ratio-prior", "0,0.2"))
        self.assertNotIn("--set", self.refusal("--test", "pearson", "--control-prior", "8",
                                               "--risk-ratio-prior", "0,0.2"))

    def test_a_test_that_never_rejects_is_not_helped_by_a_cap(self):
        refusal = self.refusal("--control-rate", "0", "--treated-rate", "0.3", "--test", "wald",
                               "--cap", "200")
        self.assertIn("0 there too", refusal)
        self.assertNotIn("--cap", refusal)

    def test_refusals(self):
        pearson = [*RATES, "--test", "pearson"]
        for flags, words in (
            ([*pearson, "--n", "75,74"], "what size finds"),
            (["--control-rate", "0.5", "--treated-rate", "0.5", "--test", "pearson"],
             "null hypothesis"),
            ([*pearson, "--power", "0.9999999999"], "1 - 1e-9"),
            ([*pearson, "--cap", "100"], "Raise --cap"),
            (RATES, "names"),
            ([*pearson, "--alpha", "0.05,0.01"], "cells"),
            ([*pearson, "--worst-case", "0.7:0.5"], "the smaller first"),
            ([*pearson, "--hold", "risk_ratio"], "--worst-case"),
            ([*pearson, "--cap", "0"], "--cap: \"0\" is not a whole number from 1 to 200000000."),
            ([*pearson, "--cap", "99999999999999999999"], "\"99999999999999999999\" is not"),
            ([*pearson, "--horizon", "1e3"], "\"1e3\" is not a whole number"),
            ([*pearson, "--allow-dropout", "1"], "\"1\" is not a number from 0 to 0.99."),
            ([*pearson, "--threads", "0"], "\"0\" is not a whole number from 1 to 4096."),
            ([*pearson, "--worst-case", "0.5:0.7", "--hold", "odds"], "no measure"),
            ([*pearson, "--worst-case", "0.5:0.95", "--hold", "risk_difference"], "treated rate of"),
            ([*pearson, "--worst-case", "0.5:0.7", "--half-width", "1"], "Keep one"),
            ([*pearson, "--worst-case", "0.5:0.7", "--method", "formula"], "at known rates"),
            ([*pearson, "--assurance"], "there is no prior"),
            ([*pearson, "--odds-ratio-prior", "2.3"], "a log-normal prior has two numbers"),
            ([*pearson, "--odds-ratio-prior", "2.3,0.4,1"], "a log-normal prior has two numbers"),
            ([*pearson, "--control-prior", "0,1"], "--control-prior: prior.control_rate"),
            ([*pearson, "--horizon", "10"], "below the first size"),
            ([*pearson, "--control-prior", "47,27"], "one prior"),
            ([*pearson, "--odds-ratio-prior", "1.1,1"], "favours the treatment with probability"),
            ([*pearson, "--odds-ratio-prior", "2,1", "--treated-prior", "60,15"],
             "one way to give the prior of the effect"),
            ([*pearson, "--risk-ratio-prior", "50,0.01"], "no mass"),
            ([*pearson, "--half-width", "0.7"], "names"),
            ([*RATES, "--intervals", "odds_ratio:woolf", "--half-width", "-1"], "half-width"),
        ):
            with self.subTest(words=words, flags=flags[4:]):
                self.assertIn(words, self.refusal(*flags))

    def test_flags_of_a_simulation_are_said_to_be_of_no_use(self):
        done = self.run_program("size", *RATES, "--test", "pearson", "--power", "0.5", "--replicates",
                                1000, "--seed", 7, "--precision", 0.01)
        for flag in ("--replicates", "--seed", "--precision"):
            self.assertIn(f"note: {flag} is not used", done.stderr)

    def test_what_is_sought_is_not_offered(self):
        text = self.run_program("size", "--help").stdout
        self.assertNotRegex(text, r"(?m)^  --(n|total|precision) ")
        self.assertIn("rsasim size --control-rate", text)
        self.assertNotIn("--odds-ratio OR", self.run_program("mde", "--help").stdout)
        for command in ("mde", "replan", "report"):
            self.assertIn(f"\n  rsasim {command} ", self.run_program(command, "--help").stdout)


class DetectableEffectTest(ProgramTest):
    FLAGS = ["--n", "75,74", "--control-rate", "0.6351", "--test", "fisher", "--power", "0.8"]

    def test_power_at_the_effect_is_the_target(self):
        answer = self.run_json("mde", *self.FLAGS)
        for side in ("above", "below"):
            found = answer[side]
            rates = (found["treated_rate"], 0.6351)
            odds = [p / (1 - p) for p in rates]
            self.assertAlmostEqual(found["odds_ratio"], odds[0] / odds[1], 9)
            self.assertAlmostEqual(found["risk_ratio"], rates[0] / rates[1], 9)
            self.assertAlmostEqual(found["risk_difference"], rates[0] - rates[1], 9)
            exact = self.run_json("exact", "--n", "75,74", "--control-rate", "0.6351", "--treated-rate",
                    repr(found["treated_rate"]), "--tests", "fisher")
            power = exact["cells"][0]["tests"]["fisher"]["power"]["value"]
            self.assertAlmostEqual(power, 0.8, 7)
            self.assertAlmostEqual(found["power"], power, 9)
        self.assertGreater(answer["above"]["treated_rate"], 0.6351)
        self.assertLess(answer["below"]["treated_rate"], 0.6351)

    def test_the_text_ends_with_the_answer_in_a_sentence(self):
        answer = self.run_json("mde", *self.FLAGS)
        text = " ".join(self.run_program("mde", *self.FLAGS).stdout.split())
        above, below = (f"{answer[side]['treated_rate']:.6f}" for side in ("above", "below"))
        self.assertTrue(text.endswith(
            "75 women treated and 74 control give the test fisher a power of 0.8 to tell a treated "
            f"rate of at least {above} or at most {below} from a control rate of 0.6351."), text)

    def test_an_effect_that_is_given_is_said_to_be_of_no_use(self):
        done = self.run_program("mde", *self.FLAGS, "--treated-rate", 0.9)
        self.assertIn("note: --treated-rate is not used", done.stderr)
        self.assertEqual(done.stdout, self.run_program("mde", *self.FLAGS).stdout)

    def test_a_side_without_an_effect_is_null(self):
        answer = self.run_json("mde", "--n", "20,20", "--control-rate", "0.8", "--test", "fisher", "--power",
                "0.8")
        self.assertIsNone(answer["above"])
        self.assertIsNotNone(answer["below"])

    def test_unreachable_targets_are_refused(self):
        result = self.run_program("mde", "--n", "5,5", "--control-rate", "0.5", "--test", "fisher",
                                  "--power", "0.9", status=2)
        self.assertIn("not even a treated rate of 0 or 1", result.stderr)


if __name__ == "__main__":
    unittest.main()
