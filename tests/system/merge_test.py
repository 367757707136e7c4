"""rsasim merge: any split, order and tree gives the file of one process; what does not fit is
refused by name, with reason and remedy."""
import itertools
import random
import shutil
import unittest

import h5py
import numpy

from support import SCENARIOS, ProgramTest, replicates

WOMEN = SCENARIOS / "tacrolimus-patients.toml"
COUNTS = ["--n", "75,74", "--control-rate", "0.6351", "--odds-ratio", "1,2.298",
          "--tests", "pearson,fisher,fisher-midp", "--intervals", "odds_ratio:woolf",
          "--replicates", str(3 << 20)]


def contents(path):
    """All that is outside /provenance: names in order, attributes, numbers to the last bit."""
    found = {}

    def add(name, item):
        if name.startswith("provenance"):
            return
        attributes = {key: numpy.asarray(value).tolist() for key, value in item.attrs.items()
                      if key not in ("DIMENSION_LIST", "REFERENCE_LIST")}
        data = None
        if isinstance(item, h5py.Dataset):
            values = numpy.asarray(item[()])
            data = values.tolist() if values.dtype == object else values.tobytes()
        found[name] = (attributes, data)

    with h5py.File(path) as file:
        add("/", file)
        file.visititems(add)
    return found


class MergeTest(ProgramTest):
    def shards(self, scenario, count, stem):
        for i in range(count):
            self.run_program("run", *scenario, "--shard", f"{i}/{count}", "-o", f"{stem}{i}.h5",
                             "--quiet")
        return [f"{stem}{i}.h5" for i in range(count)]

    def assert_same(self, name, other):
        one, two = contents(self.folder / name), contents(self.folder / other)
        self.assertEqual(list(one), list(two))
        for key, value in one.items():
            self.assertEqual(value, two[key], key)

    def refused(self, *arguments, saying, status=2):
        out = self.folder / "refused.h5"
        done = self.run_program("merge", "-o", "refused.h5", *arguments, status=status)
        for words in saying:
            self.assertIn(words, done.stderr)
        self.assertFalse(out.exists())
        return done.stderr


