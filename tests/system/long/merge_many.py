"""Merges 10,000 small shards of a sweep of 1,000 cells, in one go and as a tree, and prints time
and peak memory beside those of a tenth of them. The shards are kept in FOLDER for another time.
usage: RSASIM=build/release/rsasim merge_many.py FOLDER [SHARDS [CELLS]]"""
import concurrent.futures
import os
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = str(Path(os.environ["RSASIM"]).resolve())
FOLDER = Path(sys.argv[1])
SHARDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
CELLS = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000
BLOCK = 1 << 20
SWEEP = ["--n", "20,20", "--control-rate", f"0.1:{0.1 + 0.0001 * (CELLS - 1):.4f}:0.0001",
         "--odds-ratio", "2", "--tests", "pearson", "--intervals", "odds_ratio:woolf",
         "--replicates", str(-(-SHARDS // CELLS) * BLOCK)]


def make(i):
    name = f"s{i}.h5"
    if not (FOLDER / name).exists():
        subprocess.run([PROGRAM, "run", *SWEEP, "--shard", f"{i}/{SHARDS}", "-o", name, "--quiet",
                        "--threads", "1"], cwd=FOLDER, check=True)
    return name


def merge(output, names, *flags):
    """Seconds, and peak memory in MiB."""
    command = [PROGRAM, "merge", "--force", "--quiet", "-o", output, *flags, *names]
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=FOLDER)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"merge of {len(names)} files failed with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def digest(name):
    return subprocess.run([PROGRAM, "digest", name], cwd=FOLDER, check=True, text=True,
                          capture_output=True).stdout.strip()


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        names = list(pool.map(make, range(SHARDS)))
    size = sum((FOLDER / name).stat().st_size for name in names) / SHARDS / 1024
    print(f"{SHARDS} shards of {CELLS} cells, {size:.0f} KiB each")
    tenth = names[::10]
    print("a tenth: {:.1f} s, {:.0f} MiB".format(*merge("tenth.h5", tenth, "--allow-incomplete")))
    print("all: {:.1f} s, {:.0f} MiB".format(*merge("all.h5", names)))
    parts = []
    for i in range(10):
        parts.append(f"part{i}.h5")
        merge(parts[-1], names[i::10], "--allow-incomplete")
    merge("tree.h5", reversed(parts))
    if digest("tree.h5") != digest("all.h5"):
        sys.exit("the tree of merges has another digest")
    print("digest", digest("all.h5"))


if __name__ == "__main__":
    main()
