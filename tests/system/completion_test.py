"""Completion scripts are accepted by their shells and know the commands."""
import re
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

    def zsh_offers(self, *words, load="source {path}"):
        """What the script hands to zsh's own functions, which stand here for themselves."""
        path = self.script("zsh")
        line = (f"compdef() {{ }}; _files() {{ }}; _describe() {{ print -l -- ${{(P)2}} }}; "
                f"compadd() {{ shift; print -l -- $@ }}; {load.format(path=path)}; "
                f"words=({' '.join(words)}); CURRENT={len(words)}; _rsasim")
        return subprocess.run(["zsh", "-f", "-c", line], text=True, capture_output=True, check=True,
                              cwd=self.folder).stdout.splitlines()

    def test_zsh_offers_the_commands_and_their_flags(self):
        self.assertIn("analyze:One observed trial: every estimate, test and interval",
                      self.zsh_offers("rsasim", "ana"))
        self.assertIn("--replicates", self.zsh_offers("rsasim", "run", "--rep"))

    def test_zsh_offers_at_once_where_it_loads_the_function_by_its_name(self):
        (self.folder / "functions").mkdir()
        (self.folder / "functions/_rsasim").write_text(self.script("zsh").read_text())
        load = "fpath=($PWD/functions); autoload -Uz _rsasim"
        self.assertIn("--replicates", self.zsh_offers("rsasim", "run", "--rep", load=load))

    def fish_offers(self, line):
        path = self.script("fish")
        done = subprocess.run(["fish", "--no-config", "-c", f"source {path}; complete -C '{line}'"],
                              text=True, capture_output=True, check=True, cwd=self.folder)
        return dict(row.split("\t") for row in done.stdout.splitlines() if "\t" in row)

    def test_fish_offers_the_commands_and_their_flags_with_the_texts_of_the_help(self):
        self.assertEqual(self.fish_offers("rsasim ana"),
                         {"analyze": "One observed trial: every estimate, test and interval"})
        self.assertEqual(self.fish_offers("rsasim run --repl"),
                         {"--replicates": "Simulated trials per cell"})

    def test_each_shell_offers_the_values_of_a_word_that_has_a_list_of_them(self):
        for line, wanted in (("init cov", "coverage"), ("completion zs", "zsh")):
            words = ["rsasim", *line.split()]
            self.assertEqual(self.bash_offers(*words), [wanted])
            self.assertIn(wanted, self.zsh_offers(*words))
            self.assertIn(wanted, self.fish_offers(" ".join(words)))

    def test_every_command_of_the_help_is_offered(self):
        text = self.run_program("--help").stdout.split("Subcommands:")[1].split("Exit status:")[0]
        commands = sorted(re.findall(r"(?m)^  ([a-z-]+) {2,}", text))
        self.assertEqual(sorted(self.bash_offers("rsasim", "''")), commands)
        self.assertEqual(sorted(row.split(":")[0] for row in self.zsh_offers("rsasim", "''")),
                         commands)

    def test_an_unknown_shell_is_wrong_input(self):
        self.run_program("completion", "tcsh", status=2)


if __name__ == "__main__":
    unittest.main()
