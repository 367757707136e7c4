"""Margins, end to end: exact power and size against outside numbers, and `run` against `exact`."""
import json
import math
import unittest

from support import REFERENCE, SCENARIOS, ProgramTest

REPLICATES = 10**7


def exact_powers():
    entries = json.loads((REFERENCE / "reference.json").read_text())["entries"]
    return [entry for entry in entries if entry["kind"] == "exact_power_noninferiority"]


class NonInferiority(ProgramTest):
    def score_cells(self, *flags):
        return self.run_json("exact", *flags, "--tests", "score", "--intervals",
                             "risk_difference:score")["cells"]

    def test_exact_power_of_the_farrington_manning_test_is_that_of_the_reference(self):
        entries = exact_powers()
        self.assertEqual(len(entries), 4)
        for entry in entries:
            given = entry["input"]
            cell, = self.score_cells("--n", f"{given['n1']},{given['n2']}",
                                     "--treated-rate", given["p1"], "--control-rate", given["p2"],
                                     "--null", f"risk_difference={given['margin']}",
                                     "--alpha", given["alpha"])
            self.assertAlmostEqual(cell["tests"]["score"]["power"]["value"],
                                   entry["expected"]["power"], delta=1e-9, msg=entry["id"])
            self.assertFalse(cell["parameters"]["is_null"])

    def test_the_largest_type_i_error_over_the_line_of_the_margin_is_the_known_one(self):
        cells = self.score_cells("--n", "75,74", "--risk-difference", "-0.1",
                                 "--null", "risk_difference=-0.1",
                                 "--control-rate", "0.101:1:0.001")
        self.assertEqual(len(cells), 900)
        self.assertTrue(all(cell["parameters"]["is_null"] for cell in cells))
        largest = max(cell["tests"]["score"]["power"]["value"] for cell in cells)
        self.assertAlmostEqual(largest, 0.0301, delta=5e-5)

    def test_a_simulation_of_the_scenario_agrees_with_its_enumeration(self):
        scenario = SCENARIOS / "non-inferiority.toml"
        exact = self.run_json("exact", scenario)["cells"]
        simulated = self.run_json("run", scenario, "--replicates", REPLICATES)["cells"]
        self.assertEqual([cell["parameters"]["is_null"] for cell in exact],
                         [True, False, False, False])
        compared = 0
        for truth, found in zip(exact, simulated, strict=True):
            self.assertEqual(truth["parameters"]["null"],
                             {"measure": "risk_difference", "value": -0.1})
            for test, shares in truth["tests"].items():
                for share in ("power", "power_favourable"):
                    p = shares[share]["value"]
                    error = math.sqrt(p * (1 - p) / REPLICATES)
                    self.assertAlmostEqual(found["tests"][test][share]["value"], p,
                                           delta=4.5 * error, msg=(test, share))
                    compared += 1
            for pair in truth["pairs"].values():
                self.assertEqual(pair["reject_but_covers_null"]["value"], 0)
                self.assertEqual(pair["accept_but_excludes_null"]["value"], 0)
        self.assertGreaterEqual(compared, 16)

    def test_a_results_file_keeps_the_null(self):
        for flag, key in (("--null=odds_ratio=0.8,1.25", "null"),
                          ("--equivalence=risk_ratio=0.8:1.25", "equivalence")):
            output = self.folder / f"{key}.h5"
            made = self.run_json("exact", "--n", "9,8", "--control-rate", 0.5, "--risk-ratio", 1,
                                 flag, "-o", output)
            shown = self.run_json("show", output)
            for before, after in zip(made["cells"], shown["cells"], strict=True):
                self.assertIn(key, before["parameters"])
                self.assertEqual(before["parameters"], after["parameters"])

    def test_analyze_tests_the_margin_it_is_given(self):
        analysis = self.run_json("analyze", "60/75", "47/74", "--null", "odds_ratio=0.8")
        self.assertEqual(analysis["null"], {"measure": "odds_ratio", "value": 0.8})
        self.assertEqual(list(analysis["tests"])[:2], ["score", "score-n1"])
        both = self.run_json("analyze", "60/75", "47/74", "--equivalence", "odds_ratio=0.8:4")
        for test in both["tests"].values():
            self.assertEqual(test["p_value"], max(test["p_value_greater"], test["p_value_less"]))


if __name__ == "__main__":
    unittest.main()
