"""rsasim status: what of a sweep is done, and which tasks are missing."""
import re
import unittest

from support import ProgramTest

SWEEP = ["--n", "30,30", "--control-rate", "0.3,0.5", "--odds-ratio", "1,2,3",
         "--tests", "fisher", "--intervals", "odds_ratio:woolf", "--replicates", str(2 << 20)]
TASKS = 8


class Status(ProgramTest):
    def run_tasks(self, tasks):
        for i in tasks:
            self.run_program("run", *SWEEP, "--shard", f"{i}/{TASKS}", "-o", f"s{i}.h5", "--quiet")
        return [f"s{i}.h5" for i in tasks]

    def test_of_all_shards_is_complete(self):
        files = self.run_tasks(range(TASKS))
        document = self.run_json("status", *files)
        self.assertTrue(document["complete"])
        self.assertEqual(document["replicates"],
                         {"requested": 12 << 20, "done": 12 << 20, "missing": 0})
        self.assertEqual((document["missing_tasks"], document["array"]), ([], ""))
        self.assertIn("Nothing is missing", self.run_program("status", *files).stdout)

    def test_lists_the_tasks_that_are_missing(self):
        files = self.run_tasks([0, 2, 3])
        done = self.run_program("status", *files)
        self.assertIn("\n--array=1,4-7\n", done.stdout)
        document = self.run_json("status", *files)
        self.assertEqual(document["schema"], "rsasim.status/1")
        self.assertEqual(document["missing_tasks"], [1, 4, 5, 6, 7])
        self.assertEqual((document["shards"], document["array"]), (TASKS, "1,4-7"))
        self.assertFalse(document["complete"])
        for i in document["missing_tasks"]:
            self.run_program("run", *SWEEP, "--shard", f"{i}/{TASKS}", "-o", f"s{i}.h5", "--quiet")
        self.assertTrue(self.run_json("status", *(f"s{i}.h5" for i in range(TASKS)))["complete"])

    def test_takes_another_split_from_the_command_line(self):
        files = self.run_tasks(range(4))
        self.assertEqual(self.run_json("status", "--shards", 2, *files)["missing_tasks"], [1])
        self.assertEqual(self.run_json("status", "--shards", 1, *files)["missing_tasks"], [0])

    def test_counts_each_cell(self):
        document = self.run_json("status", *self.run_tasks([0]))
        cells = document["cells"]
        self.assertEqual(len(cells), 6)
        self.assertEqual(cells[1]["swept"], {"control_rate": "0.3", "odds_ratio": "2"})
        for cell in cells:
            self.assertEqual(cell["done"] + cell["missing"], cell["requested"])
            self.assertEqual(sum(last - first for first, last in cell["missing_ranges"]),
                             cell["missing"])
        self.assertEqual(sum(cell["done"] for cell in cells), document["replicates"]["done"])
        self.assertGreater(document["replicates"]["done"], 0)

    def test_names_the_columns_that_it_has_no_room_for(self):
        sizes = ",".join(str(20 + i) for i in range(2))
        axes = ["--set", f"arms.n.treated={sizes}", "--set", f"arms.n.control={sizes}", "--control-rate", "0.3,0.4",
                "--odds-ratio", "1,2", "--alpha", "0.01,0.05", "--confidence", "0.9,0.95", "--sides", "1,2"]
        self.run_program("run", *axes, "--tests", "fisher", "--intervals", "odds_ratio:woolf", "--replicates",
                         "100,200", "--shard", "0/2", "-o", "s.h5", "--quiet")
        text = self.run_program("status", "s.h5").stdout
        shown, unseen = text.split("No room for ")
        names = [name.strip() for name in " ".join(unseen.split(":")[0].split()).split(",")]
        seen = shown.splitlines()[2].strip()
        swept = self.run_json("status", "s.h5")["cells"][0]["swept"]
        self.assertEqual(len(swept), 8)
        self.assertEqual(sorted([*re.split("  +", seen), *names]),
                         sorted([*swept, "cell", "done", "missing", "missing replicates"]))

    def test_knows_the_split_of_a_merged_file(self):
        files = self.run_tasks([0, 2, 3])
        self.run_program("merge", "--allow-incomplete", "-o", "part.h5", *files)
        self.assertEqual(self.run_json("status", "part.h5")["array"], "1,4-7")

    def test_notes_what_two_files_hold(self):
        files = self.run_tasks([0])
        done = self.run_program("status", *files, *files)
        self.assertIn("holds replicates of cell 0 that an earlier file holds", done.stderr)

    def test_names_files_that_cannot_be_read(self):
        files = self.run_tasks([0])
        self.write("text.h5", "x")
        done = self.run_program("status", *files, "text.h5", "absent.h5", status=3)
        self.assertIn("text.h5", done.stderr)
        self.assertIn("absent.h5", done.stderr)


if __name__ == "__main__":
    unittest.main()
