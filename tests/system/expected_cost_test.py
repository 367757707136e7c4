"""What `check` expects of a run against what the run needed. Memory and file size are held to a
fifth; seconds depend on who else uses the machine and are only printed."""
import os
import subprocess
import time
import unittest

from support import PROGRAM, SCENARIOS, ProgramTest

SWEEP = ["--n", "60,60", "--control-rate", "0.3:0.7:0.004", "--odds-ratio", "1,1.5,2"]


class ExpectedCost(ProgramTest):
    def needed(self, arguments):
        """Seconds, bytes of memory at the peak, and bytes of the file."""
        output = self.folder / "needed.h5"
        command = [PROGRAM, "run", *map(str, arguments), "-o", output, "--force", "--quiet"]
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=self.folder)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return seconds, usage.ru_maxrss * 1024, output.stat().st_size

    def compare(self, *arguments):
        expected = self.run_json("check", *arguments)["expected"]
        seconds, memory, size = self.needed(arguments)
        print(f"{' '.join(map(str, arguments))}: expected / needed: "
              f"seconds {expected['seconds'] / seconds:.2f}, "
              f"memory {expected['memory_bytes'] / memory:.2f}, "
              f"file {expected['file_bytes'] / size:.2f}", flush=True)
        self.assertGreater(expected["memory_bytes"], 0.8 * memory)
        self.assertLess(expected["memory_bytes"], 1.2 * memory)
        self.assertGreater(expected["file_bytes"], 0.8 * size)
        self.assertLess(expected["file_bytes"], 1.2 * size)

    def test_one_cell_few_replicates(self):
        self.compare(SCENARIOS / "tacrolimus.toml", "--replicates", 10_000)

    def test_one_cell_many_replicates(self):
        self.compare(SCENARIOS / "tacrolimus.toml", "--replicates", 20_000_000)

    def test_a_sweep_of_counts(self):
        self.compare(*SWEEP, "--replicates", 100_000)

    def test_many_cells_that_are_much_alike(self):
        self.compare(*"--n 75,74 --control-rate 0.3:0.7:0.00004 --odds-ratio 2 --tests fisher".split(),
                     "--intervals", "odds_ratio:woolf", "--replicates", 10_000)

    def test_many_sizes_of_arms(self):
        self.compare(*"--total 50:549:1 --control-rate 0.3:0.7:0.05 --odds-ratio 2".split(),
                     "--tests", "pearson,fisher", "--intervals", "odds_ratio:woolf", "--replicates", 20_000)

    def test_women(self):
        self.compare(SCENARIOS / "tacrolimus-patients.toml", "--replicates", 50_000)

    def test_a_sweep_of_women(self):
        self.compare(SCENARIOS / "allocation-schemes.toml", "--replicates", 5_000)


if __name__ == "__main__":
    unittest.main()
