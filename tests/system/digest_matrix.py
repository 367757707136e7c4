#!/usr/bin/python3
"""digest_matrix.py [--long] [OTHER]: one digest, however the work is done: threads, shards, order and
tree of merging, kill and resume, instruction sets, glibc's functions with and without fused
multiply-add; and with OTHER, another build of the program (Debug, say). The integers are the same to
the last bit, and the real numbers derived from them agree to 1e-12.
The program is build/release/rsasim unless RSASIM says otherwise."""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
os.environ.setdefault("RSASIM", str(SOURCE / "build/release/rsasim"))
os.environ.setdefault("RSASIM_SOURCE_DIR", str(SOURCE))

import h5py  # noqa: E402
import numpy  # noqa: E402

from digest import digest  # noqa: E402
from integers import WOMEN  # noqa: E402
from support import EFFORT  # noqa: E402

PROGRAM = os.environ["RSASIM"]
CAP = os.environ.get("RSASIM_CAP_TARGETS_LIBRARY",
                     str(Path(PROGRAM).parent / "tests/system/preload/libcap_targets.so"))
RELATIVE = 1e-12
COUNTS = ["--n", "75,74", "--control-rate", "0.55:0.65:0.05", "--odds-ratio", "1,2.298",
          "--tests", "pearson,fisher,boschloo", "--intervals", "odds_ratio:woolf,risk_difference:score"]
# Debian 12's glibc 2.36 names them so; its exp, log, pow, sin have variants for each.
NO_FUSED = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2"


class Design:
    def __init__(self, name, arguments, folder):
        self.name, self.arguments, self.folder = name, [str(item) for item in arguments], folder
        self.known = None
        self.count = 0

    def run(self, *more, output, program=PROGRAM, env=None, status=0):
        done = subprocess.run([program, "run", *self.arguments, *map(str, more), "-o", output, "--quiet"],
                              cwd=self.folder, text=True, capture_output=True, check=False,
                              env={**os.environ, **(env or {})})
        assert done.returncode == status, f"{self.name}: {more}\n{done.stderr}"

    def merge(self, output, files, *more):
        subprocess.run([PROGRAM, "merge", "--force", "--quiet", "-o", output, *more, *files],
                       cwd=self.folder, check=True)

    def check(self, what, output):
        """The file has the digest and the real numbers of the first."""
        found = digest(self.folder / output)
        if self.known is None:
            self.known = (found, "first.h5")
            shutil.copy(self.folder / output, self.folder / "first.h5")
            print(f"{self.name}: {found}", flush=True)
            return
        assert found == self.known[0], f"{self.name}, {what}: {found}"
        worst = worst_difference(self.folder / "first.h5", self.folder / output)
        assert worst <= RELATIVE, f"{self.name}, {what}: real numbers differ by {worst:.3g}"
        self.count += 1
        print(f"  {what}: the same, real numbers to {worst:.1e}", flush=True)


def worst_difference(one, other):
    """The largest relative difference of the real numbers outside /provenance."""
    worst = 0.0

    def visit(name, item):
        nonlocal worst
        if not isinstance(item, h5py.Dataset) or name.startswith("provenance") or item.dtype.kind != "f":
            return
        a, b = numpy.asarray(item[()]), numpy.asarray(second[name][()])
        assert a.shape == b.shape, name
        same = (a == b) | (numpy.isnan(a) & numpy.isnan(b))
        assert numpy.array_equal(numpy.isfinite(a), numpy.isfinite(b)), name
        if not same.all():
            scale = numpy.maximum(numpy.abs(a), numpy.abs(b))
            worst = max(worst, float((numpy.abs(a - b) / scale)[~same].max()))

    with h5py.File(one, "r") as first, h5py.File(other, "r") as second:
        first.visititems(visit)
    return worst


def check_threads(design, counts):
    for threads in counts:
        design.run("--threads", threads, "--force", output="r.h5")
        design.check(f"{threads} threads", "r.h5")


