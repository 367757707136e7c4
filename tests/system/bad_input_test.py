"""Bad input: a message that says where, what, the rule and the remedy; exit status 2; no file."""
import unittest

from support import TACROLIMUS_FLAGS, ProgramTest

ARMS = "[arms]\nn = { treated = 75, control = 74 }\ncontrol_rate = 0.6\ntreated_rate = 0.8\n"


class BadInput(ProgramTest):
    def refused(self, *arguments, saying, status=2):
        done = self.run_program(*arguments, status=status)
        self.assertEqual(done.stdout, "", arguments)
        for words in saying:
            self.assertIn(words, done.stderr)
        self.assertNotIn("internal error", done.stderr)
        self.assertEqual([path.name for path in self.folder.glob("*.h5")], [])
        return done.stderr

    def refused_scenario(self, text, *saying):
        path = self.write("rsa.toml", text)
        return self.refused("run", path.name, saying=saying)

    def test_malformed_toml_is_refused_with_its_line(self):
        self.refused_scenario("[arms\nn = 3\n", "rsa.toml:1")

    def test_an_unknown_key_is_refused_with_a_suggestion(self):
        self.refused_scenario(ARMS + "control_rat = 0.5\n", "rsa.toml:5", "control_rate")

    def test_all_faults_are_reported_at_once(self):
        text = self.refused_scenario(
            "[arms]\nn = { treated = 0, control = -4 }\ncontrol_rate = 1.5\nodds_ratio = 2\n"
            "risk_ratio = 2\n[analysis]\ntests = [\"boschlo\", \"fischer\"]\n",
            "rsa.toml:2", "rsa.toml:3", "rsa.toml:7", "fisher")
        self.assertGreaterEqual(len(text.strip().splitlines()), 5)

    def test_contradictory_effects_are_refused(self):
        self.refused("run", *TACROLIMUS_FLAGS, "--odds-ratio", "2", saying=["--odds-ratio"])

    def test_a_rate_that_the_effect_cannot_reach_is_refused(self):
        self.refused("exact", "--n", "75,74", "--control-rate", "0.8", "--risk-ratio", "1.5",
                     saying=["1.2"])

    def test_an_unknown_method_is_refused_with_a_suggestion(self):
        self.refused("exact", *TACROLIMUS_FLAGS, "--tests", "pearsn", saying=["pearson", "rsasim methods"])

    def test_an_unknown_flag_or_command_is_refused(self):
        self.refused("run", "--nonsense", saying=["--nonsense"])
        self.refused("rum", saying=["rum"])

    def test_a_missing_scenario_is_a_file_error(self):
        self.refused("run", "absent.toml", saying=["absent.toml"], status=3)

    def test_nothing_at_all_is_refused_with_what_is_needed(self):
        self.refused("run", saying=["--n", "control"])

    def test_a_table_that_is_none_is_refused(self):
        self.refused("analyze", "76/75", "47/74", saying=["76/75"])
        self.refused("analyze", "60-75", "47/0", saying=["60-75", "47/0"])

    def test_an_unknown_method_name_is_refused_by_methods(self):
        self.refused("methods", "fischer", saying=["fisher"])

    def test_a_design_too_large_to_enumerate_is_refused_with_the_alternative(self):
        self.refused("exact", "--n", "5000000,5000000", "--control-rate", "0.5", "--odds-ratio",
                     "1.1", saying=["rsasim run"])

    def test_a_huge_run_says_how_long_it_would_take(self):
        done = self.run_program("check", *TACROLIMUS_FLAGS, "--replicates", "1000000000000")
        self.assertRegex(done.stdout, r"about \d")


class Degenerate(ProgramTest):
    """Tables and designs without an answer give statuses, never a crash or a NaN."""

    def test_degenerate_tables_are_analysed(self):
        for treated, control in (("0/5", "0/5"), ("5/5", "5/5"), ("0/1", "1/1"), ("1/1", "0/1"),
                                 ("0/10", "10/10"), ("0/100000000", "100000000/100000000")):
            text = self.run_program("analyze", treated, control).stdout
            self.assertNotRegex(text.lower(), r"\bnan\b")
            found = self.run_json("analyze", treated, control)
            self.assertNotIn("NaN", str(found))
            for test in found["tests"].values():
                if test["p_value"] is None:
                    self.assertNotEqual(test["status"], "ok")
                else:
                    self.assertTrue(0 <= test["p_value"] <= 1)

    def test_degenerate_designs_are_simulated_and_enumerated(self):
        for control, treated in (("0", "0"), ("1", "1"), ("0", "1"), ("0.5", "1")):
            for n in ("1,1", "1,30", "40,1"):
                flags = ["--n", n, "--control-rate", control, "--treated-rate", treated]
                for command in (["exact"], ["run", "--replicates", "1000", "--force"], ["run", "--replicates", "1", "--force"]):
                    done = self.run_program(command[0], *flags, *command[1:])
                    self.assertNotRegex(done.stdout.lower(), r"\bnan\b")
                    self.run_json(command[0], *flags, *command[1:])


if __name__ == "__main__":
    unittest.main()
