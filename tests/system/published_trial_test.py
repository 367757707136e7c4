"""The published trial: what `analyze` and `exact` print is what independent programs computed."""
import json
import unittest

from support import REFERENCE, TACROLIMUS_FLAGS, ProgramTest

PUBLISHED = json.loads((REFERENCE / "published_trial.json").read_text())
DIGITS = 1.01e-6 / 2  # the reference shows six decimals; wald shows four


class PublishedTrial(ProgramTest):
    def setUp(self):
        super().setUp()
        self.analysis = self.run_json("analyze", PUBLISHED["treated"], PUBLISHED["control"])

    def test_p_values_are_those_of_the_reference(self):
        for test, expected in PUBLISHED["tests"].items():
            delta = 5.1e-5 if test == "wald" else DIGITS
            self.assertAlmostEqual(self.analysis["tests"][test]["p_value"], expected, delta=delta, msg=test)

    def test_intervals_are_those_of_the_reference(self):
        for measure, intervals in PUBLISHED["intervals"].items():
            for method, (lower, upper) in intervals.items():
                found = self.analysis["intervals"][measure][method]
                self.assertEqual(found["status"], "ok")
                self.assertAlmostEqual(found["lower"], lower, delta=DIGITS, msg=method)
                self.assertAlmostEqual(found["upper"], upper, delta=DIGITS, msg=method)

    def test_estimates_are_those_of_the_reference(self):
        for method, expected in PUBLISHED["estimates"].items():
            found = self.analysis["estimates"]["odds_ratio"][method]
            self.assertAlmostEqual(found if isinstance(found, float) else found["estimate"], expected, delta=DIGITS, msg=method)

    def test_the_text_shows_the_digits_that_a_reader_checks(self):
        text = self.run_program("analyze", PUBLISHED["treated"], PUBLISHED["control"]).stdout
        for digits in ("0.0296", "0.0253", "1.0989", "4.8049", "2.2979"):
            self.assertIn(digits, text)

    def test_exact_power_is_that_of_the_reference_to_six_decimals(self):
        cell = self.run_json("exact", *TACROLIMUS_FLAGS)["cells"][0]
        for test in ("fisher", "pearson"):
            self.assertAlmostEqual(cell["tests"][test]["power"]["value"], PUBLISHED["power"][test],
                                   delta=DIGITS)


if __name__ == "__main__":
    unittest.main()
