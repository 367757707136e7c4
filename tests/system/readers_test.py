"""The R and Python readers give what `show --csv` prints, to the last bit, and draw it."""
import csv
import io
import math
import os
import re
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
        self.run_program("run", SCENARIOS / "small-trials.toml", "--total", "20,40", "--odds-ratio",
                         "1,9", "--replicates", 5000, "-o", "small.h5", "--quiet")
        self.shown = rows_of(self.run_program("show", "small.h5", "--csv").stdout)
        self.assertGreater(len(self.shown), 5000)
        self.parameters = list(self.shown[0])[:list(self.shown[0]).index("kind")]

    def same(self, a, b, what):
        a, b = as_number(a), as_number(b)
        self.assertTrue(a == b or (math.isnan(a) and math.isnan(b)), f"{what}: {a} {b}")

    def same_frames(self, *command):
        """Every figure of every kind, row by row: cells and labels come in the order of the file."""
        compared = 0
        for kind in ("test", "interval", "estimator", "pair", "test_pair"):
            done = subprocess.run([*command, "small.h5", f"{kind}s"], cwd=self.folder, text=True,
                                  capture_output=True, check=True)
            frame = rows_of(done.stdout)
            of_kind = [row for row in self.shown if row["kind"] == kind]
            for measure in dict.fromkeys(row["measure"] for row in of_kind):
                rows = [row for row in of_kind if row["measure"] == measure]
                self.assertEqual([row[kind] for row in frame], [row["method"] for row in rows])
                for ours, theirs in zip(frame, rows):
                    self.same(ours[measure], theirs["value"], measure)
                    self.same(ours.get(f"{measure}_mcse", ""), theirs["mcse"], f"mcse of {measure}")
                compared += len(rows)
            for ours, theirs in zip(frame, rows):
                for name in self.parameters:
                    self.same(ours[name], theirs[name], name)
        self.assertEqual(compared, len(self.shown))

    def test_python_reads_the_same_numbers(self):
        self.same_frames(sys.executable, SOURCE / "scripts/rsasim.py")

    def test_r_reads_the_same_numbers(self):
        self.same_frames("Rscript", SOURCE / "scripts/rsasim.R")


class PowerCurves(ProgramTest):
    """The examples draw, for each test, a line whose heights are its powers up to the axis."""

    def setUp(self):
        super().setUp()
        self.run_program("init", "power-sweep", "-o", "sweep.toml")
        self.run_program("run", "sweep.toml", "--replicates", 5000, "--quiet")
        self.curves = {}
        for cell in self.run_json("show", "sweep.h5")["cells"]:
            if cell["parameters"]["odds_ratio"] == 2.5:
                for test, figures in cell["tests"].items():
                    self.curves.setdefault(test, []).append(figures["power"]["value"])

    def lines_in(self, picture, points):
        """The vertical positions of every line of so many points in an SVG, upwards."""
        text = (self.folder / picture).read_text(encoding="utf-8")
        lines = set()
        for path in re.findall(r'<path[^>]*?\bd="([^"]*)"', text):
            pairs = re.findall(r"[ML] *(-?[\d.]+) +(-?[\d.]+)", path)
            if len(pairs) == points and "z" not in path.lower():
                lines.add(tuple(-float(y) for _, y in pairs))
        return lines

    def drawn(self, script, picture):
        subprocess.run([SOURCE / "scripts" / script, "sweep.h5", picture], cwd=self.folder,
                       check=True, capture_output=True, env={**os.environ, "MPLBACKEND": "Agg"})
        lines = self.lines_in(picture, 5)
        self.assertEqual(len(lines), len(self.curves), picture)
        powers = sorted(power for curve in self.curves.values() for power in curve)
        heights = sorted(height for line in lines for height in line)
        scale = (heights[-1] - heights[0]) / (powers[-1] - powers[0])
        for curve in self.curves.values():
            expected = [heights[0] + scale * (power - powers[0]) for power in curve]
            nearest = min(max(abs(a - b) for a, b in zip(line, expected)) for line in lines)
            self.assertLess(nearest, 0.02 * (heights[-1] - heights[0]) / 4)

    def test_the_python_example_draws_the_powers(self):
        self.drawn("power_curve.py", "python.svg")

    def test_the_r_example_draws_the_powers(self):
        self.drawn("power_curve.R", "r.svg")


if __name__ == "__main__":
    unittest.main()
