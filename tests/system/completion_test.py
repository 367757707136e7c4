"""Completion scripts are accepted by their shells and know the commands."""
import subprocess
import unittest

from support import ProgramTest

COMMANDS = ("analyze", "run", "exact", "show", "judge", "check", "methods", "completion")


class Completion(ProgramTest):
    def script(self, shell):
        text = self.run_program("completion", shell).stdout
        for command in COMMANDS:
            self.assertIn(command, text)
        return self.write(f"completion.{shell}", text)

    def test_each_shell_parses_its_script(self):
        for shell in ("bash", "zsh", "fish"):
            path = self.script(shell)
            subprocess.run([shell, "-n", path], check=True)

    def bash_offers(self, *words):
        path = self.script("bash")
        line = (f"source {path}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
                "_rsasim; printf '%s\\n' \"${COMPREPLY[@]}\"")
        return subprocess.run(["bash", "-c", line], text=True, capture_output=True,
                              check=True).stdout.split()

    def test_bash_offers_the_commands_and_their_flags(self):
        self.assertEqual(self.bash_offers("rsasim", "ana"), ["analyze"])
        self.assertIn("--replicates", self.bash_offers("rsasim", "run", "--rep"))

    def test_an_unknown_shell_is_wrong_input(self):
        self.run_program("completion", "tcsh", status=2)


if __name__ == "__main__":
    unittest.main()
