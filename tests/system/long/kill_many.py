#!/usr/bin/env python3
"""kill_many.py [INSTANTS] [SEED]: kill -9 at random instants of runs and of their resuming, 1,000 by
default: no unreadable output, nothing counted twice, and in the end a single process's bytes.
The program is build/release/rsasim unless RSASIM says otherwise."""
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))
os.environ.setdefault("RSASIM", str(SOURCE / "build/release/rsasim"))
os.environ.setdefault("RSASIM_SOURCE_DIR", str(SOURCE))

from integers import WOMEN, content_of, ledger_of, replicates_in, tables_of  # noqa: E402

PROGRAM = os.environ["RSASIM"]
DESIGNS = {
    "counts": ["--n", "75,74", "--control-rate", "0.5:0.6:0.1", "--odds-ratio", "1,2", "--tests", "pearson",
               "--intervals", "odds_ratio:woolf", "--replicates", "100000000"],
    "women": ["women.toml", "--replicates", "40000"],
}


def start(folder, arguments, *more):
    return subprocess.Popen([PROGRAM, "run", *arguments, "-o", "r.h5", "--quiet", *more], cwd=folder,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def check(path, before):
    """The file that a kill left: readable, its ledger what its tables add up to, nothing lost."""
    if not path.exists():
        assert before == 0, "the checkpoint is gone"
        return 0
    subprocess.run([PROGRAM, "show", str(path)], check=True, stdout=subprocess.DEVNULL)
    done = replicates_in(path)
    counts = {}
    for key, (count, *_) in tables_of(path).items():
        counts[key[0]] = counts.get(key[0], 0) + count
    assert counts == {cell: sum(last - first for first, last in ranges)
                      for cell, ranges in ledger_of(path).items()}, "tables and ledger differ"
    assert done >= before, f"{before - done} replicates were lost"
    return done


def one_chain(folder, arguments, whole, chance):
    """Runs and resumes that are killed until one comes through; gives the number of kills."""
    path, kills, done = Path(folder) / "r.h5", 0, 0
    path.unlink(missing_ok=True)
    while True:
        process = start(folder, arguments, "--resume", "--checkpoint-every", "0.02")
        try:
            message = process.communicate(timeout=chance.uniform(0, 1.2 * whole))[1]
            assert process.returncode == 0, message
            return kills
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        kills += 1
        done = check(path, done)


def main():
    instants = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20230313)
    total = chains = 0
    with tempfile.TemporaryDirectory(prefix="rsasim-kill-") as folder:
        expected, seconds = {}, {}
        (Path(folder) / "women.toml").write_text(WOMEN, encoding="utf-8")
        for name, arguments in DESIGNS.items():
            begin = time.monotonic()
            assert start(folder, arguments).wait() == 0
            seconds[name] = time.monotonic() - begin
            expected[name] = content_of(Path(folder) / "r.h5")
            (Path(folder) / "r.h5").unlink()
        while total < instants:
            name = chance.choice(sorted(DESIGNS))
            total += one_chain(folder, DESIGNS[name], seconds[name], chance)
            chains += 1
            assert content_of(Path(folder) / "r.h5") == expected[name], f"{name}: other bytes"
            left = sorted(path.name for path in Path(folder).iterdir() if path.suffix != ".toml")
            assert left == ["r.h5"], left
            if chains % 20 == 0:
                print(f"{total} kills in {chains} chains", flush=True)
    print(f"{total} kills in {chains} chains: every output was readable, every end the same bytes")


if __name__ == "__main__":
    main()
