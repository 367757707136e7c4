"""What show prints of a results file is what the command that wrote it printed."""
import unittest

from support import SCENARIOS, TACROLIMUS_FLAGS, ProgramTest

TESTS = ["--tests", "fisher,pearson", "--intervals", "woolf"]


class Show(ProgramTest):
    def prints_the_same(self, *arguments):
        printed = self.run_program(*arguments, "-o", "results.h5", "--force").stdout
        self.assertEqual(self.run_program("show", "results.h5").stdout, printed)
        return printed

    def test_tests_of_no_effect(self):
        for command in [("exact", *TACROLIMUS_FLAGS),
                        ("run", *TACROLIMUS_FLAGS, "--replicates", 5000),
                        ("exact", *TACROLIMUS_FLAGS, "--sides", 1),
                        ("exact", *TACROLIMUS_FLAGS, "--alpha", "0.05,0.01")]:
            printed = self.prints_the_same(*command, *TESTS)
            self.assertNotIn("Tests of odds ratio", printed)

    def test_trials_of_women(self):
        printed = self.prints_the_same("run", SCENARIOS / "tacrolimus-patients.toml",
                                       "--replicates", 5000)
        self.assertIn("Tests of no effect\n", printed)

    def test_margins(self):
        flags = ["exact", *TACROLIMUS_FLAGS, "--tests", "score", "--intervals", "score"]
        printed = self.prints_the_same(*flags, "--null", "risk_difference=-0.1")
        self.assertIn("Tests of risk difference -0.1\n", printed.replace("−", "-"))
        printed = self.prints_the_same(*flags, "--equivalence", "odds_ratio=0.8:1.25")
        self.assertIn("Tests of equivalence: odds ratio between 0.8 and 1.25\n", printed)


if __name__ == "__main__":
    unittest.main()
