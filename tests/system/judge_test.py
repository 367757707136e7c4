"""`judge` on stored tables gives what a new run with the same analyses gives, to the last bit."""
import json
import unittest

import h5py
import numpy

from support import SCENARIOS, TACROLIMUS_FLAGS, ProgramTest

METHODS = ["--tests", "fisher-midp,pearson,fisher", "--intervals", "odds_ratio:woolf,newcombe",
           "--alpha", 0.01, "--sides", 1, "--confidence", 0.9]
FEW = ["--tests", "pearson", "--intervals", "odds_ratio:woolf"]
INDEPENDENT_SWEEP = """
arms = { total = 30, control_rate = 0.4, odds_ratio = 2.0 }
simulation = { replicates = 20_000, common_random_numbers = false }
analysis = { tests = ["pearson", "fisher"], intervals = ["woolf"], pairs = [["fisher", "odds_ratio:woolf"]] }
[sweep]
"arms.odds_ratio" = [1.0, 3.0]
"analysis.alpha" = [0.05, 0.01]
"""


def content_of(path):
    """Attributes and bytes of everything outside /provenance."""
    content = {}

    def keep(name, item):
        attributes = {key: value for key, value in item.attrs.items()
                      if key not in ("DIMENSION_LIST", "REFERENCE_LIST")}
        data = b""
        if isinstance(item, h5py.Dataset):
            values = item[()]
            data = (repr(values.tolist()) if values.dtype == object else values.tobytes(),
                    str(values.dtype), values.shape)
        content[name] = (repr(sorted((key, numpy.asarray(value).tolist())
                                     for key, value in attributes.items())), data)

    with h5py.File(path) as file:
        keep("/", file)
        for name, item in file.items():
            if name == "provenance":
                continue
            keep(name, item)
            if isinstance(item, h5py.Group):
                item.visititems(lambda below, one, name=name: keep(f"{name}/{below}", one))
    return content


class Judge(ProgramTest):
    def make(self, command, name, *arguments):
        """The JSON and the file that a command makes."""
        text = self.run_program(command, *arguments, "-o", name, "--json").stdout
        return text, content_of(self.folder / name)

    def compare(self, command, design, first, second):
        """Judging what `first` stored for the analyses `second` equals a new run of these."""
        self.make(command, "stored.h5", *design, *first)
        new_text, new_file = self.make(command, "new.h5", *design, *second)
        judged_text, judged_file = self.make("judge", "judged.h5", "stored.h5", *second)
        self.assertEqual(judged_text, new_text)
        self.assertGreater(len(new_file), 50)
        self.assertEqual(judged_file, new_file)

    def test_judging_a_simulation_equals_a_new_run_bit_for_bit(self):
        design = [*TACROLIMUS_FLAGS, "--replicates", 100_000]
        self.compare("run", design, FEW, METHODS)

    def test_judging_an_enumeration_equals_a_new_enumeration_bit_for_bit(self):
        design = ["--n", "20,25", "--control-rate", 0.4, "--odds-ratio", 3]
        self.compare("exact", design, FEW, METHODS)

    def test_judging_margins_on_tables_of_no_effect_equals_a_new_run_bit_for_bit(self):
        design = [*TACROLIMUS_FLAGS, "--replicates", 20_000]
        for margin in (["--null", "risk_difference=-0.1"],
                       ["--equivalence", "odds_ratio=0.5:2", "--tests", "score,score-exact"]):
            self.compare("run", design, FEW, [*margin, "--intervals", "odds_ratio:score,woolf"])
            (self.folder / "stored.h5").unlink()
            (self.folder / "new.h5").unlink()
            (self.folder / "judged.h5").unlink()

    def test_judging_a_sweep_equals_a_new_run_bit_for_bit(self):
        design = [SCENARIOS / "small-trials.toml", "--replicates", 5000]
        self.compare("run", design, FEW, METHODS)

    def test_a_swept_analysis_key_may_go_come_and_change(self):
        design = [self.write("sweep.toml", INDEPENDENT_SWEEP)]
        for second in (["--alpha", 0.1], ["--alpha", "0.1,0.2,0.3"], ["--confidence", "0.8,0.9"],
                       ["--set", "analysis.pairs=[]", "--direction", "lower-is-better"], []):
            with self.subTest(second=second):
                for file in self.folder.glob("*.h5"):
                    file.unlink()
                self.compare("run", design, [], second)

    def test_a_judged_file_can_be_judged_again_and_knows_where_its_tables_came_from(self):
        self.make("run", "a.h5", *TACROLIMUS_FLAGS, *FEW, "--replicates", 1000, "--seed", 7)
        self.make("judge", "b.h5", "a.h5", "--tests", "pearson")
        self.make("judge", "c.h5", "b.h5", "--tests", "fisher")
        with h5py.File(self.folder / "c.h5") as file, h5py.File(self.folder / "a.h5") as first:
            kept = file["provenance"].attrs
            self.assertEqual(kept["judged_file"], b"b.h5")
            self.assertIn(b"judge b.h5", kept["command_line"])
            self.assertEqual(kept["tables_command_line"],
                             first["provenance"].attrs["command_line"])
            self.assertNotIn("tables_tables_command_line", kept)

    def test_what_judge_cannot_change_is_refused_with_the_remedy(self):
        self.make("run", "a.h5", *TACROLIMUS_FLAGS, *FEW, "--replicates", 1000)
        for flag in ("--set=arms.n.treated=80", "--set=simulation.seed=2"):
            message = self.run_program("judge", "a.h5", flag, status=2).stderr
            self.assertIn("rsasim run", message)
        self.run_program("judge", "a.h5", "--odds-ratio", 2, status=2)
        self.run_program("judge", "a.h5", "--tests", "fihser", status=2)
        self.run_program("judge", "a.h5", "-o", "a.h5", status=3)
        self.run_program("judge", "a.h5", "-o", "a.h5", "--force", "--quiet")

    def test_a_file_without_its_scenario_is_refused(self):
        self.make("run", "a.h5", *TACROLIMUS_FLAGS, *FEW, "--replicates", 1000)
        for text, reason in (("", "no scenario"),
                             ("arms = { total = 20, control_rate = 0.5, odds_ratio = 2.0 }",
                              "not the one its tables were made from")):
            with h5py.File(self.folder / "a.h5", "a") as file:
                old = file["provenance/scenario_resolved"]
                kind = old.dtype
                del file["provenance/scenario_resolved"]
                file.create_dataset("provenance/scenario_resolved", data=text, dtype=kind)
            message = self.run_program("judge", "a.h5", status=2).stderr
            self.assertIn(reason, message)

    def test_the_csv_is_that_of_a_new_run(self):
        design = [*TACROLIMUS_FLAGS, "--replicates", 1000]
        self.make("run", "a.h5", *design, *FEW)
        new = self.run_program("run", *design, *METHODS, "-o", "b.h5", "--csv").stdout
        self.assertEqual(self.run_program("judge", "a.h5", *METHODS, "--csv").stdout, new)
        self.assertEqual(json.loads(self.run_program("judge", "a.h5", "--json").stdout)["cells"][0]
                         ["replicates"], 1000)


if __name__ == "__main__":
    unittest.main()
