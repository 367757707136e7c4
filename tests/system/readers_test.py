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
        self.power = self.in_file_order("method", "value", [
            row for row in shown if row["kind"] == "test" and row["measure"] == "power"])
        self.assertGreater(len(self.power), 300)

    @staticmethod
    def in_file_order(label, figure, rows):
        """(label, how often it was seen before) -> figure: cells come in the order of the file."""
        found, seen = {}, {}
        for row in rows:
            seen[row[label]] = seen.get(row[label], -1) + 1
            found[(row[label], seen[row[label]])] = as_number(row[figure])
        return found

    def same_power(self, text):
        self.assertEqual(self.in_file_order("test", "power", rows_of(text)), self.power)

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
