"""`init` writes scenarios that are right as they stand, and never over a file without --force."""
import re
import unittest

from support import ProgramTest, replicates


class Init(ProgramTest):
    def templates(self):
        rows = self.run_program("init", "--list").stdout.splitlines()
        return dict(re.split(r"  +", row, maxsplit=1) for row in rows)

    def test_the_list_says_what_each_template_is_for(self):
        templates = self.templates()
        self.assertEqual(list(templates),
                         ["power-sweep", "coverage", "non-inferiority", "patient-level"])
        for name, purpose in templates.items():
            self.assertEqual(self.run_program("init", name).stdout.splitlines()[0], f"# {purpose}")

    def test_every_template_is_commented_passes_check_and_runs(self):
        for name in self.templates():
            with self.subTest(name):
                said = self.run_program("init", name, "-o", f"{name}.toml").stderr
                self.assertIn(f"rsasim check {name}.toml", said)
                text = (self.folder / f"{name}.toml").read_text(encoding="utf-8")
                self.assertGreaterEqual(text.count("#"), 12)
                checked = self.run_json("check", f"{name}.toml")
                fewer = replicates(2000, at_least=500)
                self.run_program("run", f"{name}.toml", "--replicates", fewer, "--quiet")
                shown = self.run_json("show", f"{name}.h5")
                self.assertEqual(len(shown["cells"]), len(checked["cells"]))
                self.assertEqual(shown["cells"][0]["replicates"], fewer)

    def test_every_template_of_counts_has_an_exact_answer(self):
        for name in ("power-sweep", "coverage", "non-inferiority"):
            self.run_program("init", name, "-o", f"{name}.toml")
            cell = self.run_json("exact", f"{name}.toml")["cells"][0]
            self.assertTrue(all(0 <= test["power"]["value"] <= 1 for test in cell["tests"].values()))

    def test_standard_output_has_the_same_text_and_power_sweep_is_meant(self):
        given = self.run_program("init")
        self.assertEqual(given.stderr, "")
        self.assertEqual(given.stdout, self.run_program("init", "power-sweep").stdout)
        self.run_program("init", "-o", "one.toml")
        self.assertEqual((self.folder / "one.toml").read_text(encoding="utf-8"), given.stdout)

    def test_an_existing_file_is_left_alone_without_force(self):
        path = self.write("mine.toml", "precious")
        done = self.run_program("init", "-o", "mine.toml", status=3)
        self.assertIn("mine.toml", done.stderr)
        self.assertIn("--force", done.stderr)
        self.assertEqual(path.read_text(), "precious")
        self.run_program("init", "-o", "mine.toml", "--force")
        self.assertIn("[sweep]", path.read_text())

    def test_a_folder_that_does_not_exist_is_named(self):
        self.assertIn("absent", self.run_program("init", "-o", "absent/a.toml", status=3).stderr)

    def test_a_mistyped_template_is_wrong_input_with_a_suggestion(self):
        said = self.run_program("init", "covrage", status=2).stderr
        self.assertIn('Did you mean "coverage"?', said)
        self.assertIn("rsasim init --list", said)


if __name__ == "__main__":
    unittest.main()
