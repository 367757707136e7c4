"""A run that is stopped or killed is gone on with, and ends in a single process's bytes."""
import hashlib
import os
import random
import signal
import time
import unittest
from pathlib import Path

from integers import content_of, replicates_in
from stopping import SECONDS_TO_STOP, STOPPED, StoppingTest
from support import EFFORT, PROGRAM, SOURCE

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU)
LONG = 4_900_000_000
# Judging these takes many times longer than simulating them.
COSTLY = ["--n", "400,401", "--control-rate", 0.5, "--odds-ratio", 1.5, "--intervals", "odds_ratio:woolf",
          "--tests", "boschloo[berger-boos=0.001],z-pooled-exact[berger-boos=0.001]"]
EARLY_SIGNAL = os.environ.get("RSASIM_EARLY_SIGNAL_LIBRARY",
                              str(Path(PROGRAM).parent / "tests/system/preload/libearly_signal.so"))
SHIPPED_WOMEN = SOURCE / "scenarios/tacrolimus-patients.toml"


class Stopping(StoppingTest):
    def stop_and_resume(self, arguments, number):
        process = self.begin(*arguments)
        self.wait_for_lock()
        time.sleep(0.1)
        process.send_signal(number)
        err = self.ends(process, STOPPED, SECONDS_TO_STOP)
        self.assertIn(f"stopped by {signal.Signals(number).name}", err)
        self.assertIn("--resume", err)
        return self.assert_checkpoint()

    def test_each_signal_leaves_a_checkpoint_within_five_seconds(self):
        for number in SIGNALS:
            with self.subTest(signal=number.name):
                self.stop_and_resume([*self.counts(LONG), "--force"], number)
                self.assert_only("r.h5")

    def test_counts_go_on_to_a_single_runs_bytes(self):
        arguments = self.counts(100_000_000)
        expected = self.expected(*arguments)
        for number in SIGNALS[:2]:
            process = self.begin(*arguments, "--force")
            self.wait_for_lock()
            time.sleep(0.1)
            process.send_signal(number)
            process.wait(SECONDS_TO_STOP)
            self.resume(*arguments)
            self.assert_same("r.h5", expected)
            self.assert_only("r.h5", "single.h5")

    def test_women_go_on_to_a_single_runs_bytes(self):
        arguments = self.women(200_000)
        expected = self.expected(*arguments)
        parts = [0]
        for attempt in range(1, 200):
            process = self.begin(*arguments, "--resume", "--max-time", 0.2 + attempt / 20)
            process.communicate()
            if process.returncode == 0:
                break
            self.assertEqual(process.returncode, STOPPED)
            parts.append(self.assert_checkpoint() if (self.folder / "r.h5").exists() else 0)
        self.assert_same("r.h5", expected)
        self.assertEqual(parts, sorted(parts))
        self.assertGreater(parts[-1], 0)

    def test_a_time_limit_stops_with_a_checkpoint(self):
        start = time.monotonic()
        err = self.ends(self.begin(*self.counts(LONG), "--max-time", "0:01"), STOPPED)
        self.assertIn("stopped by the time limit", err)
        self.assertLess(time.monotonic() - start, 1 + SECONDS_TO_STOP)
        self.assertGreater(self.assert_checkpoint(), 0)

    def test_a_signal_before_the_program_waits_for_signals_stops_it_too(self):
        environment = {"LD_PRELOAD": EARLY_SIGNAL, "ASAN_OPTIONS": "verify_asan_link_order=0"}
        done = self.run_program("run", *self.counts(LONG), "-o", "r.h5", status=STOPPED,
                                env={**os.environ, **environment})
        self.assertIn("stopped by SIGTERM", done.stderr)

    def test_a_stop_while_models_are_solved_for_leaves_nothing(self):
        rates = ",".join(f"{rate / 1000}" for rate in range(650, 850))
        process = self.begin(SHIPPED_WOMEN, "--treated-rate", rates)
        self.wait_for_lock()
        process.send_signal(signal.SIGUSR1)
        self.assertIn("stopped by SIGUSR1 before the work began", self.ends(process, STOPPED, SECONDS_TO_STOP))
        self.assert_only()

    def test_a_stop_while_costly_tests_are_judged_keeps_all_replicates(self):
        arguments = [*COSTLY, "--replicates", 100_000]
        process = self.begin(*arguments)
        self.wait_for_lock()
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        self.ends(process, STOPPED, SECONDS_TO_STOP)
        self.assertEqual(self.assert_checkpoint(), 100_000)
        self.assert_only("r.h5")

    def test_a_shard_is_stopped_and_gone_on_with(self):
        arguments = [*self.counts(1_600_000_000), "--shard", "1/3"]
        self.run_program("run", *arguments, "-o", "single.h5", "--quiet")
        process = self.begin(*arguments)
        self.wait_for_lock()
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        self.ends(process, STOPPED)
        self.assertLess(self.assert_checkpoint(), replicates_in(self.folder / "single.h5"))
        self.resume(*arguments)
        self.assert_same("r.h5", content_of(self.folder / "single.h5"))

    def test_checkpoints_are_written_while_the_work_goes_on(self):
        process = self.begin(*self.counts(LONG), "--checkpoint-every", 0.1)
        self.wait_for((self.folder / "r.h5").exists, "checkpoint")
        sizes = {self.assert_checkpoint()}
        time.sleep(1)
        sizes.add(self.assert_checkpoint())
        self.assertEqual(len(sizes), 2)
        self.assertIsNone(process.poll())


