"""The schema and the program accept and refuse the same scenarios, but for rules between keys."""
import json
import re
import tomllib
import unittest

import jsonschema

from schema_cases import BAD, BEYOND, GOOD
from support import SCENARIOS, SOURCE, ProgramTest

TEMPLATES = SOURCE / "sim/commands/templates"


class Schema(ProgramTest):
    schema = None

    def setUp(self):
        super().setUp()
        if self.schema is None:
            type(self).schema = json.loads(self.run_program("schema").stdout)
            jsonschema.Draft4Validator.check_schema(self.schema)

    def schema_accepts(self, text):
        return jsonschema.Draft4Validator(self.schema).is_valid(tomllib.loads(text))

    def program_accepts(self, name, text):
        self.write("scenario.toml", text)
        done = self.run_any("check", "scenario.toml")
        self.assertIn(done.returncode, (0, 2), f"{name}\n{done.stderr}")
        return done.returncode == 0

    def judged(self, name, text, by_schema, by_program):
        with self.subTest(name):
            self.assertEqual(self.program_accepts(name, text), by_program, "the program: " + name)
            self.assertEqual(self.schema_accepts(text), by_schema, "the schema: " + name)

    def test_there_are_enough_cases_and_each_is_another(self):
        names = [case[0] for case in GOOD + BAD + BEYOND]
        self.assertGreaterEqual(len(names), 60)
        self.assertEqual(len(set(names)), len(names))

    def test_both_accept_good_scenarios(self):
        for name, text in GOOD:
            self.judged(name, text, True, True)

    def test_both_accept_the_scenarios_of_the_project(self):
        files = [*SCENARIOS.glob("*.toml"), *TEMPLATES.glob("*.toml"),
                 *(SOURCE / "tests").rglob("*.toml")]
        self.assertGreaterEqual(len(files), 13)
        for file in files:
            self.judged(str(file), file.read_text(encoding="utf-8"), True, True)

    def test_both_refuse_bad_scenarios_for_what_is_bad_in_them(self):
        for name, text in BAD:
            self.judged(name, text, False, False)
            complaints = self.run_program("check", "scenario.toml", status=2).stderr.splitlines()
            self.assertLessEqual(len(complaints), 2, name)

    def test_what_lies_between_keys_is_refused_by_the_program_alone(self):
        for name, text, reason in BEYOND:
            self.judged(f"{name} ({reason})", text, True, False)

    def test_both_refuse_a_wrong_type_or_a_number_out_of_range_at_every_key(self):
        keys = list(self.keys_of(self.schema["properties"]))
        self.assertGreater(len(keys), 80)
        wrong = {path: list(self.wrong_values(schema)) for path, schema in keys}
        at_once = 40  # the program shows so many faults at least
        for i in range(max(map(len, wrong.values()))):
            paths = [path for path, values in wrong.items() if i < len(values)]
            for first in range(0, len(paths), at_once):
                self.both_refuse({path: wrong[path][i] for path in paths[first:first + at_once]})

    def both_refuse(self, values):
        """The schema and the program complain of each of these keys."""
        text = self.with_keys(values)
        errors = jsonschema.Draft4Validator(self.schema).iter_errors(tomllib.loads(text))
        refused = {tuple("NAME" if isinstance(part, int) else part for part in error.path)
                   for error in errors}
        self.write("wrong.toml", text)
        said = self.run_program("check", "wrong.toml", status=2).stderr
        for path, value in values.items():
            with self.subTest(path, value=value):
                self.assertIn(path, refused)
                name = "age.race" if path[0] == "correlation" else "x"
                key = ".".join(path).replace("NAME", name)
                complaint = rf"(?m)^wrong.toml:\d+: {re.escape(key)}\b.* = "
                self.assertTrue(re.search(complaint, said), said)

    def test_every_key_of_the_handbook_is_in_the_schema(self):
        text = (SCENARIOS / "README.md").read_text(encoding="utf-8")
        tables = "|".join(name for name in self.schema["properties"] if name != "sweep")
        known = {".".join(path) for path, _ in self.keys_of(self.schema["properties"])}
        known |= {"arms.n", "stage.NAME.effects.FEATURE", "stage.NAME.interactions.FEATURE",
                  "dropout.effects.FEATURE", "adherence.effects.FEATURE"}
        in_text = set(re.findall(rf"`((?:{tables})\.[A-Za-z_0-9.]+)`", text))
        written = {key for key in in_text if not re.search(r"\b(age|il33)\b", key)}
        self.assertEqual(written - known, set())
        self.assertEqual(known - written, set())

    def keys_of(self, properties, path=()):
        """The path of every key with its schema; entries of lists of tables have NAME in theirs."""
        for name, schema in properties.items():
            items = schema.get("items", {})
            if name == "sweep" or (path[-1:] == ("NAME",) and name in ("name", "between")):
                continue
            if len(path) == 0 and schema.get("type") == "array":
                yield from self.keys_of(items["properties"], (name, "NAME"))
            elif "properties" in schema:
                yield from self.keys_of(schema["properties"], (*path, name))
            else:
                yield (*path, name), schema

    @staticmethod
    def wrong_values(schema):
        """TOML of values that no reading allows."""
        yield "1979-05-27"
        if schema.get("type") == "number":
            yield '"1"'
            if abs(schema["minimum"]) < 1e300:
                yield repr(schema["minimum"] if schema.get("exclusiveMinimum")
                           else schema["minimum"] - 1)
            if abs(schema["maximum"]) < 1e300:
                yield repr(schema["maximum"] if schema.get("exclusiveMaximum")
                           else schema["maximum"] + 1)
        else:
            yield "5.5"

    @staticmethod
    def with_keys(values):
        """A scenario with these keys, and nothing else that a schema would refuse."""
        plain, entries = [], {}
        for path, value in values.items():
            if path[1:2] == ("NAME",):
                entries.setdefault(path[0], []).append(f"{'.'.join(path[2:])} = {value}")
            else:
                plain.append(f"{'.'.join(path)} = {value}")
        for table, lines in entries.items():
            name = 'between = ["age", "race"]' if table == "correlation" else 'name = "x"'
            plain += [f"[[{table}]]", name, *lines]
        return "\n".join(plain) + "\n"


if __name__ == "__main__":
    unittest.main()