def check_shards(design, counts, chance):
    for count in counts:
        files = [f"s{i}-{count}.h5" for i in range(count)]
        for i, name in enumerate(files):
            design.run("--shard", f"{i}/{count}", "--threads", 1 + i % 3, output=name)
        chance.shuffle(files)
        design.merge("m.h5", files)
        design.check(f"{count} shards, shuffled", "m.h5")
        check_tree(design, files, chance)
        for name in files:
            (design.folder / name).unlink()


def check_tree(design, files, chance):
    """Merges some at a time, and their merges, until one is left."""
    level, made = list(files), 0
    while len(level) > 1:
        chance.shuffle(level)
        size = chance.randint(2, 5)
        group, level = level[:size], level[size:]
        design.merge(f"tree{made}.h5", group, "--allow-incomplete")
        level.append(f"tree{made}.h5")
        made += 1
    if made > 1:
        design.check(f"{len(files)} shards as a tree of {made} merges", level[0])
    for path in design.folder.glob("tree*.h5"):
        path.unlink()


def check_kills(design, kills, chance):
    """Killed and gone on with until it comes through."""
    begin = time.monotonic()
    design.run("--force", output="r.h5")
    whole = time.monotonic() - begin
    (design.folder / "r.h5").unlink()
    done = 0
    while done < kills:
        process = subprocess.Popen([PROGRAM, "run", *design.arguments, "-o", "r.h5", "--quiet", "--resume",
                                    "--checkpoint-every", "0.02"], cwd=design.folder)
        try:
            process.wait(timeout=chance.uniform(0, whole))
            (design.folder / "r.h5").unlink()  # it came through: once more
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            done += 1
    design.run("--resume", output="r.h5")
    design.check(f"{done} kills, each resumed", "r.h5")


def targets_left(design, env):
    report = design.folder / "targets.txt"
    subprocess.run([PROGRAM, "version"], check=False, capture_output=True,
                   env={**os.environ, **env, "LD_PRELOAD": CAP, "RSASIM_CAP_REPORT": str(report)})
    return [(line.split()[0], int(line.split()[1])) for line in report.read_text().splitlines()]


def check_targets(design):
    """The best instruction sets are taken one after the other."""
    taken = 0
    best_first = targets_left(design, {})
    assert len(best_first) > 1, "there is but one instruction set to try"
    for name, bit in best_first:
        env = {"RSASIM_CAP_TARGETS": str(taken)}
        assert targets_left(design, env)[0][0] == name
        design.run("--force", output="r.h5",
                   env={**env, "LD_PRELOAD": CAP, "ASAN_OPTIONS": "verify_asan_link_order=0"})
        design.check(f"{name} at best", "r.h5")
        taken |= bit


def check_glibc(design):
    design.run("--force", output="r.h5", env={"GLIBC_TUNABLES": NO_FUSED})
    design.check("glibc without fused multiply-add", "r.h5")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("other", nargs="?", type=lambda name: Path(name).resolve(), help="another build of the program")
    given = parser.parse_args()
    chance = random.Random(20230313)
    with tempfile.TemporaryDirectory(prefix="rsasim-matrix-") as name:
        folders = [Path(name) / kind for kind in ("counts", "women")]
        for folder in folders:
            folder.mkdir()
        (folders[1] / "women.toml").write_text(WOMEN, encoding="utf-8")
        replicates = 30_000_000 if given.long else 4_000_000
        women = 100_000 if given.long else max(int(20_000 * EFFORT), 9_000)
        designs = [Design("counts", [*COUNTS, "--replicates", replicates], folders[0]),
                   Design("women", ["women.toml", "--replicates", women], folders[1])]
        for design in designs:
            check_threads(design, (1, 2, 3, 7, 16))
            check_shards(design, (1, 2, 3, 7, 100) if given.long or EFFORT == 1 else (2, 7), chance)
            check_kills(design, 20 if given.long else 3, chance)
            check_targets(design)
            check_glibc(design)
            if given.other:
                design.run("--force", output="r.h5", program=given.other)
                design.check(str(given.other), "r.h5")
        print(f"{sum(design.count for design in designs)} ways, one digest each")


if __name__ == "__main__":
    sys.exit(main())
