"""The same scenario and seed give the same bytes, whatever the number of threads."""
import unittest

import h5py

from support import SCENARIOS, ProgramTest


def bytes_outside_provenance(path):
    """Name -> raw bytes of every dataset, and every attribute, outside /provenance."""
    found = {}

    def visit(name, item):
        if name.startswith("provenance"):
            return
        for attribute in item.attrs:
            if attribute not in ("DIMENSION_LIST", "REFERENCE_LIST"):
                found[f"{name}@{attribute}"] = repr(item.attrs[attribute])
        if isinstance(item, h5py.Dataset):
            value = item[()]
            found[name] = value.tobytes() if item.dtype.kind != "O" else repr(value.tolist() if item.shape else value)

    with h5py.File(path, "r") as file:
        file.visititems(visit)
        for attribute in file.attrs:
            found[f"@{attribute}"] = repr(file.attrs[attribute])
    return found


class Threads(ProgramTest):
    def run_with(self, threads, *arguments):
        name = f"threads-{threads}.h5"
        self.run_program("run", *arguments, "--threads", threads, "-o", name, "--quiet")
        return bytes_outside_provenance(self.folder / name)

    def same_for_any_threads(self, *arguments):
        one = self.run_with(1, *arguments)
        self.assertGreater(len(one), 50)
        for threads in (2, 3, 7):
            many = self.run_with(threads, *arguments)
            self.assertEqual(many.keys(), one.keys())
            for name in one:
                self.assertEqual(many[name], one[name], f"{name} with {threads} threads")

    def test_a_large_cell_has_the_same_bytes_on_1_2_3_and_7_threads(self):
        self.same_for_any_threads(SCENARIOS / "tacrolimus.toml", "--replicates", 10_000_000)

    def test_a_sweep_has_the_same_bytes_on_1_2_3_and_7_threads(self):
        self.same_for_any_threads("--total", "20:60:10", "--control-rate", "0.3:0.7:0.1",
                                  "--odds-ratio", "2", "--replicates", 50_000)

    def test_another_seed_gives_other_numbers(self):
        first = self.run_with(1, "--n", "75,74", "--control-rate", "0.6", "--odds-ratio", "2", "--seed", 1)
        (self.folder / "threads-1.h5").unlink()
        second = self.run_with(1, "--n", "75,74", "--control-rate", "0.6", "--odds-ratio", "2", "--seed", 2)
        self.assertNotEqual(first["n_reject"], second["n_reject"])


if __name__ == "__main__":
    unittest.main()
