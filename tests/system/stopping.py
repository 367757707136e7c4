"""What the tests of stopping and resuming share: runs that are interrupted and gone on with."""
import os
import signal
import subprocess
import time

from integers import WOMEN, attributes_of, content_of, replicates_in
from support import PROGRAM, ProgramTest, replicates

# What a stopped run exits with, and how long it may take to.
STOPPED = 75
SECONDS_TO_STOP = 5 if os.environ.get("RSASIM_EFFORT", "1") == "1" else 60

COUNTS = ["--n", "75,74", "--control-rate", "0.5:0.6:0.1", "--odds-ratio", "1,2",
          "--tests", "pearson", "--intervals", "odds_ratio:woolf", "--replicates"]


def with_default_signals():
    """A child must not inherit what the caller of the tests ignores."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


class StoppingTest(ProgramTest):
    def counts(self, wanted):
        return [*COUNTS, str(replicates(wanted, 2_000_000))]

    def women(self, wanted):
        return [self.write("women.toml", WOMEN), "--replicates", replicates(wanted)]

    def begin(self, *arguments, output="r.h5", threads=2):
        """A run in the background."""
        process = subprocess.Popen(
            [PROGRAM, "run", *map(str, arguments), "-o", output, "--threads", str(threads)],
            cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=with_default_signals)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def ends(self, process, status, within=600):
        start = time.monotonic()
        out, err = process.communicate(timeout=within)
        self.assertEqual(process.returncode, status, f"{out[-500:]}\n{err}")
        self.assertLess(time.monotonic() - start, within)
        return err

    def wait_for(self, condition, what):
        for _ in range(60_000):
            if condition():
                return
            time.sleep(0.001)
        self.fail(f"no {what} in a minute")

    def wait_for_lock(self, output="r.h5"):
        self.wait_for((self.folder / f"{output}.lock").exists, "lock")

    def resume(self, *arguments, output="r.h5", status=0):
        return self.run_program("run", *arguments, "-o", output, "--resume", "--threads", 2,
                                status=status).stderr

    def expected(self, *arguments):
        """What a single process gives."""
        self.run_program("run", *arguments, "-o", "single.h5", "--quiet")
        return content_of(self.folder / "single.h5")

    def assert_checkpoint(self, output="r.h5"):
        """The file is a readable checkpoint; gives the replicates in it."""
        path = self.folder / output
        self.run_program("show", path)
        attributes = attributes_of(path)
        self.assertEqual((attributes["complete"], attributes["derived"]), (0, 0))
        return replicates_in(path)

    def assert_same(self, output, expected):
        found = content_of(self.folder / output)
        self.assertEqual(found.keys(), expected.keys())
        for name, value in expected.items():
            self.assertEqual(found[name], value, name)

    def assert_only(self, *names):
        """No lock and no temporary is left."""
        self.assertEqual(sorted(path.name for path in self.folder.iterdir() if path.suffix != ".toml"),
                         sorted(names))