class Merge(MergeTest):
    def check_splits(self, scenario, splits):
        self.run_program("run", *scenario, "-o", "whole.h5", "--quiet")
        shuffled = random.Random(5)
        for count in splits:
            files = self.shards(scenario, count, f"k{count}-")
            shuffled.shuffle(files)
            self.run_program("merge", "-o", f"all{count}.h5", *files)
            self.assert_same(f"all{count}.h5", "whole.h5")
            self.assertEqual(self.run_program("digest", f"all{count}.h5").stdout,
                             self.run_program("digest", "whole.h5").stdout)

    def test_of_any_split_is_the_file_of_one_process_at_count_level(self):
        self.check_splits(COUNTS, [1, 2, 3, 7])

    def test_of_any_split_is_the_file_of_one_process_at_patient_level(self):
        self.check_splits([WOMEN, "--replicates", replicates(20000, 100)], [2, 3])

    def test_of_merged_files_is_the_file_of_one_process(self):
        self.run_program("run", *COUNTS, "-o", "whole.h5", "--quiet")
        files = self.shards(COUNTS, 4, "s")
        for pair in itertools.combinations(range(4), 2):
            rest = [i for i in range(4) if i not in pair]
            self.run_program("merge", "--allow-incomplete", "--force", "-o", "left.h5",
                             *(files[i] for i in pair))
            self.run_program("merge", "--allow-incomplete", "--force", "-o", "right.h5",
                             *(files[i] for i in rest))
            self.run_program("merge", "--force", "-o", "tree.h5", "right.h5", "left.h5")
            self.assert_same("tree.h5", "whole.h5")
        with h5py.File(self.folder / "tree.h5") as file:
            names = file["provenance/merged_file"].asstr()[()].tolist()
        self.assertEqual(sorted(names), files)

    def test_takes_more_replicates_that_were_added_later(self):
        more = [*COUNTS[:-1], str(5 << 20)]
        self.run_program("run", *more, "-o", "whole.h5", "--quiet")
        self.run_program("run", *COUNTS, "-o", "first.h5", "--quiet")
        shutil.copy(self.folder / "first.h5", self.folder / "grown.h5")
        self.run_program("run", *more, "--resume", "-o", "grown.h5", "--quiet")
        self.assert_same("grown.h5", "whole.h5")

    def test_says_of_each_shard_where_and_when_it_was_made(self):
        files = self.shards(COUNTS, 2, "s")
        self.run_program("merge", "-o", "all.h5", *files)
        with h5py.File(self.folder / "all.h5") as file:
            group = file["provenance"]
            self.assertEqual(group["merged_file"].asstr()[()].tolist(), files)
            self.assertEqual(group["merged_part"].asstr()[()].tolist(), ["0/2", "1/2"])
            for name in ("merged_sha256", "merged_host", "merged_start", "merged_end"):
                self.assertTrue(all(text.strip() for text in group[name].asstr()[()]), name)
            self.assertEqual(len(group["merged_cpu_seconds"]), 2)
        self.run_program("show", "all.h5")

    def test_of_an_incomplete_set_is_marked_and_can_be_completed(self):
        self.run_program("run", *COUNTS, "-o", "whole.h5", "--quiet")
        files = self.shards(COUNTS, 3, "s")
        self.run_program("merge", "--allow-incomplete", "-o", "part.h5", files[0])
        with h5py.File(self.folder / "part.h5") as file:
            self.assertEqual((file.attrs["complete"], file.attrs["derived"]), (0, 1))
            self.assertIn("power", file)
        self.run_program("show", "part.h5")
        self.run_program("merge", "-o", "all.h5", files[2], "part.h5", files[1])
        self.assert_same("all.h5", "whole.h5")


