"""Designs with too many possible tables are tallied one by one: the same numbers stand in the same places, no table is
kept, and threads, shards and stops change nothing."""
import math
import unittest

import h5py

from digest import digest
from integers import content_of, words_of
from support import ProgramTest, replicates

# Drop-out by patient: some 5 million tables.
LOST = """
[arms]
total = 200
ratio = [1, 1]
control_rate = 0.5
treated_rate = 0.6

[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4.5
centre = 33
unit = 5

[dropout]
treated = { rate = 0.1 }
control = { rate = 0.1 }
handling = "complete-case"

[analysis]
adjust = ["age"]
tests = ["pearson", "fisher", "logistic"]
intervals = ["odds_ratio:woolf", "logistic"]
"""

# The first cell has 20 women an arm, few enough for tables; the second has too many.
MIXED = LOST + """
[sweep]
"arms.total" = [40, 200]
"""

LARGE = ["--n", "40000,40000", "--control-rate", "0.5", "--treated-rate", "0.5098"]


def pearson_power(n, p1, p0):
    """Sum over both arms' events within 8 standard deviations: for each control count the treated counts at which
    Pearson's chi-square rejects are two tails of a binomial distribution."""
    def law(p):
        sd = math.sqrt(n * p * (1 - p))
        first, last = int(n * p - 8 * sd), int(n * p + 8 * sd)
        weights = [math.exp(math.lgamma(n + 1) - math.lgamma(x + 1) - math.lgamma(n - x + 1)
                            + x * math.log(p) + (n - x) * math.log1p(-p)) for x in range(first, last + 1)]
        return first, weights

    def rejects(x, y):
        events = x + y
        return (x - y) ** 2 * 2 * n > 3.841458820694124 * events * (2 * n - events)

    first, treated = law(p1)
    up_to = [0.0]
    for weight in treated:
        up_to.append(up_to[-1] + weight)

    def below(x):
        return up_to[min(max(x - first, 0), len(treated))]

    power, low, high = 0.0, 0, 0  # the accepted treated counts are low, ..., high - 1
    first_control, control = law(p0)
    for y, weight in enumerate(control, first_control):
        while low < y and rejects(low, y):
            low += 1
        high = max(high, y)
        while not rejects(high, y):
            high += 1
        power += weight * (below(low) + up_to[-1] - below(high))
    return power


class OneByOne(ProgramTest):
    def lost(self, *arguments, text=LOST, output="r.h5", wanted=20_000):
        self.run_program("run", self.write("lost.toml", text), "--replicates", replicates(wanted, 10_000), "-o",
                         output, "--quiet", *arguments)
        return self.folder / output

    def test_no_table_is_kept_and_the_file_says_so(self):
        with h5py.File(self.lost(), "r") as file:
            self.assertEqual(file["tables/cell"].shape, (0,))
            self.assertEqual(file["tables"].attrs["tallied_one_by_one"], 1)
            self.assertEqual(int(file["state/patients/words"][0, 0]), int(file["replicates"][()]))
            self.assertTrue((file["n_reject"][()] > 0).all())
            self.assertEqual(file["n_a_not_b"].shape, (3,))

    def test_threads_change_nothing(self):
        one = content_of(self.lost("--threads", 1, output="1.h5"))
        for threads in (2, 5):
            self.assertEqual(content_of(self.lost("--threads", threads, output=f"{threads}.h5")), one)

    def test_shards_merge_to_the_single_run(self):
        for name, text in (("lost", LOST), ("mixed", MIXED)):
            with self.subTest(name):
                whole = self.lost(text=text, output=f"{name}.h5")
                parts = [self.lost("--shard", f"{i}/3", text=text, output=f"{name}{i}.h5") for i in range(3)]
                merged = f"{name}-merged.h5"
                self.run_program("merge", *parts, "-o", merged, "--quiet")
                self.assertEqual(content_of(self.folder / merged), content_of(whole))

    def test_a_stopped_run_goes_on_to_the_same_file(self):
        whole = content_of(self.lost(output="whole.h5", wanted=200_000))
        arguments = ["run", self.folder / "lost.toml", "--replicates", replicates(200_000, 10_000), "-o", "part.h5",
                     "--quiet"]
        self.run_program(*arguments, "--max-time", "0.2s", status=75)
        self.run_program(*arguments, "--resume")
        self.assertEqual(content_of(self.folder / "part.h5"), whole)

    def test_a_mixed_sweep_keeps_the_tables_of_small_cells(self):
        path = self.lost(text=MIXED)
        with h5py.File(path, "r") as file:
            self.assertEqual(set(file["tables/cell"][()]), {0})
            self.assertEqual(int(file["tables/count"][()].sum()), int(file["replicates"][0]))
            self.assertTrue((file["n_reject"][()] > 0).all())
        words = words_of(path)
        self.assertEqual(int(words[0, 0]), int(words[1, 0]))

    def test_digest_is_over_the_words(self):
        path = self.lost()
        self.assertEqual(self.run_program("digest", path).stdout.split()[0], digest(path))

    def test_judge_refuses_with_the_reason(self):
        path = self.lost()
        refused = self.run_program("judge", path, "--tests", "yates", status=2).stderr
        self.assertIn("tallied one by one", refused)
        self.assertIn("rsasim run", refused)

    def test_default_tests_leave_out_those_prepared_for_sizes(self):
        text = LOST.replace('tests = ["pearson", "fisher", "logistic"]\n', "")
        scenario = self.write("default.toml", text)
        found = self.run_json("run", scenario, "--replicates", 1000)
        ids = list(found["cells"][0]["tests"])
        self.assertIn("fisher", ids)
        self.assertNotIn("boschloo", ids)
        named = self.write("named.toml", LOST.replace('"fisher"', '"boschloo"').replace("total = 200", "total = 90"))
        found = self.run_json("run", named, "--replicates", 64)
        self.assertEqual(list(found["cells"][0]["tests"]), ["pearson", "boschloo", "logistic"])

    def test_shown_results_are_those_of_the_file(self):
        path = self.lost()
        shown = self.run_program("show", path).stdout
        self.assertIn("Pearson chi-square", shown)
        self.run_program("show", path, "--csv")
        self.run_program("show", path, "--json")

    def test_power_of_large_arms_is_the_sum_over_binomial_tails(self):
        wanted = replicates(40_000)
        found = self.run_json("run", *LARGE, "--tests", "pearson", "--intervals", "risk_difference:wald",
                              "--replicates", wanted)
        power = found["cells"][0]["tests"]["pearson"]["power"]["value"]
        exact = pearson_power(40_000, 0.5098, 0.5)
        self.assertLess(abs(power - exact), 4.5 * math.sqrt(exact * (1 - exact) / wanted))

    def test_large_arms_keep_no_tables_for_any_number_of_replicates(self):
        sizes = []
        for wanted in (5_000, 20_000):
            name = f"{wanted}.h5"
            self.run_program("run", *LARGE, "--tests", "pearson,fisher", "--intervals", "risk_difference:wald",
                             "--replicates", wanted, "-o", name, "--quiet")
            with h5py.File(self.folder / name, "r") as file:
                self.assertEqual(file["tables/cell"].shape, (0,))
                sizes.append(file["state/patients/words"].shape)
        self.assertEqual(sizes[0], sizes[1])


if __name__ == "__main__":
    unittest.main()
