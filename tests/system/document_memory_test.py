"""Documents are printed cell by cell: what they take beside the results does not grow with them."""
import os
import subprocess
import unittest

from support import PROGRAM, ProgramTest

# 2,000 cells, of which the JSON and the CSV have some ten thousand bytes each.
SWEEP = ["--n", "20,20", "--control-rate", "0.2:0.599:0.001", "--odds-ratio", "1:3:0.5", "--tests",
         "pearson,fisher", "--intervals", "odds_ratio:woolf,risk_difference:score"]


class DocumentMemory(ProgramTest):
    def peak_of(self, *arguments):
        """Bytes of memory at the peak, and of standard output."""
        output = self.folder / "document"
        with open(output, "wb") as document:
            process = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=self.folder,
                                       stdout=document)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return usage.ru_maxrss * 1024, output.stat().st_size

    def compare(self, *arguments):
        """Against the same command without a document."""
        without, _ = self.peak_of(*arguments)
        for flag in ("--json", "--csv"):
            peak, size = self.peak_of(*arguments, flag)
            self.assertGreater(size, 20_000_000)
            self.assertLess(peak - without, size / 4, f"{arguments[0]} {flag}")

    def test_show_holds_the_results_and_not_the_document(self):
        self.run_program("run", *SWEEP, "--replicates", 100, "-o", "sweep.h5", "--quiet")
        self.compare("show", "sweep.h5")

    def test_judge_holds_the_results_and_not_the_document(self):
        self.run_program("run", *SWEEP, "--replicates", 100, "-o", "sweep.h5", "--quiet")
        self.compare("judge", "sweep.h5", "--alpha", "0.01")

    def test_run_holds_the_results_and_not_the_document(self):
        self.compare("run", *SWEEP, "--replicates", 100, "-o", "sweep.h5", "--force", "--quiet")

    def test_exact_holds_the_results_and_not_the_document(self):
        self.compare("exact", *SWEEP)


if __name__ == "__main__":
    unittest.main()
