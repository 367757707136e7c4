"""The manual has a page for every command with every flag of --help, and is sound roff."""
import os
import re
import subprocess
import unittest

from support import ProgramTest


class Manual(ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_program("manual", "--into", "man")
        self.pages = {path.name: path for path in (self.folder / "man").iterdir()}

    def commands(self):
        text = self.run_program("--help").stdout.split("Subcommands:")[1]
        return re.findall(r"(?m)^  ([a-z-]+) {2,}", text.split("Exit status:")[0])

    def shown(self, page):
        """As man shows it, without a page break, in one line."""
        done = subprocess.run(["man", "--warnings=w", "--nh", "--nj", "-E", "UTF-8", "-l", "-P", "cat", page],
                              text=True, capture_output=True, check=True,
                              env={**os.environ, "MANWIDTH": "500", "LC_ALL": "C.UTF-8",
                                   "MAN_KEEP_FORMATTING": ""})
        self.assertEqual(done.stderr, "", page.name)
        return re.sub(".\b", "", done.stdout)

    def test_man_shows_every_page_without_a_warning(self):
        for page in self.pages.values():
            with self.subTest(page.name):
                text = self.shown(page)
                self.assertIn("NAME\n", text)
                self.assertIn("SEE ALSO\n", text)
                formatted = subprocess.run(["groff", "-ww", "-man", "-Kutf8", "-Tutf8", page],
                                           text=True, capture_output=True, check=True)
                self.assertEqual(formatted.stderr, "")

    def test_a_planted_error_would_be_seen(self):
        bad = self.write("bad.1", '.TH BAD 1\n.SH NAME\nbad \\- text\n.nosuchrequest\n\\fZx\n')
        formatted = subprocess.run(["groff", "-ww", "-man", "-Tutf8", bad], text=True,
                                   capture_output=True, check=True)
        self.assertIn("nosuchrequest", formatted.stderr)

    def test_there_is_a_page_for_every_command_and_for_scenarios(self):
        commands = self.commands()
        self.assertGreater(len(commands), 12)
        self.assertEqual(set(self.pages), {"rsasim.1", "rsasim-scenario.5",
                                           *(f"rsasim-{command}.1" for command in commands)})
        overview = self.shown(self.pages["rsasim.1"])
        for command in commands:
            self.assertIn(f"rsasim-{command}(1)", overview)

    def test_every_flag_and_every_help_text_is_in_the_manual(self):
        for command in self.commands():
            page = " ".join(self.shown(self.pages[f"rsasim-{command}.1"]).split())
            text = self.run_program(command, "--help").stdout
            flags = set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+)", text))
            helps = re.findall(r"(?m)^(?:  \S.*?  +| {20,})(\S.*)$", text.split("\nExample")[0])
            self.assertGreaterEqual(len(helps), len(flags), command)
            for part in [*flags, *helps]:
                self.assertIn(" ".join(part.removesuffix(" REQUIRED").split()), page, command)

    def test_every_value_of_a_flag_is_named_as_in_the_help(self):
        names = set()
        for command in self.commands():
            page = " ".join(self.shown(self.pages[f"rsasim-{command}.1"]).split())
            text = self.run_program(command, "--help").stdout.split("\nExample")[0]
            for flag, name in re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+) (?!Excludes:|Needs:)(\S+)",
                                         text):
                name = name.split(":{")[0]
                self.assertIn(f"{flag} {name} ", page, command)
                names.add(name)
        self.assertLessEqual({"LOW:HIGH", "MEASURE:ID", "MEASURE=LOWER:UPPER"}, names)

    def test_the_exit_statuses_of_the_contract_are_in_the_overview(self):
        text = self.shown(self.pages["rsasim.1"])
        self.assertEqual(re.findall(r"(?m)^ +(\d+) {2,}\w", text), ["0", "1", "2", "3", "75"])

    def test_the_page_on_scenarios_has_the_keys_with_types_defaults_and_flags(self):
        text = " ".join(self.shown(self.pages["rsasim-scenario.5"]).split())
        for part in ("arms.total Women in both arms, split by the ratio: a whole number from 2 to "
                     "200,000,000. Flag: --total N.",
                     "analysis.alpha", "Default: 0.05. Default at a margin: 0.025. Flag: --alpha A.",
                     "covariate.NAME.mean", "stage.NAME.effects.FEATURE"):
            self.assertIn(part, text)

    def test_a_page_is_printed_by_its_name_and_others_are_wrong_input(self):
        page = self.run_program("manual", "rsasim-run").stdout
        self.assertEqual(page, self.pages["rsasim-run.1"].read_text(encoding="utf-8"))
        self.run_program("manual", "rsasim-fly", status=2)

    def test_packagers_alone_see_the_command(self):
        self.assertNotIn("manual", self.commands())
        self.assertNotIn("manual", self.run_program("completion", "bash").stdout)


if __name__ == "__main__":
    unittest.main()
