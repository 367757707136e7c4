"""The R and Python readers give what `show --csv` prints, to the last bit."""
import csv
import io
import math
import subprocess
import sys
import unittest

from support import SCENARIOS, SOURCE, ProgramTest


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def as_number(text):
    return math.nan if text in ("", "NA", "NaN", "nan") else float(text)


class Readers(ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program("run", SCENARIOS / "small-trials.toml", "--replicates", 5000, "-o",
                         "small.h5", "--quiet")
        shown = rows_of(self.run_program("show", "small.h5", "--csv").stdout)
        self.power = {(row["cell"], row["method"]): as_number(row["value"])
                      for row in shown if row["kind"] == "test" and row["measure"] == "power"}
        self.assertGreater(len(self.power), 10)

    def same_power(self, text):
        """The reader's table has one row per cell and test, cells in the order of the file."""
        found, seen = {}, {}
        for row in rows_of(text):
            cell = seen[row["test"]] = seen.get(row["test"], -1) + 1
            found[(str(cell), row["test"])] = as_number(row["power"])
        self.assertEqual(found.keys(), self.power.keys())
        for key, power in self.power.items():
            self.assertEqual(found[key], power, key)

    def test_python_reads_the_same_numbers(self):
        done = subprocess.run([sys.executable, SOURCE / "scripts/rsasim.py", "small.h5", "tests"],
                              cwd=self.folder, text=True, capture_output=True, check=True)
        self.same_power(done.stdout)

    def test_r_reads_the_same_numbers(self):
        done = subprocess.run(["Rscript", SOURCE / "scripts/rsasim.R", "small.h5", "tests"],
                              cwd=self.folder, text=True, capture_output=True, check=True)
        self.same_power(done.stdout)


if __name__ == "__main__":
    unittest.main()
