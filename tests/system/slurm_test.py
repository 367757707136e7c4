"""Sweeps through Slurm: killed, stopped, requeued and sent again, they end in a single process's digest."""
import os
import signal
import subprocess
import sys
import unittest

from integers import WOMEN_OF_TWO_STAGES
from slurm_node import SUBMIT, SlurmNode, number_in_lock, obstacle
from support import PROGRAM, ProgramTest

SKIPPED = 77  # what ctest takes for it

SWEEP = """
arms = { n = { treated = 75, control = 74 }, control_rate = 0.4, odds_ratio = 2.0 }
simulation = { replicates = 32_000_000, seed = 7 }
analysis = { tests = ["pearson"], intervals = ["odds_ratio:woolf"] }
[sweep]
"arms.odds_ratio" = [1.0, 1.5, 2.0]
"arms.control_rate" = [0.3, 0.4]
"""


SBATCH = """#!/bin/bash
tasks=
while [ $# -gt 0 ]; do
    case $1 in
    --array=*) tasks=${1#*=} ;;
    -*) ;;
    *) break ;;
    esac
    shift
done
export SLURM_JOB_ID=9 SLURM_ARRAY_JOB_ID=9
[ -n "$tasks" ] || "$@" >&2 || exit
for part in ${tasks//,/ }; do
    for SLURM_ARRAY_TASK_ID in $(seq "${part%-*}" "${part#*-}"); do
        export SLURM_ARRAY_TASK_ID
        "$@" >&2 || exit
    done
done
echo 9
"""


