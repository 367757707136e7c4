"""What the whole-program tests share: running the program, and where things are."""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["RSASIM"]
SOURCE = Path(os.environ["RSASIM_SOURCE_DIR"])
SCENARIOS = SOURCE / "scenarios"
REFERENCE = SOURCE / "tests/reference"

# What share of its replicates a test of women does: 1 unless the program is sanitized.
EFFORT = float(os.environ.get("RSASIM_EFFORT", "1"))


def replicates(wanted, at_least=8192):
    return max(int(wanted * EFFORT), at_least)


TACROLIMUS_FLAGS = ["--n", "75,74", "--control-rate", "0.6351", "--treated-rate", "0.80"]


class ProgramTest(unittest.TestCase):
    """A test in an empty folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="rsasim-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_any(self, *arguments, **options):
        """Runs rsasim, whatever its exit status."""
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, text=True,
                              capture_output=True, check=False, **options)

    def run_program(self, *arguments, status=0, **options):
        """Runs rsasim and checks its exit status."""
        done = self.run_any(*arguments, **options)
        self.assertEqual(done.returncode, status, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done

    def run_json(self, *arguments):
        """The JSON that the program prints, and nothing else there."""
        return json.loads(self.run_program(*arguments, "--json").stdout)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path
