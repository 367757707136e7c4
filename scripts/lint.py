#!/usr/bin/env python3
"""lint.py BUILD_DIR   runs clang-tidy over what BUILD_DIR compiles of sim/

Each finding is shown once, when it is met, and all of them again at the end.
"""

import os
import re
import shutil
import subprocess
import sys

# Sources of unity builds lie in BUILD_DIR/sim and include those of sim/.
SOURCES = r"/sim/.*\.(cpp|cxx)$"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FINDING = re.compile(r"\S+:\d+:\d+: (warning|error): ")
NOISE = re.compile(
    r"\S*clang-tidy\S* .*-p=|\d+ (warning|error)s?\b.*(generated|treated as error)"
    r"|Suppressed |Use -header-filter|Error while processing"
)


def new_lines(output):
    """The lines of findings, each finding once: its first line, the source lines and notes below."""
    seen, is_shown = set(), True
    for line in output:
        line = COLOUR.sub("", line.rstrip())
        if NOISE.match(line):
            is_shown = True
        elif FINDING.match(line):
            is_shown = line not in seen
            seen.add(line)
        if is_shown and line and not NOISE.match(line):
            yield line


def main():
    runner = shutil.which("run-clang-tidy") or shutil.which("run-clang-tidy-14")
    if runner is None:
        sys.exit("lint.py: no run-clang-tidy. Install what scripts/install_packages test does.")
    command = [runner, "-quiet", "-p", sys.argv[1], SOURCES]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    shown = []
    with subprocess.Popen(command, env=environment, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in new_lines(process.stdout):
            print(line, flush=True)
            shown.append(line)
    number = sum(1 for line in shown if FINDING.match(line))
    if shown or process.returncode != 0:
        print(f"\n== clang-tidy: {number} findings, once more:", *shown, sep="\n")
        return 1
    print("clang-tidy: no findings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
