"""A results file alone is enough to repeat its run."""
import unittest

import h5py

from support import SCENARIOS, ProgramTest


class Provenance(ProgramTest):
    def run_file(self, name, *arguments):
        self.run_program("run", *arguments, "-o", name, "--quiet")
        return h5py.File(self.folder / name, "r")

    def test_the_scenario_kept_in_the_file_gives_the_same_results(self):
        with self.run_file("first.h5", SCENARIOS / "small-trials.toml", "--replicates", 20_000,
                           "--set", "analysis.alpha=0.1") as first:
            resolved = first["provenance/scenario_resolved"][()].decode()
            digest = first.attrs["results_sha256"]
            reject = first["n_reject"][()]
        scenario = self.write("again.toml", resolved)
        with self.run_file("second.h5", scenario) as second:
            self.assertEqual(second.attrs["results_sha256"], digest)
            self.assertTrue((second["n_reject"][()] == reject).all())

    def test_the_scenario_is_kept_byte_for_byte(self):
        given = (SCENARIOS / "tacrolimus.toml").read_bytes()
        with self.run_file("run.h5", SCENARIOS / "tacrolimus.toml", "--replicates", 1000) as file:
            self.assertEqual(file["provenance/scenario_given"][()], given)

    def test_the_file_says_by_what_where_and_at_what_cost_it_was_made(self):
        with self.run_file("run.h5", SCENARIOS / "quickstart.toml", "--replicates", 1000) as file:
            kept = file["provenance"].attrs
            for name in ("program_version", "commit", "compiler", "compiler_flags", "libraries",
                         "instruction_set", "cpu", "threads", "host", "operating_system", "start",
                         "end", "cpu_seconds", "peak_memory_mib", "command_line"):
                self.assertIn(name, kept)
            self.assertIn("--replicates 1000", kept["command_line"].decode())


if __name__ == "__main__":
    unittest.main()
