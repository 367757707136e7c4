#!/usr/bin/python3
"""kill_many.py [INSTANTS] [SEED]: kill -9 at random instants of runs, of their resuming and of merges,
1,000 by default: no unreadable output, nothing counted twice, and in the end a single process's bytes.
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
SHARDS, EARLIER = 5, "earlier.h5"
MERGES = 0.5  # share of the chains
EXPECTED = {}  # by design: what a single process gives


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


def one_merge_chain(folder, name, whole, chance):
    """Merges that are killed until one comes through; an earlier output stays as it was till then."""
    output = Path(folder) / "m.h5"
    output.write_bytes((Path(folder) / EARLIER).read_bytes())
    shards = [f"{name}-{i}.h5" for i in range(SHARDS)]
    kills = 0
    while True:
        chance.shuffle(shards)
        process = subprocess.Popen([PROGRAM, "merge", "--force", "--quiet", "-o", "m.h5", *shards], cwd=folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            message = process.communicate(timeout=chance.uniform(0, 1.2 * whole))[1]
            assert process.returncode == 0, message
            break
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        kills += 1
        content = content_of(output)
        assert content == EXPECTED["earlier"] or content == EXPECTED[name], "neither the earlier file nor the merged"
    assert content_of(output) == EXPECTED[name], f"merge of {name}: other bytes"
    output.unlink()
    return kills


def prepare(folder):
    """What single processes give, the shards of the same work, and how long each takes."""
    seconds = {}
    for name, arguments in DESIGNS.items():
        begin = time.monotonic()
        assert start(folder, arguments).wait() == 0
        seconds[name] = time.monotonic() - begin
        EXPECTED[name] = content_of(Path(folder) / "r.h5")
        (Path(folder) / "r.h5").unlink()
        shards = [f"{name}-{i}.h5" for i in range(SHARDS)]
        for i, shard in enumerate(shards):
            subprocess.run([PROGRAM, "run", *arguments, "--shard", f"{i}/{SHARDS}", "-o", shard, "--quiet"],
                           cwd=folder, check=True)
        begin = time.monotonic()
        subprocess.run([PROGRAM, "merge", "--quiet", "-o", "m.h5", *shards], cwd=folder, check=True)
        seconds[f"merge of {name}"] = time.monotonic() - begin
        (Path(folder) / "m.h5").unlink()
    subprocess.run([PROGRAM, "run", "--n", "9,9", "--control-rate", "0.5", "--odds-ratio", "2", "--quiet",
                    "--replicates", "1000", "-o", EARLIER], cwd=folder, check=True)
    EXPECTED["earlier"] = content_of(Path(folder) / EARLIER)
    return seconds


def main():
    instants = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20230313)
    kills, chains = {}, 0
    with tempfile.TemporaryDirectory(prefix="rsasim-kill-") as folder:
        (Path(folder) / "women.toml").write_text(WOMEN, encoding="utf-8")
        seconds = prepare(folder)
        inputs = sorted(path.name for path in Path(folder).iterdir())
        while sum(kills.values()) < instants:
            name = chance.choice(sorted(DESIGNS))
            what = f"merge of {name}" if chance.random() < MERGES else name
            if what == name:
                more = one_chain(folder, DESIGNS[name], seconds[name], chance)
                assert content_of(Path(folder) / "r.h5") == EXPECTED[name], f"{name}: other bytes"
                (Path(folder) / "r.h5").unlink()
            else:
                more = one_merge_chain(folder, name, seconds[what], chance)
            kills[what] = kills.get(what, 0) + more
            chains += 1
            left = sorted(path.name for path in Path(folder).iterdir())
            assert left == inputs, set(left) - set(inputs)
            if chains % 20 == 0:
                print(f"{sum(kills.values())} kills in {chains} chains", flush=True)
    print(", ".join(f"{number} of {what}" for what, number in sorted(kills.items())))
    total = sum(kills.values())
    print(f"{total} kills in {chains} chains: every output was readable, every end the same bytes")


if __name__ == "__main__":
    main()
