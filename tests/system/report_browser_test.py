"""The report in headless Chromium: what is drawn is what the results file says."""
import json
import os
import re
import subprocess
import unittest
from pathlib import Path

import h5py

from support import SCENARIOS, SOURCE, TACROLIMUS_FLAGS, ProgramTest

MODULES = Path(os.environ["RSASIM_BUILD_DIR"]) / "sim/report/web"
CHROMIUM = "/usr/bin/chromium"
HOSTILE = "</script><img src=x onerror=alert(1)>\"' 🙂"
CURVE_HEIGHT = 340


class BrowserTest(ProgramTest):
    def report(self, *arguments):
        self.run_program("run", *arguments, "--quiet", "-o", "r.h5")
        self.run_program("report", "r.h5", "-o", "r.html")

    def look(self, **orders):
        """What the browser found, once it is sure that the page is quiet and stays by itself."""
        done = subprocess.run(
            ["node", SOURCE / "tests/system/look.mjs", self.folder / "r.html", CHROMIUM,
             json.dumps(orders)], cwd=MODULES, text=True, capture_output=True, check=False,
            timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual(found["complaints"], [])
        self.assertEqual(found["outside"], [])
        for picture in found["before"]:
            self.assertEqual(picture["drawn"], "yes", picture["id"])
            self.assertGreater(sum(picture["marks"].values()), 0, picture["id"])
        return found

    @staticmethod
    def by_id(pictures):
        return {picture["id"]: picture for picture in pictures}


class Sweep(BrowserTest):
    """Two sizes, three control rates, five odds ratios; two tests."""

    def setUp(self):
        super().setUp()
        self.write("s.toml", '[arms]\ntotal = 40\ncontrol_rate = 0.3\nodds_ratio = 2.0\n'
                   '[analysis]\ntests = ["pearson", "fisher"]\n[sweep]\n'
                   '"arms.total" = [40, 80]\n"arms.control_rate" = [0.2, 0.3, 0.4]\n'
                   '"arms.odds_ratio" = [1.0, 2.0, 4.0, 8.0, 16.0]\n')
        self.report("s.toml", "--replicates", 1000)
        with h5py.File(self.folder / "r.h5") as file:
            self.power = file["power"][()]

    def heights(self, picture):
        """Each test's powers from left to right, measured off the picture."""
        powers = {}
        for symbol in sorted(picture["symbols"], key=lambda one: one["at"][0]):
            title = "fisher" if "Fisher" in symbol["label"] else "pearson"
            powers.setdefault(title, []).append(1 - symbol["at"][1] / CURVE_HEIGHT)
        return powers

    def check_curves(self, picture, total, rate):
        heights = self.heights(picture)
        for t, test in enumerate(("pearson", "fisher")):
            self.assertEqual(len(heights[test]), 5)
            for height, power in zip(heights[test], self.power[total, rate, :, t]):
                self.assertAlmostEqual(height, power, delta=1e-4)

    def test_curves_stand_at_their_power_and_follow_the_select_box(self):
        found = self.look(choose={"section": "power", "box": 0, "index": 0})
        before, after = (self.by_id(found[when])["power"] for when in ("before", "after"))
        self.assertEqual(before["boxes"], [["40", "80"], ["0.2", "0.3", "0.4"]])
        self.check_curves(before, total=1, rate=2)
        self.check_curves(after, total=0, rate=2)
        self.assertNotEqual(before["symbols"], after["symbols"])
        self.assertEqual(before["marks"]["line"], 2)
        self.assertEqual(before["marks"]["area"], 2)
        self.assertEqual(before["marks"]["rule"], 1)
        others = [self.by_id(found[when])["coverage"] for when in ("before", "after")]
        self.assertEqual(others[0], others[1])

    def test_axes_say_the_domain_of_their_numbers(self):
        pictures = self.by_id(self.look()["before"])
        across, up = pictures["power"]["axes"][:2]
        self.assertEqual((up[0], up[-1]), ("0.0", "1.0"))
        self.assertGreaterEqual(float(across[-1]), 16)
        self.assertLessEqual(float(across[0]), 1)
        self.assertEqual(pictures["saw-tooth"]["marks"]["symbol"], 4)
        self.assertEqual(pictures["heat-map"]["marks"]["rect"], 15)
        self.assertIn(["1", "2", "4", "8", "16"], pictures["heat-map"]["axes"])

    def test_the_table_behind_the_picture_has_a_row_for_each_figure(self):
        self.assertEqual(self.look()["tableRows"], 2 * 3 * 5 * 2)


class OneCell(BrowserTest):
    def test_marks_are_as_many_as_what_they_show(self):
        self.report(*TACROLIMUS_FLAGS, "--replicates", 2000)
        pictures = self.by_id(self.look()["before"])
        with h5py.File(self.folder / "r.h5") as file:
            tests, intervals = len(file["test"]), len(file["interval"])
        self.assertEqual(pictures["power"]["marks"]["symbol"], tests)
        self.assertEqual(pictures["power"]["marks"]["rule"], tests + 1)
        self.assertEqual(pictures["coverage"]["marks"]["symbol"], intervals)
        self.assertEqual(pictures["p-values"]["marks"]["rect"], 20)
        self.assertEqual(pictures["zip"]["marks"]["rule"], 101)
        self.assertEqual(pictures["size"]["marks"]["line"], 1)
        self.assertEqual(pictures["size"]["marks"]["rule"], 2)

    def test_a_hostile_title_does_nothing(self):
        self.write("h.toml", (SCENARIOS / "null.toml").read_text(encoding="utf-8")
                   .replace('"No effect, arms of 75 and 74"', json.dumps(HOSTILE, ensure_ascii=False)))
        self.report("h.toml", "--replicates", 500)
        found = self.look()
        self.assertEqual(found["heading"], HOSTILE)
        self.assertEqual(found["images"], 0)


class Scenarios(BrowserTest):
    def test_the_pages_of_all_scenarios_draw_every_picture(self):
        for scenario in sorted(SCENARIOS.glob("*.toml")):
            with self.subTest(scenario.name):
                for old in ("r.h5", "r.html"):
                    (self.folder / old).unlink(missing_ok=True)
                self.report(scenario, "--replicates", 500)
                self.look()

    def test_an_exact_file_has_the_same_pictures(self):
        self.run_program("exact", *TACROLIMUS_FLAGS, "-o", "r.h5", "--quiet")
        self.run_program("report", "r.h5", "-o", "r.html")
        pictures = self.by_id(self.look()["before"])
        for name in ("power", "coverage", "misses", "widths", "audit", "size", "p-values"):
            self.assertIn(name, pictures)
        self.assertTrue(all(re.search(r"power: 0\.\d+", symbol["label"])
                            for symbol in pictures["power"]["symbols"]))


if __name__ == "__main__":
    unittest.main()