class Resuming(StoppingTest):
    def test_a_missing_output_is_started_anew(self):
        arguments = self.counts(1_000_000)
        expected = self.expected(*arguments)
        self.assertIn("is not there yet", self.resume(*arguments))
        self.assert_same("r.h5", expected)

    def test_finished_work_is_left_alone(self):
        arguments = self.counts(1_000_000)
        for extra in ([], ["--shard", "0/2"]):
            self.run_program("run", *arguments, *extra, "-o", "r.h5", "--force", "--quiet")
            path = self.folder / "r.h5"
            os.utime(path, (1, 1))
            os.utime(self.folder, (1, 1))
            before = path.read_bytes()
            self.assertIn("nothing to do", self.resume(*arguments, *extra))
            self.assertEqual(path.read_bytes(), before)
            self.assertEqual((path.stat().st_mtime, self.folder.stat().st_mtime), (1, 1))

    def test_finished_work_of_another_kind_is_refused(self):
        arguments = [*"--n 75,74 --control-rate 0.5 --odds-ratio 2 --replicates 1000".split(),
                     "--tests", "fisher", "--intervals", "odds_ratio:woolf", "--seed", 1]
        for extra in ([], ["--shard", "0/2"]):
            self.run_program("run", *arguments, *extra, "-o", "r.h5", "--force", "--quiet")
            before = (self.folder / "r.h5").read_bytes()
            for other, words in ((["--seed", 3], ["its seed is 1 and not 3"]),
                                 (["--tests", "pearson"], ["another analysis", "rsasim judge"]),
                                 (["--alpha", 0.01], ["analysis.alpha = 0.01", "rsasim judge"])):
                names = other[::2]
                kept = [word for i, word in enumerate(arguments)
                        if word not in names and arguments[max(i - 1, 0)] not in names]
                done = self.run_program("run", *kept, *other, *extra, "-o", "r.h5", "--resume", status=2)
                for word in words:
                    self.assertIn(word, done.stderr)
                self.assertEqual((self.folder / "r.h5").read_bytes(), before)

    def test_more_replicates_are_added_to_a_finished_run(self):
        for few, many in ((self.counts(2_500_000), self.counts(6_000_000)),
                          (self.women(10_001), self.women(20_000))):
            self.run_program("run", *few, "-o", "r.h5", "--quiet", "--force")
            self.resume(*many)
            self.assert_same("r.h5", self.expected(*many))
            self.resume(*few)  # it has more than these, and stays
            self.assert_same("r.h5", content_of(self.folder / "single.h5"))
            (self.folder / "single.h5").unlink()

    def test_another_split_goes_on_from_a_shard(self):
        arguments = self.counts(6_000_000)
        self.run_program("run", *arguments, "--shard", "1/3", "-o", "r.h5", "--quiet")
        self.resume(*arguments, "--shard", "0/2")
        self.resume(*arguments)
        self.assert_same("r.h5", self.expected(*arguments))

    def test_other_work_is_refused_with_what_differs(self):
        design = ["--n", "75,74", "--odds-ratio", 2, "--replicates", 1000]
        self.run_program("run", *design, "--control-rate", 0.5, "--shard", "0/1", "-o", "r.h5", "--quiet")
        before = (self.folder / "r.h5").read_bytes()
        for flags, differs in ((["--control-rate", 0.6], "arms.control_rate = 0.5"),
                               (["--control-rate", 0.5, "--seed", 7], "seed is 1 and not 7"),
                               (["--control-rate", "0.5,0.6"], "arms.control_rate = [0.5, 0.6]")):
            err = self.resume(*design, *flags, status=2)
            self.assertIn(differs, err)
            self.assertIn("r.h5", err)
        fewer = [*design[:-1], 500]
        self.assertIn("up to 1000", self.resume(*fewer, "--control-rate", 0.5, status=2))
        self.assertEqual((self.folder / "r.h5").read_bytes(), before)

    def test_women_are_not_gone_on_with_under_other_analyses(self):
        women = self.women(10_000)
        self.run_program("run", *women, "--shard", "0/2", "-o", "r.h5", "--quiet")
        err = self.resume(*women, "--alpha", 0.01, status=2)
        self.assertIn("analysis.alpha = 0.01", err)

    def test_counts_are_gone_on_with_under_other_analyses(self):
        arguments = self.counts(3_000_000)
        self.run_program("run", *arguments, "--shard", "0/2", "-o", "r.h5", "--quiet")
        self.resume(*arguments, "--alpha", 0.01)
        self.assert_same("r.h5", self.expected(*arguments, "--alpha", 0.01))

    def test_an_unfinished_file_is_neither_replaced_nor_resumed_unasked(self):
        arguments = self.counts(1_000_000)
        self.run_program("run", *arguments, "--shard", "0/2", "-o", "r.h5", "--quiet")
        before = (self.folder / "r.h5").read_bytes()
        err = self.run_program("run", *arguments, "-o", "r.h5", status=3).stderr
        self.assertIn("--resume", err)
        self.assertIn("--force", err)
        self.assertEqual((self.folder / "r.h5").read_bytes(), before)
        self.run_program("run", *arguments, "-o", "r.h5", "--force", "--quiet")
        self.assert_only("r.h5")

    def test_resume_and_force_exclude_each_other(self):
        err = self.run_program("run", *self.counts(1000), "--resume", "--force", status=2).stderr
        self.assertIn("Give one of them", err)

    def test_what_is_no_results_file_is_not_resumed(self):
        self.write("r.h5", "a text")
        self.assertIn("r.h5", self.resume(*self.counts(1000), status=3))
        self.assertEqual((self.folder / "r.h5").read_text(), "a text")

    def test_a_checkpoint_is_shown_and_judged(self):
        arguments = self.counts(3_000_000)
        self.run_program("run", *arguments, "--shard", "0/2", "-o", "r.h5", "--quiet")
        text = " ".join(self.run_program("show", "r.h5").stdout.split())
        for part in ("NOT COMPLETE", "2 are begun", "--resume", "rsasim merge"):
            self.assertIn(part, text)
        self.assertNotIn("rsasim judge", text)  # it needs replicates of every cell
        shown = self.run_json("show", "r.h5")
        self.assertEqual((shown["complete"], shown["derived"]), (False, False))
        self.assertEqual(sum(cell["replicates"] for cell in shown["cells"]), 2 * int(arguments[-1]))
        err = self.run_program("judge", "r.h5", status=2).stderr
        self.assertIn("cell 2", err)
        self.assertIn("--resume", err)


