"""rsasim digest and its Python twin agree on every kind of results file."""
import unittest

import h5py

from digest import digest
from support import SCENARIOS, TACROLIMUS_FLAGS, ProgramTest, replicates

WOMEN = SCENARIOS / "tacrolimus-patients.toml"


class Digest(ProgramTest):
    def check_twin(self, name):
        printed = self.run_program("digest", name).stdout
        self.assertEqual(printed, digest(self.folder / name) + "\n")
        with h5py.File(self.folder / name) as file:
            self.assertEqual(printed.strip(), file.attrs["results_sha256"].decode())
        return printed.strip()

    def test_agrees_with_its_twin_at_count_level(self):
        self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 10000, "-o", "a.h5", "--quiet")
        self.check_twin("a.h5")

    def test_agrees_with_its_twin_at_patient_level(self):
        self.run_program("run", WOMEN, "--replicates", replicates(8192, 100), "-o", "w.h5",
                         "--quiet")
        self.check_twin("w.h5")

    def test_agrees_with_its_twin_on_an_enumeration(self):
        self.run_program("exact", *TACROLIMUS_FLAGS, "-o", "e.h5", "--quiet")
        self.check_twin("e.h5")

    def test_agrees_with_its_twin_on_a_shard_without_derived_numbers(self):
        self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 3 << 20, "--shard", "1/3", "-o",
                         "s.h5", "--quiet")
        with h5py.File(self.folder / "s.h5") as file:
            self.assertEqual(file.attrs["derived"], 0)
        self.check_twin("s.h5")

    def test_depends_on_the_seed_and_not_on_the_analyses(self):
        found = {}
        for name, more in {"a": [], "b": ["--alpha", "0.01", "--tests", "fisher"],
                           "c": ["--seed", 2]}.items():
            self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 1000, "-o", name, "--quiet",
                             *more)
            found[name] = self.run_program("digest", name).stdout
        self.assertEqual(found["a"], found["b"])
        self.assertNotEqual(found["a"], found["c"])

    def test_of_several_files_names_each(self):
        for name in ("a.h5", "b.h5"):
            self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 1000, "-o", name, "--quiet")
        lines = self.run_program("digest", "a.h5", "b.h5").stdout.splitlines()
        self.assertEqual([line.split("  ")[1] for line in lines], ["a.h5", "b.h5"])
        document = self.run_json("digest", "a.h5", "b.h5")
        self.assertEqual(document["schema"], "rsasim.digest/1")
        self.assertEqual([file["results_sha256"] for file in document["files"]],
                         [line.split("  ")[0] for line in lines])
        self.assertTrue(document["files"][0]["complete"])

    def test_of_good_files_is_printed_beside_bad_ones(self):
        for name in ("a.h5", "z.h5"):
            self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 1000, "-o", name, "--quiet")
        (self.folder / "text.h5").write_text("x", encoding="utf-8")
        names = ["a.h5", *["text.h5"] * 25, "absent.h5", "z.h5"]
        done = self.run_program("digest", *names, status=3)
        self.assertEqual([line.split("  ")[1] for line in done.stdout.splitlines()], ["a.h5", "z.h5"])
        self.assertEqual(done.stderr.count("text.h5: "), 25)
        self.assertIn("absent.h5", done.stderr)

    def test_is_refused_where_the_stated_one_is_wrong(self):
        self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 1000, "-o", "a.h5", "--quiet")
        with h5py.File(self.folder / "a.h5", "r+") as file:
            file["tables/count"][0] += 1
        done = self.run_program("digest", "a.h5", status=3)
        self.assertIn("results_sha256", done.stderr)


if __name__ == "__main__":
    unittest.main()
