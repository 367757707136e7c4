"""The rejection boundary that `exact --boundary` prints is the one its power comes from."""
import math
import unittest

from support import TACROLIMUS_FLAGS, ProgramTest


def binomial(count, women, rate):
    return math.comb(women, count) * rate**count * (1 - rate)**(women - count)


class Boundary(ProgramTest):
    def power(self, design, rows, treated_rate, control_rate):
        """The probability of the region, from binomial coefficients."""
        treated, control = design["n_treated"], design["n_control"]
        return math.fsum(
            binomial(x, treated, treated_rate) * binomial(row["control_events"], control,
                                                          control_rate)
            for row in rows for first, last in row["rejects"] for x in range(first, last + 1))

    def test_the_region_has_the_power_of_the_test(self):
        for more in ([], ["--sides", 1], ["--alpha", 0.01]):
            exact = self.run_json("exact", *TACROLIMUS_FLAGS, *more)["cells"][0]["tests"]
            design = self.run_json("exact", *TACROLIMUS_FLAGS, *more, "--boundary")["designs"][0]
            self.assertEqual(set(design["tests"]), set(exact))
            for name, region in design["tests"].items():
                power = self.power(design, region["rows"], 0.80, 0.6351)
                self.assertAlmostEqual(power, exact[name]["power"]["value"], delta=2e-12,
                                       msg=name)

    def test_a_boundary_is_the_range_that_rejects(self):
        design = self.run_json("exact", *TACROLIMUS_FLAGS, "--boundary")["designs"][0]
        bounded = 0
        for region in design["tests"].values():
            self.assertEqual(len(region["rows"]), 75)
            for row in region["rows"]:
                if row["status"] != "ok":
                    self.assertFalse(region["monotone"])
                    continue
                bounded += 1
                expected = []
                if row["at_most"] is not None:
                    expected.append([0, row["at_most"]])
                if row["at_least"] is not None:
                    expected.append([row["at_least"], 75])
                self.assertEqual(row["rejects"], expected)
        self.assertGreater(bounded, 500)
        self.assertTrue(design["tests"]["pearson"]["monotone"])
        self.assertFalse(design["tests"]["wald"]["monotone"])

    def test_the_table_says_which_regions_have_no_boundary(self):
        text = self.run_program("exact", *TACROLIMUS_FLAGS, "--tests", "fisher,wald",
                                "--boundary").stdout
        self.assertIn("≥", text)
        self.assertIn("Not monotone: wald.", " ".join(text.split()))
        self.assertTrue(all(len(line) <= 100 for line in text.splitlines()))

    def test_a_sweep_has_one_boundary_for_each_pair_of_arms_and_analyses(self):
        designs = self.run_json("exact", "--total", "20,30", "--control-rate", "0.2,0.4",
                                "--odds-ratio", 2, "--alpha", "0.05,0.01", "--tests", "pearson",
                                "--boundary")["designs"]
        self.assertEqual([(d["n_treated"], d["alpha"]) for d in designs],
                         [(10, 0.05), (10, 0.01), (15, 0.05), (15, 0.01)])

    def test_what_is_too_large_or_has_no_such_form_is_refused(self):
        self.run_program("exact", *TACROLIMUS_FLAGS, "--boundary", "--csv", status=2)
        self.run_program("exact", *TACROLIMUS_FLAGS, "--boundary", "-o", "b.h5", status=2)
        self.run_program("exact", "--n", "3000,3000", "--control-rate", 0.5, "--odds-ratio", 2,
                         "--boundary", status=2)


if __name__ == "__main__":
    unittest.main()
