#!/usr/bin/env python3
"""Prints the seconds that `report` of 2,000 rows takes, and its page in Chromium on one core.

    tests/bench/report.py BUILD_FOLDER

Rows as tests/bench/run reads them: task, seconds, limit, with tabs between. The page's row is left
out, with a note, where there is no browser or the build has no page.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BUILD = Path(sys.argv[1]).resolve()
LOOK = Path(__file__).resolve().parent.parent / "system/look.mjs"
SWEEP = """
[arms]
total = 40
control_rate = 0.5
odds_ratio = 2.0
[analysis]
tests = ["pearson", "fisher", "fisher-midp", "z-unpooled"]
[sweep]
"arms.total" = { from = 20, to = 118, step = 2 }
"arms.control_rate" = { from = 0.05, to = 0.50, step = 0.05 }
[simulation]
replicates = 100_000
"""


def seconds_of(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def milliseconds_in_chromium(page, chromium):
    """Until the first picture can be used; least of three visits by a fresh browser."""
    orders = ["taskset", "--cpu-list", "0", "node", LOOK, Path(page).resolve(), chromium, "{}"]
    modules = BUILD / "sim/report/web"
    return min(json.loads(subprocess.run(orders, cwd=modules, check=True, text=True,
                                         capture_output=True).stdout)["readyMs"]
               for _ in range(3))


def main():
    program, chromium = BUILD / "rsasim", shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("sweep.toml").write_text(SWEEP, encoding="utf-8")
        subprocess.run([program, "run", "sweep.toml", "--quiet"], check=True)
        report = [program, "report", "sweep.h5", "-o", "page.html", "--force"]
        try:
            print(f"report of 2,000 rows (limit)\t{min(map(seconds_of, [report] * 3)):.3g}\t1")
        except subprocess.CalledProcessError:
            print("# this build has no page: its rows are left out\t")
            return
        if chromium is None:
            print("# chromium is missing: the row of the page is left out\t")
            return
        seconds = milliseconds_in_chromium("page.html", chromium) / 1000
        print(f"its page in Chromium, one core (limit)\t{seconds:.3g}\t2")


main()