class Sending(ProgramTest):
    """What is refused before Slurm is asked."""

    def refused(self, *arguments, **environment):
        done = subprocess.run([SUBMIT, *arguments], cwd=self.folder, text=True, capture_output=True,
                              env={**os.environ, **environment})
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        return done.stderr

    def test_wrong_arguments_are_refused_with_the_remedy(self):
        self.write("sweep.toml", SWEEP)
        for arguments, message in (
                (["--tasks", "4"], "no scenario is given"),
                (["none.toml", "--tasks", "4"], "none.toml: there is no such file"),
                (["."], "there is no such file, or it cannot be read"),
                (["sweep.toml"], "no number of tasks is given"),
                (["sweep.toml", "--tasks"], "--tasks has no value"),
                (["sweep.toml", "--tasks", "0"], "--tasks 0: give a whole number, 1 or more"),
                (["sweep.toml", "--tasks=-1"], "give a whole number, 1 or more"),
                (["sweep.toml", "--tasks", "four"], "give a whole number, 1 or more"),
                (["sweep.toml", "--tasks", "4", "--array", "a"], "--array a: give a list"),
                (["sweep.toml", "--tasks", "4", "--", "--shard", "0/4"], "given by submit itself")):
            with self.subTest(arguments=arguments):
                self.assertIn(message, self.refused(*arguments))
        self.assertEqual([path.name for path in self.folder.iterdir()], ["sweep.toml"])

    def test_arrays_whose_every_task_must_fail_are_not_sent(self):
        self.write("sweep.toml", SWEEP)
        self.write("precise.toml", SWEEP.replace("seed = 7", "seed = 7, precision = 0.001"))
        self.write("women.toml", WOMEN_OF_TWO_STAGES)
        self.write("sbatch", "#!/bin/sh\necho 'unexpected' >&2\nexit 1\n").chmod(0o755)
        path = f"{self.folder}:{os.environ['PATH']}"
        for arguments, message in (
                (["precise.toml", "--tasks", "4"], "--shard with simulation.precision"),
                (["sweep.toml", "--tasks", "3", "--array", "7"], "there is no task 7"),
                (["sweep.toml", "--tasks", "3", "--array", "0-3%2"], "there is no task 3"),
                (["sweep.toml", "--tasks", "3", "--", "--replicates", "abc"], "abc"),
                (["sweep.toml", "--tasks", "3", "--", "--bogus"], "--bogus"),
                (["sweep.toml", "--tasks", "3", "--", "--max-time", "soon"], "--max-time"),
                (["women.toml", "--tasks", "2", "--", "--max-time", "60", "--quiet", "--treated-rate", "0.6,0.95"],
                 "a treated rate of 0.95 cannot be reached"),
                (["sweep.toml", "--tasks", "3", "--", "-ofoo.h5"], "given by submit itself"),
                (["sweep.toml", "--tasks", "3", "--", "--except", "a.h5"], "given by submit itself"),
                (["sweep.toml", "--tasks", "3", "--dependency", "singleton"], "Use afterany"),
                (["sweep.toml", "--tasks", "3", "-d", "singleton"], "Use afterany"),
                (["sweep.toml", "--tasks", "3", "-dsingleton"], "Use afterany"),
                (["sweep.toml", "--tasks", "3", "--dependency=singleton"], "Use afterany")):
            with self.subTest(arguments=arguments):
                self.assertIn(message, self.refused(*arguments, PATH=path))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["precise.toml", "sbatch", "sweep.toml", "women.toml"])

    def test_a_signal_at_the_start_of_a_task_requeues_it(self):
        """Bash takes the signal that it is sent before it goes on: here before the program has started."""
        self.write("scontrol", "#!/bin/sh\necho \"asked $*\"\n").chmod(0o755)
        self.write("date", "#!/bin/sh\nkill -USR1 $PPID\n").chmod(0o755)
        self.write("program", "#!/bin/sh\nexec sleep 60\n").chmod(0o755)
        done = subprocess.run(
            [SUBMIT.parent / "task", self.folder / "program", self.folder, "2"], text=True,
            capture_output=True, timeout=50, check=True,
            env={**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "SLURM_JOB_ID": "9",
                 "SLURM_ARRAY_JOB_ID": "8", "SLURM_ARRAY_TASK_ID": "1"})
        self.assertIn("asked requeue 8_1", done.stdout)

    def test_another_number_of_tasks_leaves_out_what_is_there(self):
        self.write("sweep.toml", SWEEP.replace("32_000_000", "3_000_000"))
        folder = self.folder / "sweep-shards"
        folder.mkdir()
        for i in (0, 2):
            self.run_program("run", "sweep.toml", "--shard", f"{i}/3", "-o", folder / f"shard-{i}-of-3.h5",
                             "--quiet")
        # In place of Slurm: tasks and merge are done as soon as they are sent.
        self.write("sbatch", SBATCH).chmod(0o755)
        self.write("squeue", "#!/bin/sh\n").chmod(0o755)
        environment = {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "RSASIM": PROGRAM}
        done = subprocess.run([SUBMIT, "sweep.toml", "--tasks", "5"], cwd=self.folder, text=True,
                              capture_output=True, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.run_program("run", "sweep.toml", "-o", "single.h5", "--quiet")
        digests = {self.run_program("digest", name).stdout for name in ("sweep.h5", "single.h5")}
        self.assertEqual(len(digests), 1)

    def test_without_slurm_it_says_so(self):
        self.write("sweep.toml", SWEEP)
        for name in ("bash", "dirname", "env"):
            os.symlink(f"/usr/bin/{name}", self.folder / name)
        self.assertIn("no sbatch", self.refused("sweep.toml", "--tasks", "4", PATH=str(self.folder)))

    def test_other_scenarios_and_results_are_left_alone(self):
        self.write("sweep.toml", SWEEP)
        self.write("sbatch", "#!/bin/sh\necho 'unexpected' >&2\nexit 1\n").chmod(0o755)
        path = f"{self.folder}:{os.environ['PATH']}"
        send = ["sweep.toml", "--tasks", "4"]
        self.write("sweep.h5", "mine")
        self.assertIn("exists already", self.refused(*send, PATH=path))
        (self.folder / "sweep-shards").mkdir()
        self.write("sweep-shards/scenario.toml", SWEEP + "\n")
        self.assertIn("another scenario", self.refused(*send, "-o", "sweep.h5", "--force", PATH=path))
        self.write("sweep-shards/scenario.toml", SWEEP)
        self.write("broken.toml", SWEEP.replace("pearson", "pearsn"))
        self.assertIn('Did you mean "pearson"', self.refused("broken.toml", "--tasks", "4", PATH=path))


@unittest.skipIf(obstacle(), obstacle())
class Slurm(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.slurm = cls.enterClassContext(SlurmNode())

    def setUp(self):
        super().setUp()
        self.write("sweep.toml", SWEEP)

    def log(self, name):
        return (self.folder / f"sweep-shards/logs/{name}.log").read_text(encoding="utf-8")

    def shard(self, i, tasks):
        return self.folder / f"sweep-shards/shard-{i}-of-{tasks}.h5"

    def send(self, tasks):
        return self.slurm.submit(self.folder, "sweep.toml", "--tasks", tasks, "--time", 10,
                                 "--signal", "B:USR1@60")

    def send_what_is_missing(self, tasks, missing):
        """The refused merge has named it; a second call sends it alone."""
        self.assertFalse((self.folder / "sweep.h5").exists())
        log = self.log("merge")
        self.assertIn("are in none of the", log)
        self.assertIn(f"--array={missing}\n", log)
        command = log.splitlines()[-1]
        self.assertTrue(command.startswith("cd ") and " --tasks " in command, command)
        done = subprocess.run(["bash", "-c", command], env=self.slurm.environment, check=True, text=True,
                              capture_output=True).stdout
        self.assertIn(f"Sent: tasks {missing} of {tasks} as job", done)
        return done.split("merge as job ")[1].split(".")[0]

    def assert_single_digest(self, merge):
        self.assertEqual(self.slurm.wait_for_end(merge), "COMPLETED", self.log("merge"))
        self.run_program("run", "sweep.toml", "-o", "single.h5", "--quiet", "--force")
        digests = {self.run_program("digest", name).stdout.split()[0] for name in ("sweep.h5", "single.h5")}
        self.assertEqual(len(digests), 1)

    def test_a_killed_and_a_requeued_task_end_in_a_single_runs_digest(self):
        array, merge, text = self.send(4)
        self.assertIn(str(self.folder / "sweep.h5"), text)
        number_in_lock(self.shard(0, 4))
        self.slurm.ask("scontrol", "requeue", f"{array}_0")
        os.kill(number_in_lock(self.shard(3, 4)), signal.SIGKILL)  # of the last to start
        self.assertEqual(self.slurm.wait_for_end(merge), "FAILED")
        self.assertIn("start 2", self.log("0"))
        self.assertNotIn("start 2", self.log("3"))
        self.assert_single_digest(self.send_what_is_missing(4, "3"))

    def test_a_task_stopped_by_its_limit_comes_back_and_a_cancelled_one_does_not(self):
        array, merge, _ = self.send(2)
        number_in_lock(self.shard(0, 2))
        self.slurm.ask("scancel", "--batch", "--signal=USR1", f"{array}_0")
        number_in_lock(self.shard(1, 2))
        self.slurm.ask("scancel", f"{array}_1")
        self.assertEqual(self.slurm.wait_for_end(merge), "FAILED")
        self.assertIn("stopped by SIGUSR1", self.log("0"))
        self.assertIn("start 2", self.log("0"))
        self.assertIn("stopped by SIGTERM", self.log("1"))
        self.assertNotIn("start 2", self.log("1"))
        self.assert_single_digest(self.send_what_is_missing(2, "1"))

    def test_what_is_finished_is_not_sent_again(self):
        self.write("sweep.toml", SWEEP.replace("32_000_000", "10_000"))
        self.assert_single_digest(self.send(2)[1])
        before = self.shard(0, 2).read_bytes()
        array, merge, text = self.slurm.submit(self.folder, "sweep.toml", "--tasks", 2, "--force")
        self.assertIsNone(array)
        self.assertIn("No task is missing", text)
        self.assert_single_digest(merge)
        _, merge, text = self.slurm.submit(self.folder, "sweep.toml", "--tasks=2", "--array=1", "--force")
        self.assertIn("Sent: tasks 1 of 2", text)
        self.assert_single_digest(merge)
        self.assertIn("nothing to do", self.log("1"))
        self.assertEqual(self.shard(0, 2).read_bytes(), before)

    def test_threads_are_those_of_the_task(self):
        self.write("program", f'#!/bin/bash\n[ "$1" = check ] || echo "cpus=$SLURM_CPUS_PER_TASK"\n'
                   f'exec {PROGRAM} "$@"\n').chmod(0o755)
        self.write("sweep.toml", SWEEP.replace("32_000_000", "10_000"))
        self.slurm.environment["RSASIM"] = str(self.folder / "program")
        self.addCleanup(self.slurm.environment.update, RSASIM=PROGRAM)
        self.assert_single_digest(self.send(1)[1])
        self.assertIn("cpus=1\n", self.log("0"))


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    if result.wasSuccessful() and result.skipped:
        print(f"SKIPPED: {obstacle()}")
        sys.exit(SKIPPED)
    sys.exit(not result.wasSuccessful())