class Refusals(MergeTest):
    """Each for itself; a good shard stands beside the bad one."""

    def setUp(self):
        super().setUp()
        self.good, self.other = self.shards(COUNTS, 2, "s")

    def altered(self, name, change):
        shutil.copy(self.folder / self.other, self.folder / name)
        with h5py.File(self.folder / name, "r+") as file:
            change(file)
        return name

    def test_of_an_overlap(self):
        (third,) = self.shards(COUNTS, 1, "whole")
        self.refused(self.good, third, saying=[third, self.good, "holds replicates", "leave one"])

    def test_of_a_duplicate(self):
        shutil.copy(self.folder / self.good, self.folder / "copy.h5")
        self.refused(self.good, "copy.h5", saying=["copy.h5: is the same as", "Name it once"])
        self.refused(self.good, self.good, saying=["Name it once"])

    def test_of_a_gap(self):
        self.refused(self.good, saying=["cell 1", "--allow-incomplete", "rsasim status"])

    def test_of_a_flipped_bit_anywhere(self):
        whole = (self.folder / self.other).read_bytes()
        places = random.Random(20)
        for _ in range(20):
            bit = places.randrange(8 * len(whole))
            bad = bytearray(whole)
            bad[bit // 8] ^= 1 << bit % 8
            (self.folder / "bad.h5").write_bytes(bad)
            self.refused(self.good, "bad.h5", saying=["bad.h5"], status=3)

    def test_of_a_truncated_file(self):
        whole = (self.folder / self.other).read_bytes()
        for length in (len(whole) - 1, len(whole) - 47, len(whole) - 49, len(whole) // 2, 100, 8):
            (self.folder / "cut.h5").write_bytes(whole[:length])
            self.refused(self.good, "cut.h5", saying=["cut.h5"], status=3)

    def test_of_what_is_no_results_file(self):
        self.write("empty.h5", "")
        self.write("text.h5", "cell,power\n")
        (self.folder / "folder.h5").mkdir()
        with h5py.File(self.folder / "foreign.h5", "w") as file:
            file["power"] = [0.5]
        for name, words in {"empty.h5": "is empty", "text.h5": "is not an HDF5 file",
                            "folder.h5": "is a folder", "foreign.h5": "not one of rsasim's",
                            "absent.h5": "no such file"}.items():
            self.refused(self.good, name, saying=[name, words], status=3)

    def test_of_another_scenario(self):
        elsewhere = [*COUNTS]
        elsewhere[elsewhere.index("0.6351")] = "0.6"
        (third,) = self.shards(elsewhere, 1, "elsewhere")
        self.refused(self.good, third, saying=[third, "control_rate = 0.6 ", "0.6351"])

    def test_of_another_analysis(self):
        (third,) = self.shards([*COUNTS, "--alpha", "0.01"], 1, "alpha")
        self.refused(self.good, third, saying=[third, "alpha = 0.01"])

    def test_of_another_seed(self):
        (third,) = self.shards([*COUNTS, "--seed", "2"], 1, "seed")
        self.refused(self.good, third, saying=[third, "its seed is 2"])

    def test_of_an_old_or_unknown_format(self):
        for version in (0, 2):
            def change(file, version=version):
                file.attrs.modify("format_version", numpy.array([version, 0], "<i4"))
            name = self.altered(f"format{version}.h5", change)
            self.refused(self.good, name, saying=[name, f"format is {version}.0"], status=3)

    def test_of_another_version(self):
        def change(file):
            file["provenance"].attrs.modify("program_version", numpy.bytes_("0.0.9"))
        name = self.altered("version.h5", change)
        self.refused(self.good, name, saying=[name, "rsasim 0.0.9"])

    def test_of_another_generator(self):
        def change(file):
            file.attrs.modify("rng", numpy.bytes_("mt19937"))
        name = self.altered("rng.h5", change)
        self.refused(self.good, name, saying=[name], status=3)

    def test_of_an_enumeration(self):
        self.run_program("exact", *COUNTS[:-2], "-o", "exact.h5", "--quiet")
        self.refused("exact.h5", saying=["exact.h5", "enumerated"])

    def test_of_an_existing_output(self):
        self.write("all.h5", "precious")
        done = self.run_program("merge", "-o", "all.h5", self.good, self.other, status=3)
        self.assertIn("--force", done.stderr)
        self.assertEqual((self.folder / "all.h5").read_text(), "precious")

    def test_tell_all_faults_at_once(self):
        self.write("text.h5", "x")
        self.refused(self.good, "text.h5", "absent.h5", self.good, status=3,
                     saying=["text.h5", "absent.h5", "Name it once"])

    def test_can_be_skipped_and_are_listed(self):
        self.write("text.h5", "x")
        done = self.run_program("merge", "--skip-bad", "-o", "all.h5", "text.h5", self.good,
                                self.good, self.other)
        for words in ("left out: text.h5", f"left out: {self.good}: is the same"):
            self.assertIn(words, done.stderr)
        self.run_program("run", *COUNTS, "-o", "whole.h5", "--quiet")
        self.assert_same("all.h5", "whole.h5")
        self.refused("--skip-bad", "text.h5", saying=["none of the files"])
        self.refused("--skip-bad", "text.h5", self.good, saying=["--allow-incomplete"])

    def test_spare_a_file_that_another_program_has_repacked(self):
        with h5py.File(self.folder / self.other) as file, \
                h5py.File(self.folder / "copy.h5", "w") as copy:
            for key, value in file.attrs.items():
                copy.attrs.create(key, value, dtype=file.attrs.get_id(key).dtype)
            for name in file:
                file.copy(name, copy)
        done = self.run_program("merge", "-o", "all.h5", self.good, "copy.h5")
        self.assertIn("copy.h5: has no trailer", done.stderr)


if __name__ == "__main__":
    unittest.main()
