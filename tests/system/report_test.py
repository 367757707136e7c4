"""`report` writes one page that needs nothing else, and says what the results file says."""
import base64
import hashlib
import json
import os
import re
import unittest
import zlib
from html.parser import HTMLParser

import h5py

from support import SCENARIOS, SOURCE, TACROLIMUS_FLAGS, ProgramTest

HAS_PAGE = os.environ["RSASIM_REPORT"].upper() in ("ON", "1", "TRUE")
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&<!-- \u202eרע 🙂 {{7*7}} --> ]]>"
LOADING = {"src", "href", "srcset", "data", "action", "poster", "background"}


class Page(HTMLParser):
    """What a browser would find: elements, attributes, and the text of scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.attributes, self.raw, self.policy = [], [], {}, ""
        self.open = None
        self.feed(text)
        self.data = json.loads(zlib.decompress(base64.b64decode(self.raw["text/plain"],
                                                                 validate=True)))

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        self.open = given.get("type", tag) if tag in ("script", "style", "title", "h1") else None

    def handle_data(self, data):
        if self.open:
            self.raw[self.open] = self.raw.get(self.open, "") + data

    def handle_endtag(self, tag):
        self.open = None

    def columns(self, dataset):
        return {column["name"]: [column["dictionary"][value] for value in column["values"]]
                if "dictionary" in column else column["values"]
                for column in self.data["datasets"][dataset]}


def source_hash(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


class ReportTest(ProgramTest):
    def simulate(self, *arguments, output="r.h5"):
        self.run_program("run", *arguments, "--quiet", "-o", output)
        return output

    def page_of(self, results, name="r.html"):
        self.run_program("report", results, "-o", name, "--force")
        return Page((self.folder / name).read_text(encoding="utf-8"))


@unittest.skipUnless(HAS_PAGE, "this program was built without the page")
class WholePage(ReportTest):
    def check_self_contained(self, page):
        self.assertFalse({name for name, _ in page.attributes} & LOADING)
        self.assertFalse({name for name, _ in page.attributes if name.startswith("on")})
        self.assertFalse(set(page.elements) & {"img", "link", "iframe", "object", "embed", "base"})
        self.assertNotRegex(page.raw["style"], r"url\(|@import")
        # The policy allows the page's own script and style by their content, and nothing else.
        rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
        self.assertEqual(rules, {"default-src": "'none'", "base-uri": "'none'",
                                 "form-action": "'none'",
                                 "script-src": source_hash(page.raw["script"]),
                                 "style-src": source_hash(page.raw["style"])})

    def test_every_scenario_gives_a_self_contained_page_with_the_powers_of_its_file(self):
        for scenario in sorted(SCENARIOS.glob("*.toml")):
            with self.subTest(scenario.name):
                results = self.simulate(scenario, "--replicates", 2000, output=f"{scenario.stem}.h5")
                page = self.page_of(results)
                self.check_self_contained(page)
                self.check_powers(page, results)

    def check_powers(self, page, results):
        shown = page.columns("tests")
        with h5py.File(self.folder / results) as file:
            stored = file["power"][()].reshape(-1, len(file["test"]))
        self.assertEqual(len(shown["power"]), stored.size)
        for shown_power, power in zip(shown["power"], stored.ravel()):
            if shown_power is None:
                self.assertNotEqual(power, power)
            else:
                self.assertAlmostEqual(shown_power, power, delta=6e-6)

    def test_patients_and_a_single_cell_have_pictures_too(self):
        patients = self.page_of(self.simulate(SCENARIOS / "tacrolimus-patients.toml",
                                              "--replicates", 500))
        self.assertIn("power", [picture["id"] for picture in patients.data["pictures"]])
        single = self.page_of(self.simulate(*TACROLIMUS_FLAGS, "--replicates", 1000, output="s.h5"))
        self.assertEqual(single.data["axes"], [])
        ids = [picture["id"] for picture in single.data["pictures"]]
        for name in ("power", "size", "coverage", "coverage-curve", "misses", "widths", "zip",
                     "p-values", "audit"):
            self.assertIn(name, ids)

    def test_shares_of_p_values_sum_to_one_and_below_alpha_to_the_power(self):
        results = self.simulate(*TACROLIMUS_FLAGS, "--replicates", 5000)
        shown = self.page_of(results).columns("p_values")
        with h5py.File(self.folder / results) as file:
            powers = dict(zip(file["test"].asstr()[()], file["power"][()].ravel()))
        shares = [share for test, share in zip(shown["m"], shown["share"]) if test == "Pearson chi-square"]
        self.assertEqual(len(shares), 20)
        self.assertAlmostEqual(sum(shares), 1, delta=1e-4)
        self.assertAlmostEqual(shares[0], powers["pearson"], delta=1e-6)

    def test_the_proved_size_lies_above_every_point_of_its_curve(self):
        curve = self.page_of(self.simulate(*TACROLIMUS_FLAGS, "--replicates", 500)).columns(
            "size_curve")
        self.assertGreater(len(set(curve["m"])), 1)
        for point, bound in zip(curve["p"], curve["bound"]):
            self.assertLessEqual(point, bound + 1e-6)

    def test_a_test_that_never_rejects_has_a_size_of_nothing(self):
        # The smallest two-sided P of Fisher's test in 3 v 3 women is 2 / C(6, 3) = 0.1.
        self.run_program("exact", "--n", "3,3", "--control-rate", 0.5, "--odds-ratio", 1, "--tests",
                         "fisher", "--intervals", "woolf", "--quiet", "-o", "r.h5")
        curve = self.page_of("r.h5").columns("size_curve")
        self.assertEqual((set(curve["p"]), set(curve["bound"])), ({0}, {0}))

    def test_designs_too_small_to_reject_have_pages(self):
        for arms in ("1,1", "2,2", "5,1", "1,5"):
            self.run_program("exact", "--n", arms, "--control-rate", 0.5, "--odds-ratio", 1,
                             "--quiet", "--force", "-o", "r.h5")
            self.page_of("r.h5")

    def test_trials_that_were_tallied_one_by_one_have_a_page(self):
        self.run_program("run", *"--n 40000,40000 --control-rate 0.5 --odds-ratio 1.05 --tests pearson".split(),
                         "--intervals", "odds_ratio:woolf", "--replicates", 1_000, "-o", "o.h5", "--quiet")
        self.page_of("o.h5")

    def test_the_words_on_a_trial_that_loses_women_have_the_rates_of_its_scenario(self):
        self.page_of(self.simulate(SCENARIOS / "dropout-sensitivity.toml", "--replicates", 500))
        text = (self.folder / "r.html").read_text(encoding="utf-8")
        words = text.split("<blockquote>")[1].split("</blockquote>")[0]
        for part in ("rates of 0.8 under treatment and 0.6351 under control were every outcome known",
                     "missing and counted as no event", "the adjusted test"):
            self.assertIn(part, words)

    def test_hostile_titles_are_text(self):
        scenario = self.write("hostile.toml", (SCENARIOS / "null.toml").read_text(encoding="utf-8")
                              .replace("No effect, arms of 75 and 74", "PLACE")
                              .replace("healthy newborn", "PLACE")
                              .replace('"PLACE"', json.dumps(HOSTILE, ensure_ascii=False)))
        page = self.page_of(self.simulate(scenario, "--replicates", 500))
        self.check_self_contained(page)
        self.assertEqual(page.raw["h1"], HOSTILE)

    def test_a_page_of_2000_rows_has_at_most_a_megabyte_and_a_half(self):
        sweep = self.write("large.toml", '[arms]\ntotal = 40\ncontrol_rate = 0.5\nodds_ratio = 2.0\n'
                           '[analysis]\ntests = ["pearson", "fisher", "fisher-midp", "z-unpooled"]\n'
                           '[sweep]\n"arms.total" = { from = 20, to = 118, step = 2 }\n'
                           '"arms.control_rate" = { from = 0.05, to = 0.50, step = 0.05 }\n'
                           '[simulation]\nreplicates = 1_000_000\n')
        page = self.page_of(self.simulate(sweep))
        self.assertEqual(len(page.columns("tests")["power"]), 2000)
        self.assertLess((self.folder / "r.html").stat().st_size, 1_500_000)

    def test_the_same_file_gives_the_same_page(self):
        results = self.simulate(*TACROLIMUS_FLAGS, "--replicates", 500)
        self.page_of(results, "a.html")
        self.page_of(results, "b.html")
        self.assertEqual((self.folder / "a.html").read_bytes(), (self.folder / "b.html").read_bytes())

    def test_a_page_is_replaced_only_when_asked(self):
        results = self.simulate(*TACROLIMUS_FLAGS, "--replicates", 500)
        self.write("mine.html", "mine")
        self.assertIn("mine.html", self.run_program("report", results, "-o", "mine.html",
                                                    status=3).stderr)
        self.assertEqual((self.folder / "mine.html").read_text(encoding="utf-8"), "mine")
        self.run_program("report", results, "-o", "mine.html", "--force")


@unittest.skipIf(HAS_PAGE, "this program was built with the page")
class WithoutThePage(ReportTest):
    def test_it_says_what_was_left_out_and_what_to_do(self):
        results = self.simulate(*TACROLIMUS_FLAGS, "--replicates", 500)
        said = self.run_program("report", results, "-o", "r.html", status=2).stderr
        self.assertIn("RSASIM_REPORT=OFF", said)
        self.assertIn("--vega-lite", said)
        self.assertFalse((self.folder / "r.html").exists())


class Refusals(ReportTest):
    def test_an_incomplete_file_is_refused_with_the_remedy(self):
        self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 400_000, "--shard", "0/2",
                         "--quiet", "-o", "part.h5")
        said = self.run_program("report", "part.h5", "--vega-lite", "out", status=2).stderr
        self.assertRegex(said, r"part\.h5: .*not complete.*rsasim merge")
        self.assertFalse((self.folder / "out").exists())

    def test_nothing_to_write_and_impossible_targets_are_refused_together(self):
        self.write("r.h5", "not HDF5")
        said = self.run_program("report", "r.h5", "--target", "1.5", status=2).stderr
        self.assertIn("nothing to write", said)
        self.assertIn("--target 1.5", said)
        self.assertIn("r.h5", self.run_program("report", "r.h5", "--vega-lite", "x", status=3).stderr)


class Specifications(ReportTest):
    def test_each_picture_is_a_specification_with_the_numbers_of_the_file(self):
        results = self.simulate(SCENARIOS / "small-trials.toml", "--replicates", 1000)
        self.run_program("report", results, "--vega-lite", "pictures")
        files = {path.name: json.loads(path.read_text(encoding="utf-8"))
                 for path in (self.folder / "pictures").iterdir()}
        for name in ("power.vl.json", "saw-tooth.vl.json", "heat-map.vl.json"):
            self.assertRegex(files[name]["$schema"], r"/vega-lite/v\d\.json$")
        rows = files["power.vl.json"]["data"]["values"]
        with h5py.File(self.folder / results) as file:
            power, totals, ratios = (file[name][()] for name in ("power", "total", "odds_ratio"))
        self.assertEqual(len(rows), power.size)
        for row in rows:
            place = row["i0"], row["i1"]
            self.assertEqual((row["a0"], row["a1"]), (totals[place[0]], ratios[place[1]]))
        flat = power.reshape(len(totals) * len(ratios), -1)
        tests = flat.shape[1]
        for i, row in enumerate(rows):
            self.assertAlmostEqual(row["power"], flat[i // tests, i % tests], delta=6e-6)

    def test_specifications_are_not_replaced_unless_asked(self):
        results = self.simulate(*TACROLIMUS_FLAGS, "--replicates", 500)
        self.run_program("report", results, "--vega-lite", "p")
        self.run_program("report", results, "--vega-lite", "p", status=3)
        self.run_program("report", results, "--vega-lite", "p", "--force")


class Plot(ReportTest):
    def test_the_plot_in_the_terminal_puts_each_power_at_its_height(self):
        self.write("s.toml", '[arms]\ntotal = 60\ncontrol_rate = 0.3\n[analysis]\ntests = ["pearson"]\n'
                   '[sweep]\n"arms.odds_ratio" = [1.0, 2.0, 4.0, 8.0, 16.0]\n')
        results = self.simulate("s.toml", "--replicates", 2000)
        with h5py.File(self.folder / results) as file:
            powers, ratios = file["power"][()].ravel(), file["odds_ratio"][()]
        lines = self.run_program("show", results, "--plot", "power").stdout.splitlines()
        top = next(i for i, line in enumerate(lines) if line.startswith("  1.0 |"))
        self.assertTrue(lines[top + 20].startswith("  0.0 |"))
        columns = len(lines[top]) - 7
        marks = [(match.start() - 7, 1 - row / 20) for row, line in enumerate(lines[top:top + 21])
                 for match in re.finditer("A", line)]
        self.assertEqual(len(marks), 5)
        for (column, height), ratio, power in zip(sorted(marks), ratios, powers):
            self.assertLessEqual(abs(height - power), 0.0251)
            self.assertLessEqual(abs(column - (ratio - 1) / 15 * (columns - 1)), 0.5)


    def test_an_axis_of_one_value_is_told_of_in_the_singular(self):
        results = self.simulate("--n", "9,9", "--control-rate", 0.5, "--odds-ratio", 2, "--tests",
                                "pearson", "--intervals", "woolf", "--replicates", 500)
        self.assertIn("|", self.run_program("show", results, "--plot", "power").stdout)
        self.write("one.toml", "[arms]\ntotal = 18\ncontrol_rate = 0.5\n[sweep]\n"
                   '"arms.odds_ratio" = [2.0]\n')
        swept = self.simulate("one.toml", "--replicates", 500, output="one.h5")
        self.assertIn("1 cell: odds_ratio (1 value)\n", self.run_program("show", swept).stdout)
        self.assertIn("no axis has two numbers or more",
                      self.run_program("show", swept, "--plot", "power").stdout)

    def test_a_checkpoint_has_no_figures_to_list_or_draw(self):
        self.run_program("run", *TACROLIMUS_FLAGS, "--replicates", 400_000, "--shard", "0/2",
                         "--quiet", "-o", "part.h5")
        for flags in (["--csv"], ["--plot", "power"]):
            done = self.run_program("show", "part.h5", *flags, status=2)
            self.assertEqual(done.stdout, "")
            self.assertRegex(done.stderr, r"part\.h5: is a checkpoint or a shard.*--resume.*merge")
        self.run_program("show", "part.h5")


class LockFile(unittest.TestCase):
    def test_it_fixes_every_package_by_its_content_and_names_no_host(self):
        text = (SOURCE / "sim/report/web/package-lock.json").read_text(encoding="utf-8")
        self.assertNotIn("://", text)
        packages = json.loads(text)["packages"]
        self.assertIn("node_modules/vega-lite", packages)
        for name, package in packages.items():
            if name:
                self.assertTrue(package["integrity"].startswith("sha512-"), name)


if __name__ == "__main__":
    unittest.main()
