#!/usr/bin/env python3
"""Prints the seconds that `size` takes for 90 % power at 0.80 against 0.6351, as a whole process.

    tests/bench/size.py BUILD_FOLDER

Rows as tests/bench/run reads them: task, seconds, the limit where there is one, with tabs between;
the least of five.
"""
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = Path(sys.argv[1]).resolve() / "rsasim"
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
RATES = ["--control-rate", "0.6351", "--treated-rate", "0.80"]
PRIORS = ["--control-prior", "47.5,27.5", "--odds-ratio-prior", "2.3,0.35", "--power", "0.8"]


def seconds_of(command):
    def once():
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - start
    return min(once() for _ in range(5))


def row(task, flags, other=""):
    print(f"{task}\t{seconds_of([PROGRAM, 'size', *flags]):.3g}\t{other}")


def main():
    row("size, fisher (limit)", [*RATES, "--test", "fisher"], 0.05)
    row("size, boschloo (limit)", [*RATES, "--test", "boschloo"], 5)
    row("size, pearson, control rates 0.5 to 0.7",
        [*RATES, "--test", "pearson", "--worst-case", "0.5:0.7"])
    row("size, pearson, assurance", ["--test", "pearson", *PRIORS])
    row("size, fisher, by simulation", [*RATES, "--test", "fisher", "--method", "simulation"])
    row("size, logistic, by simulation", [SCENARIOS / "tacrolimus-patients.toml", "--test",
                                          "logistic"])


if __name__ == "__main__":
    main()
