"""Shards are disjoint, together everything, and what they count adds up to a single process's run."""
import unittest

import h5py

from integers import WOMEN, attributes_of, joined_ledgers, joined_tables, ledger_of, tables_of, words_of
from support import ProgramTest, replicates

SWEEP = """
arms = { n = { treated = 20, control = 25 }, control_rate = 0.4, odds_ratio = 2.0 }
simulation = { replicates = 3_000_000 }
analysis = { tests = ["pearson"], intervals = ["woolf"] }
[sweep]
"arms.odds_ratio" = [1.0, 1.5, 2.0]
"arms.control_rate" = [0.3, 0.4]
"""


class Shards(ProgramTest):
    def shards(self, count, threads, *arguments):
        names = []
        for i in range(count):
            names.append(self.folder / f"{i}-of-{count}-{threads}.h5")
            self.run_program("run", *arguments, "--shard", f"{i}/{count}", "--threads", threads,
                             "-o", names[-1], "--quiet")
        return names

    def single(self, *arguments):
        self.run_program("run", *arguments, "-o", "single.h5", "--quiet")
        return self.folder / "single.h5"

    def compare(self, counts, *arguments):
        whole = self.single(*arguments)
        ledger, tables = ledger_of(whole), tables_of(whole)
        for count, threads in counts:
            with self.subTest(shards=count, threads=threads):
                parts = self.shards(count, threads, *arguments)
                self.assertEqual(joined_ledgers(parts), ledger)
                self.assertEqual(joined_tables(parts), tables)
                for part in parts:
                    attributes = attributes_of(part)
                    self.assertEqual((attributes["complete"], attributes["derived"]), (0, 0))
        return whole

    def test_counts_of_shards_add_up_to_a_single_run(self):
        scenario = self.write("sweep.toml", SWEEP)
        self.compare([(1, 2), (2, 1), (3, 2), (7, 1), (100, 2)], scenario)

    def test_women_of_shards_add_up_to_a_single_run(self):
        arguments = [self.write("women.toml", WOMEN), "--replicates", replicates(40_000, 10_000)]
        whole = self.compare([(1, 1), (2, 2), (3, 1), (7, 2)], *arguments)
        words = words_of(whole)
        for count, threads in ((3, 1), (7, 2)):
            parts = [self.folder / f"{i}-of-{count}-{threads}.h5" for i in range(count)]
            total = sum(words_of(part).astype(object) for part in parts)
            for found, expected in zip(total.ravel(), words.ravel()):
                # Counts agree; the high word of a sum misses the carries of its low words.
                self.assertIn((int(expected) - int(found)) % 2 ** 64, range(count))

    def test_a_shard_does_not_depend_on_threads(self):
        scenario = self.write("sweep.toml", SWEEP)
        one, two = (self.shards(3, threads, scenario)[1] for threads in (1, 2))
        with h5py.File(one) as a, h5py.File(two) as b:
            self.assertEqual(a.attrs["results_sha256"], b.attrs["results_sha256"])

    def test_a_shard_is_named_after_scenario_and_place(self):
        scenario = self.write("sweep.toml", SWEEP)
        self.run_program("run", scenario, "--shard", "1/4", "--quiet")
        self.run_program("run", "--n", "5,5", "--control-rate", 0.5, "--odds-ratio", 2,
                         "--replicates", 10, "--shard", "3/4", "--quiet")
        self.assertEqual(sorted(path.name for path in self.folder.glob("*.h5")),
                         ["rsasim-shard-3-of-4.h5", "sweep-shard-1-of-4.h5"])

    def test_more_shards_than_blocks_leave_some_empty_and_readable(self):
        arguments = ["--n", "5,5", "--control-rate", 0.5, "--odds-ratio", 2, "--replicates", 100]
        parts = self.shards(5, 1, *arguments)
        self.assertEqual(sorted(len(ledger_of(part)) for part in parts), [0, 0, 0, 0, 1])
        for part in parts:
            self.assertIn("To go on", self.run_program("show", part).stdout)
            self.assertEqual(self.run_json("show", part)["derived"], False)

    def test_what_is_no_shard_is_refused_with_the_remedy(self):
        for text in ("4/4", "-1/4", "1", "/", "1/0", "a/b", "1/4/2", "1.5/4", "0/1000001"):
            done = self.run_program("run", *"--n 5,5 --control-rate 0.5 --odds-ratio 2".split(),
                                    f"--shard={text}", status=2)
            self.assertIn("--shard 0/64", done.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
