"""The layer check passes on the tree, and notices a violation."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import SOURCE

CHECK = SOURCE / "scripts/check_layers.py"


def check(root):
    return subprocess.run([sys.executable, CHECK, root], text=True, capture_output=True, check=False)


class Layers(unittest.TestCase):
    def test_the_tree_keeps_its_layers(self):
        done = check(SOURCE)
        self.assertEqual(done.returncode, 0, done.stdout)

    def violation(self, module, line):
        with tempfile.TemporaryDirectory() as folder:
            for top in ("sim", "include"):
                shutil.copytree(SOURCE / top, Path(folder) / top)
            victim = next((Path(folder) / "sim" / module).glob("*.cpp"))
            victim.write_text(line + "\n" + victim.read_text())
            done = check(folder)
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn(victim.name + ":1:", done.stdout)

    def test_an_upward_include_is_reported_with_its_line(self):
        self.violation("analysis", "#include <rsasim/engine/simulate.hpp>")

    def test_a_third_party_header_outside_its_module_is_reported(self):
        self.violation("summary", "#include <nlohmann/json.hpp>")

    def test_the_command_line_library_stays_in_main(self):
        self.violation("commands", "#include <CLI/CLI.hpp>")


if __name__ == "__main__":
    unittest.main()
