"""Whichever call on a file fails, for whatever reason: exit status 3, a message with path and cause,
the earlier file byte for byte, nothing left over. A preloaded library fails the k-th call, for each
k until the program gets through."""
import errno
import os
import shutil
import subprocess
import time
import unittest

from integers import content_of
from support import PROGRAM, TACROLIMUS_FLAGS, ProgramTest, replicates

LIBRARY = os.environ["RSASIM_FAIL_CALL_LIBRARY"]
ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)
# After one of these nothing may be taken for written.
WRITING = ("create", "write", "fsync", "rename", "ftruncate", "close")
# After one of these the work may be done all the same, another way.
READING = ("open", "read", "close_read", "link")

DESIGN = [*TACROLIMUS_FLAGS, "--tests", "pearson", "--intervals", "odds_ratio:woolf",
          "--replicates", str(3 << 20)]
MORE_CALLS_THAN_THERE_ARE = 500

# Long enough for some checkpoints; how many depends on the machine.
LONG = [*DESIGN[:-1], replicates(3 << 25, 3 << 22), "--checkpoint-every", "0.02"]
CALLS_OF_THE_FIRST_CHECKPOINTS = 24


class FailingCalls(ProgramTest):
    def setUp(self):
        super().setUp()
        self.inputs = self.folder / "inputs"
        self.work = self.folder / "work"
        self.inputs.mkdir()

    def prepare(self, *arguments):
        self.run_program(*arguments, "--quiet", "--force")

    def shards(self):
        for i in range(2):
            self.prepare("run", *DESIGN, "--shard", f"{i}/2", "-o", f"inputs/s{i}.h5")
        return ["s0.h5", "s1.h5"]

    def run_failing(self, call, error, names, arguments, is_lasting):
        """One run in a fresh copy of the inputs; gives it, and what failed: (name, path)s."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.inputs, self.work)
        log = self.folder / "failed.log"
        log.unlink(missing_ok=True)
        settings = {"LD_PRELOAD": LIBRARY, "RSASIM_FAIL_UNDER": str(self.work.resolve()),
                    "RSASIM_FAIL_CALLS": ",".join(names), "RSASIM_FAIL_CALL": str(call),
                    "RSASIM_FAIL_ERRNO": str(error), "RSASIM_FAIL_LOG": str(log),
                    # The sanitizer wants to be the first library; these calls it does not watch.
                    "ASAN_OPTIONS": "verify_asan_link_order=0"}
        if is_lasting:
            settings["RSASIM_FAIL_REST"] = "1"
        done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.work, text=True,
                              capture_output=True, check=False, env={**os.environ, **settings})
        failed = [line.split(" ", 1) for line in log.read_text().splitlines()] if log.exists() else []
        return done, failed

    def assert_refused(self, done, error):
        self.assertEqual(done.returncode, 3, done.stderr)
        message = done.stderr.splitlines()[-1]
        self.assertIn(os.strerror(error), message)
        self.assertRegex(message, r"[\w/]+\.(h5|toml)")

    def assert_untouched(self):
        self.assertEqual(sorted(path.name for path in self.work.iterdir()),
                         sorted(path.name for path in self.inputs.iterdir()))
        for path in self.inputs.iterdir():
            self.assertEqual((self.work / path.name).read_bytes(), path.read_bytes(), path.name)

    def assert_written(self, output, expected):
        self.assertEqual(content_of(self.work / output), expected)
        left = {path.name for path in self.work.iterdir()} - {path.name for path in self.inputs.iterdir()}
        self.assertLessEqual(left, {output})

    def fail_each_call(self, *arguments, output="r.h5", names=WRITING + READING, is_lasting=False):
        done, _ = self.run_failing(0, errno.EIO, [], arguments, False)
        self.assertEqual(done.returncode, 0, done.stderr)
        expected = content_of(self.work / output)
        seen = set()
        for call in range(1, MORE_CALLS_THAN_THERE_ARE):
            error = ERRORS[call % len(ERRORS)]
            done, failed = self.run_failing(call, error, names, arguments, is_lasting)
            with self.subTest(call=call, failed=failed, error=os.strerror(error)):
                if done.returncode == 0:
                    self.assertFalse({name for name, _ in failed} & set(WRITING), done.stderr)
                    self.assert_written(output, expected)
                else:
                    self.assert_refused(done, error)
                    if "is written whole" in done.stderr:  # it could not be put back either
                        self.assertTrue(is_lasting)
                        self.assert_written(output, expected)
                    else:
                        self.assert_untouched()
            seen.update(name for name, _ in failed)
            if not failed:
                break
        self.assertEqual(failed, [])
        self.assertLessEqual({"create", "write", "fsync", "rename", "close"}, seen)

    def test_a_run_over_an_earlier_file(self):
        self.prepare("run", *DESIGN, "--seed", 2, "-o", "inputs/r.h5")
        self.fail_each_call("run", *DESIGN, "--force", "-o", "r.h5")

    def test_a_run_without_an_earlier_file(self):
        self.fail_each_call("run", *DESIGN, "-o", "r.h5")

    def test_a_run_of_a_scenario_file(self):
        scenario = "arms = { n = [9, 9], control_rate = 0.4, odds_ratio = 2.0 }\n"
        (self.inputs / "a.toml").write_text(scenario.replace("[9, 9]", "{ treated = 9, control = 9 }"))
        self.fail_each_call("run", "a.toml", "--replicates", 1000, output="a.h5")

    def test_a_resume(self):
        self.prepare("run", *DESIGN, "--shard", "0/2", "-o", "inputs/r.h5")
        self.fail_each_call("run", *DESIGN, "--resume", "-o", "r.h5")

    def test_a_merge(self):
        shards = self.shards()
        self.prepare("run", *DESIGN, "--seed", 2, "-o", "inputs/r.h5")
        self.fail_each_call("merge", "--force", "-o", "r.h5", *shards)

    def test_a_judgement(self):
        self.prepare("run", *DESIGN, "-o", "inputs/tables.h5")
        self.prepare("run", *DESIGN, "--seed", 2, "-o", "inputs/r.h5")
        self.fail_each_call("judge", "tables.h5", "--tests", "fisher", "--force", "-o", "r.h5")

    def test_an_enumeration(self):
        self.prepare("exact", *DESIGN[:-2], "-o", "inputs/r.h5")
        self.fail_each_call("exact", *DESIGN[:-2], "--alpha", 0.01, "--force", "-o", "r.h5")

    def test_a_disk_that_stays_broken(self):
        shards = self.shards()
        self.prepare("run", *DESIGN, "--shard", "0/2", "-o", "inputs/r.h5")
        for arguments in (["run", *DESIGN, "--resume", "-o", "r.h5"],
                          ["merge", "--force", "-o", "r.h5", *shards]):
            self.fail_each_call(*arguments, names=WRITING, is_lasting=True)

    def fail_in_a_long_run(self, *arguments, is_lasting=False):
        """Whenever a call fails, what is left goes on by --resume to the same results."""
        self.prepare("run", *LONG, "-o", "expected.h5")
        expected = content_of(self.folder / "expected.h5")
        statuses, warned = set(), 0
        for call in range(1, CALLS_OF_THE_FIRST_CHECKPOINTS):
            error = ERRORS[call % len(ERRORS)]
            done, failed = self.run_failing(call, error, WRITING, ["run", *LONG, *arguments], is_lasting)
            with self.subTest(call=call, failed=failed, error=os.strerror(error), said=done.stderr):
                statuses.add(done.returncode)
                warned += "warning: no checkpoint now" in done.stderr
                if done.returncode == 3:
                    self.assert_refused(done, error)
                else:
                    self.assertIn(done.returncode, (0, 75))
                    self.assertTrue(not failed or os.strerror(error) in done.stderr)
                self.assertLessEqual({path.name for path in self.work.iterdir()}, {"r.h5"})
                self.run_program("run", *LONG, "--resume", "--quiet", "-o", "work/r.h5")
                self.assertEqual(content_of(self.work / "r.h5"), expected)
        self.assertIn(3, statuses)
        return statuses, warned

    def test_the_checkpoints_of_a_run(self):
        statuses, warned = self.fail_in_a_long_run("-o", "r.h5")
        self.assertEqual(statuses, {0, 3})
        self.assertGreater(warned, 0)

    def test_checkpoints_on_a_disk_that_stays_broken(self):
        _, warned = self.fail_in_a_long_run("-o", "r.h5", is_lasting=True)
        self.assertGreater(warned, 0)

    def seconds_of(self, *arguments):
        start = time.monotonic()
        self.prepare("run", *arguments, "-o", "timed.h5")
        return time.monotonic() - start

    def test_a_stop_at_the_time_limit(self):
        shortly_after_the_start = (2 * self.seconds_of(*DESIGN) + self.seconds_of(*LONG)) / 3
        statuses, _ = self.fail_in_a_long_run("--max-time", f"{shortly_after_the_start:.3f}",
                                              "-o", "r.h5")
        self.assertLessEqual({75, 3}, statuses)


if __name__ == "__main__":
    unittest.main()
