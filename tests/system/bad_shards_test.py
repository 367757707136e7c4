"""A table of what may be wrong with a shard, and of who reads shards: each is refused one by one, by
name, with the reason."""
import random
import shutil
import unittest

import h5py
import numpy

from support import EFFORT, ProgramTest

DESIGN = ["--n", "9,9", "--control-rate", "0.4,0.5", "--odds-ratio", "2", "--tests", "pearson",
          "--intervals", "odds_ratio:woolf", "--replicates", str(2 << 20)]
TRAILER = 48


def flipped(data, place, bit):
    bad = bytearray(data)
    bad[place] ^= 1 << bit
    return bytes(bad)


class BadShards(ProgramTest):
    def setUp(self):
        super().setUp()
        for i in range(2):
            self.run_program("run", *DESIGN, "--shard", f"{i}/2", "-o", f"s{i}.h5", "--quiet")
        self.good = (self.folder / "s1.h5").read_bytes()
        self.bad = self.folder / "bad.h5"

    def readers(self):
        """Each command that reads a shard, given the bad one."""
        return {"merge": ["merge", "-o", "all.h5", "s0.h5", "bad.h5"],
                "resume": ["run", *DESIGN, "--resume", "-o", "bad.h5"],
                "status": ["status", "s0.h5", "bad.h5"],
                "show": ["show", "bad.h5"],
                "digest": ["digest", "bad.h5"],
                "judge": ["judge", "bad.h5"]}

    def refused(self, *words, but=(), status=3):
        """All readers refuse it, with its name and these words, and leave it and the folder alone."""
        before = sorted(path.name for path in self.folder.iterdir())
        content = self.bad.read_bytes() if self.bad.is_file() else None
        for name, command in self.readers().items():
            if name in but:
                continue
            with self.subTest(reader=name):
                done = self.run_program(*command, status=status)
                for word in ("bad.h5", *words):
                    self.assertIn(word, done.stderr)
                self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)
                if content is not None:
                    self.assertEqual(self.bad.read_bytes(), content)

    def dataset_place(self, name):
        """Where in the file the stored bytes of a dataset are."""
        with h5py.File(self.folder / "s1.h5") as file:
            dataset = file[name]
            place = dataset.id.get_offset()
            if place is None:
                place = dataset.id.get_chunk_info(0).byte_offset
        return place

    def test_a_flipped_bit_in_each_region(self):
        chance = random.Random(20230313)
        size = len(self.good)
        regions = {"superblock": 9, "end of the superblock": 47, "first object header": 60,
                   "counts": self.dataset_place("tables/count"),
                   "ledger": self.dataset_place("state/ledger/first"),
                   "last byte of the image": size - TRAILER - 1,
                   "length in the trailer": size - TRAILER + 8,
                   "digest in the trailer": size - 1}
        for i in range(int(8 * EFFORT)):
            regions[f"anywhere {i}"] = chance.randrange(64, size - TRAILER)
        for region, place in regions.items():
            with self.subTest(region=region):
                self.bad.write_bytes(flipped(self.good, place, chance.randrange(8)))
                self.refused("is damaged")

    def test_a_flipped_bit_in_a_signature(self):
        self.bad.write_bytes(flipped(self.good, 1, 3))
        self.refused("is not an HDF5 file")
        self.bad.write_bytes(flipped(self.good, len(self.good) - TRAILER, 5))
        self.refused("is not its trailer")

    def test_a_truncated_file(self):
        for length in (len(self.good) - 1, len(self.good) - TRAILER - 1, len(self.good) // 2, 100):
            with self.subTest(length=length):
                self.bad.write_bytes(self.good[:length])
                self.refused("is truncated")

    def test_a_file_that_goes_on(self):
        self.bad.write_bytes(self.good + b"\0")
        self.refused("is damaged")

    def test_an_empty_file(self):
        self.bad.write_bytes(b"")
        self.refused("is empty")

    def test_a_text_file(self):
        self.bad.write_text("cell,power\n")
        self.refused("is not an HDF5 file")

    def test_a_folder(self):
        self.bad.mkdir()
        self.refused("is a folder")

    def test_another_programs_file(self):
        with h5py.File(self.bad, "w") as file:
            file["power"] = numpy.array([0.5])
        self.refused("not one of rsasim's")

    def test_an_old_and_a_new_format(self):
        for version, advice in ((0, "an older"), (2, "a newer")):
            shutil.copy(self.folder / "s1.h5", self.bad)
            with h5py.File(self.bad, "r+") as file:
                file.attrs.modify("format_version", numpy.array([version, 0], "<i4"))
            self.refused(f"format is {version}.0", advice)

    def test_changed_counts_without_a_trailer(self):
        shutil.copy(self.folder / "s1.h5", self.bad)
        with h5py.File(self.bad, "r+") as file:
            file["tables/count"][0] += 1
        self.bad.write_bytes(self.bad.read_bytes()[:-TRAILER])
        self.refused()

    def test_a_shard_of_another_scenario(self):
        other = [*DESIGN]
        other[other.index("0.4,0.5")] = "0.4,0.6"
        self.run_program("run", *other, "--shard", "1/2", "-o", "bad.h5", "--quiet")
        self.refused("control_rate", but=("show", "digest", "judge"), status=2)


if __name__ == "__main__":
    unittest.main()
