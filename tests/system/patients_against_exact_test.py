"""Without covariate effects the women of a trial are its 2x2 table: every power agrees with `exact`,
mixed over the arm sizes where the allocation varies them."""
import math
import unittest

import h5py
import numpy

from support import ProgramTest, replicates

TESTS = ["pearson", "pearson-n1", "yates", "likelihood-ratio", "wald", "wald-gart", "z-unpooled", "fisher",
         "fisher-midp", "fisher-central"]
FLAGS = ["--control-rate", "0.6351", "--treated-rate", "0.80", "--tests", ",".join(TESTS), "--intervals", "woolf"]
STANDARD_ERRORS = 4.5


def scenario(allocation, arms):
    return f"""
[arms]
{arms}
control_rate = 0.6351
treated_rate = 0.80

[allocation]
{allocation}

[analysis]
tests = {TESTS}
intervals = ["woolf"]

[simulation]
seed = 7
control_variate = false
"""


class AgainstExact(ProgramTest):
    def exact_power(self, treated, control):
        document = self.run_json("exact", "--n", f"{treated},{control}", *FLAGS)
        return {test: document["cells"][0]["tests"][test]["power"]["value"] for test in TESTS}

    def simulate(self, allocation, arms, wanted):
        self.write("trial.toml", scenario(allocation, arms))
        self.run_program("run", "trial.toml", "--replicates", replicates(wanted), "-o", "trial.h5", "--quiet",
                         "--force")
        with h5py.File(self.folder / "trial.h5") as file:
            tests = [label.decode() for label in file["test"][()]]
            return ({test: file["power"][tests.index(test)] for test in TESTS}, int(file["replicates"][()]),
                    {name: file["tables"][name][()] for name in ("n_treated", "n_control", "count")})

    def compare(self, simulated, expected, n):
        for test in TESTS:
            with self.subTest(test):
                error = math.sqrt(expected[test] * (1 - expected[test]) / n)
                self.assertLess(abs(simulated[test] - expected[test]), STANDARD_ERRORS * error)

    def test_fixed_totals_give_the_exact_power(self):
        simulated, n, _ = self.simulate('scheme = "random-allocation"', "n = { treated = 75, control = 74 }",
                                        10_000_000)
        self.compare(simulated, self.exact_power(75, 74), n)

    def test_women_without_effects_of_covariates_are_enumerated_as_their_table(self):
        self.write("trial.toml", scenario('scheme = "random-allocation"', "n = { treated = 75, control = 74 }"))
        enumerated = self.run_json("exact", "trial.toml")["cells"][0]["tests"]
        expected = self.exact_power(75, 74)
        for test in TESTS:
            self.assertAlmostEqual(enumerated[test]["power"]["value"], expected[test], places=9)

    def test_other_schemes_give_its_mixture_over_the_arm_sizes(self):
        schemes = {"complete": 'scheme = "complete"', "block": 'scheme = "permuted-block"\nblock_sizes = [4, 8]',
                   "coin": 'scheme = "biased-coin"', "stick": 'scheme = "big-stick"', "urn": 'scheme = "urn"',
                   "truncated": 'scheme = "truncated-binomial"'}
        for name, allocation in schemes.items():
            with self.subTest(name):
                simulated, n, tables = self.simulate(allocation, "total = 61\nratio = [1, 1]", 400_000)
                sizes = {}
                for treated, control, count in zip(*tables.values()):
                    sizes[treated, control] = sizes.get((treated, control), 0) + count
                expected = dict.fromkeys(TESTS, 0.0)
                for (treated, control), count in sizes.items():
                    power = self.exact_power(treated, control)
                    for test in TESTS:
                        expected[test] += power[test] * count / n
                self.assertEqual(sum(sizes.values()), n)
                self.compare(simulated, expected, n)

    def test_complete_allocation_has_binomial_arms(self):
        _, n, tables = self.simulate('scheme = "complete"', "total = 20\nratio = [1, 1]", 400_000)
        seen = numpy.bincount(tables["n_treated"], weights=tables["count"], minlength=21)
        for size, count in enumerate(seen):
            expected = math.comb(20, size) / 2**20
            self.assertLess(abs(count / n - expected), STANDARD_ERRORS * math.sqrt(expected * (1 - expected) / n) + 1e-12)


if __name__ == "__main__":
    unittest.main()
