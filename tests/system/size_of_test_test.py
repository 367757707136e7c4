"""What `size-of-test` prints agrees with `exact`, and what it cannot do is refused in words."""
import unittest

from support import ProgramTest


class SizeOfTest(ProgramTest):
    def exact_power(self, test, rate, *more):
        cell = self.run_json("exact", "--n", "75,74", "--control-rate", rate, "--treated-rate",
                             rate, "--tests", test, "--intervals", "woolf", *more)["cells"][0]
        return cell["tests"][test]["power"]["value"]

    def test_the_supremum_is_the_power_at_its_rate_and_no_rate_has_more(self):
        for test in ("pearson", "fisher", "boschloo"):
            answer = self.run_json("size-of-test", "--n", "75,74", "--test", test)
            self.assertEqual(answer["schema"], "rsasim.size_of_test/1")
            self.assertEqual((answer["test"], answer["n_treated"], answer["n_control"]),
                             (test, 75, 74))
            self.assertEqual(answer["scope"], "whole null")
            supremum = answer["supremum"]
            self.assertLess(supremum["upper"] - supremum["lower"], 1e-6)
            at = self.exact_power(test, repr(supremum["at_control_rate"]))
            self.assertAlmostEqual(at, supremum["lower"], delta=1e-10)
            for rate in ("0.01", "0.03", "0.2", "0.3115", "0.5", "0.8"):
                self.assertLessEqual(self.exact_power(test, rate), supremum["upper"])

    def test_the_curve_is_the_rejection_probability(self):
        answer = self.run_json("size-of-test", "--n", "75,74", "--test", "pearson", "--range",
                               "0.2:0.4", "--curve", 5)
        rates = [point["control_rate"] for point in answer["curve"]]
        self.assertEqual(len(rates), 5)
        self.assertAlmostEqual(rates[0], 0.2)
        self.assertAlmostEqual(rates[-1], 0.4)
        for point in answer["curve"]:
            self.assertAlmostEqual(point["probability"],
                                   self.exact_power("pearson", repr(point["control_rate"])),
                                   delta=1e-10)
            self.assertLessEqual(point["probability"], answer["supremum"]["upper"])

    def test_the_calibrated_alpha_has_the_power_of_exact_at_that_alpha(self):
        answer = self.run_json("size-of-test", "--n", "75,74", "--control-rate", "0.6351",
                               "--treated-rate", "0.80", "--test", "fisher", "--calibrate")
        level = answer["calibrated"]
        self.assertAlmostEqual(level["alpha"], 0.0586228, delta=5e-8)
        cell = self.run_json("exact", "--n", "75,74", "--control-rate", "0.6351", "--treated-rate",
                             "0.80", "--tests", "fisher", "--intervals", "woolf", "--alpha",
                             repr(level["alpha"]))["cells"][0]
        self.assertAlmostEqual(cell["tests"]["fisher"]["power"]["value"], level["power"]["value"],
                               delta=1e-11)

    def test_minimum_coverage_is_not_above_the_coverage_of_exact(self):
        answer = self.run_json("size-of-test", "--n", "30,28", "--interval", "odds_ratio:score",
                               "--effect", "odds_ratio=3")
        least = answer["minimum_coverage"]
        for rate in ("0.1", "0.4", "0.8"):
            cell = self.run_json("exact", "--n", "30,28", "--control-rate", rate, "--odds-ratio", 3,
                                 "--tests", "pearson", "--intervals", "odds_ratio:score")
            interval = cell["cells"][0]["intervals"]["odds_ratio"]["score"]
            self.assertLessEqual(least["lower"], interval["coverage"]["value"])

    def test_the_text_says_in_a_sentence_what_was_proved(self):
        text = " ".join(self.run_program("size-of-test", "--n", "75,74", "--test", "pearson").stdout.split())
        self.assertIn("rejects a true null hypothesis with probability 0.05130207 or less: alpha is exceeded", text)
        self.assertIn("pearson: pooled score, no correction", text)
        text = " ".join(self.run_program("size-of-test", "--n", "75,74", "--test", "fisher").stdout.split())
        self.assertIn("alpha is kept", text)

    def test_bad_input_is_refused_with_the_rule_and_the_remedy(self):
        for arguments, part in (
                (["--n", "9,9"], "needs one of --test"),
                (["--n", "9,9", "--test", "pearson", "--range", "0.9:0.1"], "the smaller first"),
                (["--n", "9,9", "--test", "pearson", "--power", "odds=2"], "is not an effect"),
                (["--n", "9,9", "--test", "perason"], "Did you mean \"pearson\""),
                (["--n", "9,9", "--test", "pearson,fisher"], "one is looked at"),
                (["--n", "9,9", "--interval", "odds_ratio:score", "--calibrate"], "Give --test ID"),
                (["--n", "9000,9000", "--test", "pearson"], "Choose smaller arms"),
                (["--n", "9,9", "--test", "score", "--null", "risk_difference=0.2", "--range",
                  "0.9:1"], "control rates from 0 to 0.8")):
            done = self.run_program("size-of-test", *arguments, status=2)
            self.assertIn(part, done.stderr, arguments)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
