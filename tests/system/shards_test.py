"""Shards are disjoint, together everything, and what they count adds up to a single process's run."""
import math
import unittest

import h5py

from integers import (WOMEN, WOMEN_OF_TWO_STAGES, attributes_of, content_of, joined_ledgers, joined_tables,
                      ledger_of, tables_of, words_of)
from support import ProgramTest, replicates

SWEEP = """
arms = { n = { treated = 20, control = 25 }, control_rate = 0.4, odds_ratio = 2.0 }
simulation = { replicates = 3_000_000 }
analysis = { tests = ["pearson"], intervals = ["woolf"] }
[sweep]
"arms.odds_ratio" = [1.0, 1.5, 2.0]
"arms.control_rate" = [0.3, 0.4]
"""
HALF_POSSIBLE = WOMEN_OF_TWO_STAGES + "[sweep]\n\"arms.treated_rate\" = [0.7, 0.95]\n"


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
            found = [words_of(part) for part in parts]
            total = sum(words.astype(object) for words in found if words.size)  # a shard may be empty
            for found, expected in zip(total.ravel(), words.ravel()):
                # Counts agree; the high word of a sum misses the carries of its low words.
                self.assertIn((int(expected) - int(found)) % 2 ** 64, range(count))

    def test_a_shard_solves_for_the_models_of_its_own_cells(self):
        scenario = self.write("half.toml", HALF_POSSIBLE)
        err = self.run_program("run", scenario, "-o", "all.h5", status=2).stderr
        self.assertIn("a treated rate of 0.95 cannot be reached", err)
        self.assertIn("cell 1: treated_rate = 0.95", err)
        self.run_program("run", scenario, "--shard", "0/2", "-o", "0.h5", "--quiet")
        self.assertEqual(set(ledger_of(self.folder / "0.h5")), {0})
        self.assertIn("a treated rate of 0.95 cannot be reached",
                      self.run_program("run", scenario, "--shard", "1/2", "-o", "1.h5", status=2).stderr)
        self.assertFalse((self.folder / "1.h5").exists())
        # What is there is known without any model.
        self.assertIn("nothing to do", self.run_program("run", scenario, "--shard", "0/2", "-o", "0.h5",
                                                        "--resume").stderr)
        self.assertIn("--array=1", self.run_program("status", "0.h5").stdout)

    def test_what_is_not_solved_for_is_said_to_be_so(self):
        scenario = self.write("half.toml", HALF_POSSIBLE)
        self.run_program("run", scenario, "--shard", "0/2", "-o", "0.h5", "--quiet")
        with h5py.File(self.folder / "0.h5", "r") as file:
            self.assertEqual(file["is_null"][()].tolist(), [0, -1])
            self.assertEqual(file["control_rate"][()].round(9).tolist()[0], 0.5)
            self.assertTrue(math.isnan(file["control_rate"][()][1]))
        unsolved = self.run_json("show", "0.h5")["cells"][1]["parameters"]
        self.assertIsNone(unsolved["is_null"])
        self.assertEqual(unsolved["status"]["control_rate"], "not_solved")

    def test_shards_are_merged_beside_a_cell_that_cannot_be(self):
        scenario = self.write("half.toml", HALF_POSSIBLE)
        self.run_program("run", scenario, "--shard", "0/2", "-o", "0.h5", "--quiet")
        self.run_program("merge", "--allow-incomplete", "--quiet", "-o", "all.h5", "0.h5")
        self.run_program("run", scenario, "--set", "arms.treated_rate=0.7", "-o", "one.h5", "--quiet")
        cells = self.run_json("show", "all.h5")["cells"]
        self.assertEqual(cells[0]["tests"], self.run_json("show", "one.h5")["cells"][0]["tests"])
        self.assertEqual(cells[1]["replicates"], 0)
        self.assertIsNone(cells[1]["tests"]["fisher"]["power"]["value"])

    def test_incomplete_merges_of_women_end_in_a_single_run(self):
        scenario = [self.write("women.toml", WOMEN), "--set", "covariate.age.sd=4,4.5,5", "--replicates", 5_000]
        parts = []
        for path in self.shards(3, 2, *scenario):
            parts.append(path.with_suffix(".part.h5"))
            self.run_program("merge", "--allow-incomplete", "--quiet", "-o", parts[-1], path)
            cells = self.run_json("show", parts[-1])["cells"]
            self.assertEqual({i for i, cell in enumerate(cells) if cell["replicates"]}, set(ledger_of(path)))
        self.run_program("merge", "--quiet", "-o", "all.h5", *parts)
        self.assertEqual(content_of(self.folder / "all.h5"), content_of(self.single(*scenario)))

    def test_a_shard_that_was_stopped_is_the_one_that_was_not(self):
        scenario = [self.write("women.toml", WOMEN), "--set", "covariate.age.sd=4,4.5,5"]
        few, many = [*scenario, "--replicates", 5_000], [*scenario, "--replicates", 9_000]
        self.run_program("run", *many, "--shard", "0/2", "-o", "plain.h5", "--quiet")
        # A part that has all of one cell and some of the next, and then is gone on with.
        self.run_program("run", *few, "--shard", "0/2", "-o", "r.h5", "--quiet")
        self.run_program("run", *many, "--shard", "0/2", "-o", "r.h5", "--quiet", "--resume")
        self.assertEqual(content_of(self.folder / "r.h5"), content_of(self.folder / "plain.h5"))

    def test_a_shard_has_words_of_the_cells_that_it_has(self):
        scenario = [self.write("women.toml", WOMEN), "--set", "covariate.age.sd=4,4.5,5", "--replicates", 5_000]
        for path in self.shards(3, 2, *scenario):
            with h5py.File(path, "r") as file:
                cells = file["state/patients/cell"][()].tolist()
                self.assertEqual(cells, sorted(ledger_of(path)))
                self.assertEqual(file["state/patients/words"].shape[0], len(cells))
                self.assertLess(len(cells), 6)

    def digest_of_merged(self, *names):
        self.run_program("merge", "--force", "--quiet", "-o", "all.h5", *names)
        return self.run_program("digest", "all.h5").stdout

    def test_replicates_added_to_each_shard_end_in_a_single_run(self):
        counts = [*"--n 75,74 --control-rate 0.5 --odds-ratio 2 --tests fisher".split(),
                  "--intervals", "odds_ratio:woolf"]
        women = [self.write("women.toml", WOMEN)]
        for design, few, many in ((counts, 2_097_152, 4_194_304), (counts, 1_500_000, 3_700_000),
                                  (women, 10_000, 23_000)):
            with self.subTest(few=few, many=many):
                for total in (few, many):
                    for i in range(3):
                        self.run_program("run", *design, "--replicates", total, "--shard", f"{i}/3",
                                         "--resume", "-o", f"{few}-{i}.h5", "--quiet")
                self.run_program("run", *design, "--replicates", many, "--force", "-o", "one.h5", "--quiet")
                self.assertEqual(self.digest_of_merged(*(f"{few}-{i}.h5" for i in range(3))),
                                 self.run_program("digest", "one.h5").stdout)

    def test_shards_of_another_number_leave_out_what_files_hold(self):
        scenario = self.write("sweep.toml", SWEEP)
        for i in (0, 2):
            self.run_program("run", scenario, "--shard", f"{i}/3", "-o", f"g{i}.h5", "--quiet")
        status = self.run_json("status", "--shards", 5, "g0.h5", "g2.h5")
        self.assertLessEqual(set(status["except"]), {"g0.h5", "g2.h5"})
        self.assertGreater(len(status["except"]), 0)
        self.assertIn("rsasim run SCENARIO --shard I/5 --except g",
                      self.run_program("status", "--shards", 5, "g0.h5", "g2.h5").stdout)
        for i in status["missing_tasks"]:
            arguments = [scenario, "--shard", f"{i}/5", "-o", f"h{i}.h5", "--quiet"]
            self.run_program("run", *arguments, "--except", *status["except"])
            # Its own output among the files is not left out of itself.
            self.run_program("run", *arguments, "--resume", "--except", "g0.h5", "g2.h5", f"h{i}.h5")
        self.run_program("run", scenario, "-o", "one.h5", "--quiet")
        files = ["g0.h5", "g2.h5", *(f"h{i}.h5" for i in status["missing_tasks"])]
        one = self.run_program("digest", "one.h5").stdout
        self.assertEqual(self.digest_of_merged(*files), one)
        self.run_program("run", scenario, "--except", "g0.h5", "g2.h5", "--quiet")
        self.assertEqual(self.digest_of_merged("g0.h5", "g2.h5", "sweep-rest.h5"), one)

    def test_what_does_not_fit_cannot_be_left_out(self):
        scenario = self.write("sweep.toml", SWEEP)
        self.run_program("run", scenario, "--seed", 3, "--shard", "0/3", "-o", "g.h5", "--quiet")
        self.write("text.h5", "x")
        for files, status, words in ((["g.h5"], 2, "its seed is 3"), (["text.h5"], 3, "text.h5"),
                                     (["absent.h5"], 3, "absent.h5")):
            done = self.run_program("run", scenario, "--shard", "0/5", "--except", *files, status=status)
            self.assertIn(words, done.stderr)
        self.run_program("run", scenario, "--shard", "0/3", "-o", "a.h5", "--quiet")
        self.run_program("run", scenario, "--shard", "0/2", "-o", "b.h5", "--quiet")
        done = self.run_program("run", scenario, "--shard", "0/2", "-o", "b.h5", "--resume",
                                "--except", "a.h5", status=2)
        self.assertIn("that a file of --except holds too", done.stderr)
        done = self.run_program("run", scenario, "--precision", 0.01, "--except", "a.h5", status=2)
        self.assertIn("--except with simulation.precision", done.stderr)

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
