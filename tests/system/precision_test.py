"""`run --precision` stops each cell at the first look at which it is precise enough, whatever the
threads and stops; and replicates may be added to what is there."""
import json
import math
import signal
import unittest

import h5py

from integers import WOMEN
from stopping import STOPPED, StoppingTest
from support import EFFORT

SWEEP = ["--n", "75,74", "--control-rate", "0.3,0.6351", "--odds-ratio", "1,2.298",
         "--tests", "pearson,fisher", "--intervals", "odds_ratio:woolf"]
SHARES = {"power": "n_reject", "power_favourable": "n_reject_favourable", "coverage": "n_cover"}


def stopping_error(count, replicates):
    share = (count + 2) / (replicates + 4)
    return math.sqrt(share * (1 - share) / (replicates + 4))


def looks(cap):
    """4,096 5,120 6,144 7,168 8,192 10,240 and so on, and the cap."""
    power, found = 4096, []
    while power < cap:
        found += [power * quarters // 4 for quarters in (4, 5, 6, 7)]
        power *= 2
    return [look for look in found if look < cap] + [cap]


class PrecisionTest(StoppingTest):
    def simulate(self, *arguments, output="r.h5", **options):
        return self.run_program("run", *arguments, "-o", output, "--no-progress", **options)

    def digest(self, name):
        return self.run_program("digest", name).stdout.split()[0]

    def cells(self, name):
        return json.loads(self.run_program("show", name, "--json").stdout)["cells"]

    def largest_error(self, cell):
        """Over all that has to be precise, from the counts."""
        items = list(cell["tests"].values())
        items += [one for measure in cell["intervals"].values() for one in measure.values()]
        return max(stopping_error(item[count], cell["replicates"])
                   for item in items for share, count in SHARES.items() if share in item)


class Stopping(PrecisionTest):
    def test_every_cell_is_as_precise_as_asked_and_was_not_one_look_before(self):
        wanted = 0.002
        said = self.simulate(*SWEEP, "--precision", wanted).stderr
        self.assertIn("precision: every power and coverage", said)
        replicates = [cell["replicates"] for cell in self.cells("r.h5")]
        self.assertGreater(len(set(replicates)), 1)
        every_look = looks(math.ceil(0.25 / wanted**2))
        for i, cell in enumerate(self.cells("r.h5")):
            self.assertIn(cell["replicates"], every_look)
            self.assertLessEqual(self.largest_error(cell), wanted)
            at = every_look.index(cell["replicates"])
            if at == 0:
                continue
            self.simulate(*SWEEP, "--replicates", every_look[at - 1], "--force", "--quiet",
                          output="before.h5")
            self.assertGreater(self.largest_error(self.cells("before.h5")[i]), wanted)

    def test_each_cell_has_the_trials_of_a_run_of_as_many_replicates(self):
        self.simulate(*SWEEP, "--precision", 0.003)
        for i, cell in enumerate(self.cells("r.h5")):
            self.simulate(*SWEEP, "--replicates", cell["replicates"], "--force", "--quiet",
                          output="plain.h5")
            self.assertEqual(self.cells("plain.h5")[i], cell)

    def test_threads_do_not_decide(self):
        digests = set()
        for threads in (1, 2, 3, 7):
            self.simulate(*SWEEP, "--precision", 0.001, "--threads", threads, "--force")
            digests.add(self.digest("r.h5"))
        self.assertEqual(len(digests), 1)

    def test_a_cap_is_kept_and_told_of(self):
        said = self.simulate(*SWEEP, "--precision", 0.001, "--replicates", 10000).stderr
        self.assertIn("NOT REACHED in 4 of 4 cells", said)
        self.assertEqual({cell["replicates"] for cell in self.cells("r.h5")}, {10000})

    def test_a_resumed_run_at_its_cap_does_not_claim_the_precision(self):
        arguments = [*SWEEP, "--precision", 0.001, "--replicates", 10000]
        self.simulate(*arguments)
        self.assertGreater(max(map(self.largest_error, self.cells("r.h5"))), 0.001)
        said = self.simulate(*arguments, "--resume").stderr
        self.assertIn("nothing to do", said)
        self.assertIn("NOT REACHED in 4 of 4 cells", said)
        self.assertNotIn("has the precision", said)

    def test_the_caps_that_are_told_of_are_those_of_the_cells_that_they_stopped(self):
        # A power of about 0.05 and a coverage of about 0.95 are known to 0.0031 from some 5,000
        # trials on, a power of about 0.5 from some 26,000.
        scenario = self.write("caps.toml", """
            [arms]
            n = { treated = 75, control = 74 }
            control_rate = 0.6351
            odds_ratio = 1.0
            [analysis]
            tests = ["pearson"]
            intervals = ["woolf"]
            [simulation]
            precision = 0.0031
            [[sweep.zip]]
            "arms.odds_ratio" = [1.0, 2.0, 2.2]
            "simulation.replicates" = [100000, 5000, 4500]
            """)
        said = self.simulate(scenario).stderr
        errors = list(map(self.largest_error, self.cells("r.h5")))
        self.assertEqual([error > 0.0031 for error in errors], [False, True, True])
        self.assertIn("2 of 3 cells, which have simulation.replicates = 4500 to 5000 and no more",
                      said)

    def test_a_share_of_one_has_a_wilson_interval(self):
        self.simulate("--n", "400,400", "--control-rate", 0.1, "--treated-rate", 0.9, "--tests",
                      "pearson", "--intervals", "odds_ratio:woolf", "--precision", 0.01)
        power = self.cells("r.h5")[0]["tests"]["pearson"]["power"]
        n = self.cells("r.h5")[0]["replicates"]
        self.assertEqual((power["value"], power["mcse"]), (1, 0))
        self.assertAlmostEqual(power["wilson"][0], n / (n + 3.841458820694), delta=1e-12)
        self.assertEqual(power["wilson"][1], 1)
        self.assertIn("Wilson", self.run_program("show", "r.h5").stdout)

    def test_women_stop_too(self):
        scenario = self.write("women.toml", WOMEN)
        wanted = 0.008 if EFFORT == 1 else 0.0079
        self.simulate(scenario, "--precision", wanted)
        digest = self.digest("r.h5")
        for cell in self.cells("r.h5"):
            self.assertLessEqual(self.largest_error(cell), wanted)
        self.simulate(scenario, "--precision", wanted, "--threads", 1, "--force")
        self.assertEqual(self.digest("r.h5"), digest)


class GoingOn(PrecisionTest):
    def test_stops_and_resumes_change_nothing(self):
        scenario = self.write("women.toml", WOMEN)
        arguments = [scenario, "--precision", 0.001 if EFFORT == 1 else 0.004]
        self.simulate(*arguments, output="single.h5")
        stops = 0
        for attempt in range(1, 200):
            process = self.begin(*arguments, "--resume", "--max-time", 0.1 + attempt / 50)
            process.communicate()
            if process.returncode == 0:
                break
            self.assertEqual(process.returncode, STOPPED)
            stops += 1
        self.assertGreater(stops, 0)
        self.assertEqual(self.digest("r.h5"), self.digest("single.h5"))

    def test_kills_change_nothing(self):
        arguments = [*SWEEP, "--precision", 0.00002]
        kills = 3 if EFFORT == 1 else 1
        for _ in range(kills):
            process = self.begin(*arguments, "--replicates", 60_000_000, "--resume",
                                 "--checkpoint-every", "0.05")
            self.wait_for_lock()
            self.wait_for((self.folder / "r.h5").exists, "checkpoint")
            process.send_signal(signal.SIGKILL)
            process.communicate()
        self.resume(*arguments, "--replicates", 60_000_000)
        self.simulate(*arguments, "--replicates", 60_000_000, output="single.h5")
        self.assertEqual(self.digest("r.h5"), self.digest("single.h5"))

    def test_a_finished_run_is_left_alone(self):
        arguments = [*SWEEP, "--precision", 0.002]
        self.simulate(*arguments)
        before = (self.folder / "r.h5").read_bytes()
        said = self.resume(*arguments)
        self.assertIn("nothing to do", said)
        self.assertEqual((self.folder / "r.h5").read_bytes(), before)
        status = self.run_program("status", "r.h5").stdout
        self.assertIn("Nothing is missing", status)
        self.run_program("merge", "-o", "merged.h5", "r.h5")
        self.assertEqual(self.digest("merged.h5"), self.digest("r.h5"))

    def test_a_smaller_error_goes_on_to_what_it_would_have_been(self):
        self.simulate(*SWEEP, "--precision", 0.004)
        self.resume(*SWEEP, "--precision", 0.001)
        self.simulate(*SWEEP, "--precision", 0.001, output="single.h5")
        self.assertEqual(self.digest("r.h5"), self.digest("single.h5"))

    def test_replicates_are_added_to_a_complete_file_of_counts(self):
        self.simulate(*SWEEP, "--replicates", 30_000)
        self.resume(*SWEEP, "--replicates", 3_000_000)
        self.simulate(*SWEEP, "--replicates", 3_000_000, output="single.h5")
        self.assertEqual(self.digest("r.h5"), self.digest("single.h5"))

    def test_replicates_are_added_to_a_complete_file_of_women(self):
        scenario = self.write("women.toml", WOMEN)
        self.simulate(scenario, "--replicates", 5_000)
        self.resume(scenario, "--replicates", 20_000)
        self.simulate(scenario, "--replicates", 20_000, output="single.h5")
        self.assertEqual(self.digest("r.h5"), self.digest("single.h5"))

    def test_replicates_are_added_to_a_precise_file(self):
        self.simulate(*SWEEP, "--precision", 0.004)
        self.resume(*SWEEP, "--replicates", 200_000)
        self.simulate(*SWEEP, "--replicates", 200_000, output="single.h5")
        self.assertEqual(self.digest("r.h5"), self.digest("single.h5"))

    def test_other_methods_are_judged_on_a_precise_file(self):
        self.simulate(*SWEEP, "--precision", 0.003)
        self.run_program("judge", "r.h5", "--tests", "yates", "-o", "judged.h5", "--quiet")
        with h5py.File(self.folder / "judged.h5") as file:
            self.assertEqual(file.attrs["complete"], 1)
        for judged, simulated in zip(self.cells("judged.h5"), self.cells("r.h5")):
            self.assertEqual(judged["replicates"], simulated["replicates"])


class Refusals(PrecisionTest):
    def test_a_shard_cannot_be_precise_by_itself(self):
        said = self.simulate(*SWEEP, "--precision", 0.01, "--shard", "0/2", status=2).stderr
        self.assertIn("--shard", said)
        self.assertIn("precision", said)

    def test_errors_out_of_range_are_refused(self):
        for wrong in (0, -1, 0.5, "nan"):
            self.assertIn("0.001", self.simulate(*SWEEP, "--precision", wrong, status=2).stderr)

    def test_fewer_replicates_than_there_are_are_refused(self):
        self.simulate(*SWEEP, "--replicates", 30_000)
        before = (self.folder / "r.h5").read_bytes()
        said = self.run_any("run", *SWEEP, "--replicates", 20_000, "--resume", "-o", "r.h5")
        self.assertEqual((self.folder / "r.h5").read_bytes(), before)
        self.assertIn(said.returncode, (0, 2))


if __name__ == "__main__":
    unittest.main()
