"""The Snakemake workflow ends in a single process's digest, also after a kill."""
import os
import shutil
import signal
import subprocess
import sys
import unittest

from slurm_node import number_in_lock
from support import PROGRAM, SOURCE, ProgramTest

SKIPPED = 77  # what ctest takes for it
OBSTACLE = "" if shutil.which("snakemake") else "no snakemake: scripts/install_packages cluster installs it"

SWEEP = """
arms = { n = { treated = 75, control = 74 }, control_rate = 0.4, odds_ratio = 2.0 }
simulation = { replicates = 16_000_000, seed = 7 }
analysis = { tests = ["pearson"], intervals = ["odds_ratio:woolf"] }
[sweep]
"arms.odds_ratio" = [1.0, 1.5, 2.0]
"""


@unittest.skipIf(OBSTACLE, OBSTACLE)
class Workflow(ProgramTest):
    def begin(self, *more):
        process = subprocess.Popen(
            ["snakemake", "--snakefile", SOURCE / "scripts/snakemake/Snakefile", "--cores", "2",
             "--config", "scenario=sweep.toml", "tasks=3", "result=all.h5", f"program={PROGRAM}", *more],
            cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder)})
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_a_killed_shard_is_tried_again_and_the_whole_has_a_single_runs_digest(self):
        self.write("sweep.toml", SWEEP)
        process = self.begin()
        os.kill(number_in_lock(self.folder / "all-shards/shard-0-of-3.h5"), signal.SIGKILL)
        text = process.communicate(timeout=300)[0]
        self.assertEqual(process.returncode, 0, text)
        self.assertIn("Trying to restart job", text)
        self.run_program("run", "sweep.toml", "-o", "single.h5", "--quiet")
        digests = {self.run_program("digest", name).stdout.split()[0] for name in ("all.h5", "single.h5")}
        self.assertEqual(len(digests), 1)

    def test_a_failed_merge_leaves_the_earlier_result(self):
        self.write("sweep.toml", SWEEP.replace("16_000_000", "10_000"))
        process = self.begin()
        self.assertEqual(process.wait(300), 0)
        earlier = (self.folder / "all.h5").read_bytes()
        program = self.write("program", f'#!/bin/sh\n[ "$1" != merge ] || exit 3\nexec {PROGRAM} "$@"\n')
        program.chmod(0o755)
        process = self.begin(f"program={program}", "run_flags=--replicates 20000")
        text = process.communicate(timeout=300)[0]
        self.assertNotEqual(process.returncode, 0, text)
        self.assertIn("Error in rule merge", text)
        self.assertEqual((self.folder / "all.h5").read_bytes(), earlier)

    def test_replicates_are_added_to_finished_shards(self):
        self.write("sweep.toml", SWEEP.replace("16_000_000", "3_000_000"))
        self.assertEqual(self.begin().wait(300), 0)
        process = self.begin("run_flags=--replicates 7e6")
        text = process.communicate(timeout=300)[0]
        self.assertEqual(process.returncode, 0, text)
        self.run_program("run", "sweep.toml", "--replicates", "7e6", "-o", "single.h5", "--quiet")
        digests = {self.run_program("digest", name).stdout for name in ("all.h5", "single.h5")}
        self.assertEqual(len(digests), 1)

    def test_a_number_of_tasks_below_one_is_refused(self):
        self.write("sweep.toml", SWEEP)
        process = self.begin("tasks=0")
        self.assertIn("give a whole number, 1 or more", process.communicate(timeout=60)[0])
        self.assertNotEqual(process.returncode, 0)


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    if result.wasSuccessful() and result.skipped:
        print(f"SKIPPED: {OBSTACLE}")
        sys.exit(SKIPPED)
    sys.exit(not result.wasSuccessful())