class Locking(StoppingTest):
    def test_a_second_process_leaves_and_says_who_writes(self):
        first = self.begin(*self.counts(LONG), "--checkpoint-every", 0.1)
        self.wait_for((self.folder / "r.h5").exists, "checkpoint")
        for extra in ([], ["--resume"], ["--force"]):
            second = self.begin(*self.counts(LONG), *extra)
            err = self.ends(second, 3, SECONDS_TO_STOP)
            self.assertIn(f"is being written by another process: {first.pid}", err)
        self.assertIsNone(first.poll())

    def test_a_killed_process_does_not_block_the_next(self):
        arguments = self.counts(30_000_000)
        process = self.begin(*arguments)
        self.wait_for_lock()
        process.kill()
        process.wait()
        self.assertTrue((self.folder / "r.h5.lock").exists())
        half_written = f".rsasim-{hashlib.sha256(b'r.h5').hexdigest()[:16]}-99-0.tmp"
        self.write(half_written, "")
        self.resume(*arguments)
        self.assert_only("r.h5")

    def test_a_process_killed_after_its_last_writing_leaves_a_lock_that_goes(self):
        process = self.begin(*self.counts(LONG))
        self.wait_for_lock()
        time.sleep(0.1)
        process.kill()
        process.wait()
        lock = (self.folder / "r.h5.lock").rename(self.folder / "kept")
        arguments = self.counts(1_000_000)
        self.run_program("run", *arguments, "-o", "r.h5", "--quiet")
        lock.rename(self.folder / "r.h5.lock")
        self.assertIn("nothing to do", self.resume(*arguments))
        self.assert_only("r.h5")

    def test_a_requeued_job_takes_over_from_its_earlier_start(self):
        lock = ("rsasim lock 1\npid=1\nstarted=1\nrestarts=0\nhost=elsewhere\nmachine=m\nboot=b\n"
                "processes=p\njob=17\nsince=now\ntoken=abc\n")
        arguments = ["run", *self.counts(1000), "-o", "r.h5"]
        self.write("r.h5.lock", lock)
        other = {**os.environ, "SLURM_JOB_ID": "18", "SLURM_RESTART_COUNT": "1"}
        self.assertIn("on elsewhere, Slurm job 17", self.run_program(*arguments, status=3, env=other).stderr)
        self.run_program(*arguments, env={**other, "SLURM_JOB_ID": "17"})
        self.assert_only("r.h5")

    def test_the_lock_goes_when_the_run_fails(self):
        os.mkdir(self.folder / "r.h5")
        self.run_program("run", *self.counts(1000), "-o", "r.h5", status=3)
        self.assert_only("r.h5")


class Killing(StoppingTest):
    def kill_and_resume(self, arguments, delay, expected):
        """Killed after `delay`: the file is whole or not there, and is gone on with."""
        (self.folder / "r.h5").unlink(missing_ok=True)
        process = self.begin(*arguments, "--checkpoint-every", 0.05)
        time.sleep(delay)
        process.kill()
        process.communicate()
        if (self.folder / "r.h5").exists():
            self.run_program("show", "r.h5")
        self.resume(*arguments)
        self.assert_same("r.h5", expected)
        self.assert_only("r.h5")

    def test_killed_at_random_instants_it_ends_in_a_single_runs_bytes(self):
        kills = max(int(20 * EFFORT), 4)
        chance = random.Random(20230313)
        for arguments in (self.counts(150_000_000), self.women(20_000)):
            start = time.monotonic()
            expected = self.expected(*arguments)
            (self.folder / "single.h5").unlink()
            whole = time.monotonic() - start
            for _ in range(kills // 2):
                delay = chance.uniform(0, 1.1 * whole)
                with self.subTest(delay=delay):
                    self.kill_and_resume(arguments, delay, expected)
            (self.folder / "r.h5").unlink()


if __name__ == "__main__":
    unittest.main()
