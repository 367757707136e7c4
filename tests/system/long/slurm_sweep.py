#!/usr/bin/env python3
"""slurm_sweep.py [KILLS] [SEED]: a sweep of 1,000 cells in 8 tasks through a Slurm of one node. Tasks are
killed with -9 (6 times by default), one is requeued, slow ones are stopped by the signal before their
time limit: the merge has a single process's digest. Needs root, and Slurm from scripts/install_packages cluster.
The program is build/release/rsasim unless RSASIM says otherwise."""
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))
os.environ.setdefault("RSASIM", str(SOURCE / "build/release/rsasim"))

from slurm_node import ENDED, SlurmNode, number_in_lock, obstacle  # noqa: E402

PROGRAM = os.environ["RSASIM"]
CELLS, TASKS = 1000, 8
SWEEP = """
arms = { ratio = [1, 1], control_rate = 0.4, odds_ratio = 2.0 }
simulation = { replicates = 20_000_000, seed = 20230313 }
analysis = { tests = ["pearson"], intervals = ["odds_ratio:woolf"] }
[sweep]
"arms.total" = { from = 40, to = 138, step = 2 }
"arms.odds_ratio" = { from = 1.0, to = 2.9, step = 0.1 }
"""


def digest(path):
    return subprocess.run([PROGRAM, "digest", path], check=True, text=True,
                          capture_output=True).stdout.split()[0]


def kill_one_that_runs(shards, chance):
    """Whether there was one."""
    running = [shard for shard in shards if Path(f"{shard}.lock").exists()]
    if not running:
        return False
    try:
        os.kill(number_in_lock(chance.choice(running), seconds=1), signal.SIGKILL)
    except (AssertionError, ProcessLookupError):
        return False
    return True


def one_sending(slurm, folder, kills, chance, is_first):
    """Sends what is missing and kills while it runs; gives the kills and the merge's last state."""
    # Slurm signals 100 s before the end of two minutes.
    array, merge, text = slurm.submit(folder, "sweep.toml", "--tasks", TASKS, "--time", 2,
                                      "--signal=B:USR1@100", "--", "--checkpoint-every", 1)
    print(text.splitlines()[0], flush=True)
    shards = [folder / f"sweep-shards/shard-{i}-of-{TASKS}.h5" for i in range(TASKS)]
    done = 0
    if is_first:
        number_in_lock(shards[0])
        time.sleep(1)
        slurm.ask("scontrol", "requeue", f"{array}_0")
    while slurm.state(merge) not in ENDED:
        time.sleep(chance.uniform(1, 4))
        done += done < kills and kill_one_that_runs(shards, chance)
    return done, slurm.state(merge)


def count_in_logs(folder, text):
    return sum(log.read_text().count(text) for log in (folder / "sweep-shards/logs").glob("[0-9]*.log"))


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20230313)
    if obstacle():
        sys.exit(f"slurm_sweep.py: {obstacle()}")
    with tempfile.TemporaryDirectory(prefix="rsasim-sweep-") as name, SlurmNode() as slurm:
        folder = Path(name)
        (folder / "sweep.toml").write_text(SWEEP, encoding="utf-8")
        killed = sendings = 0
        begin, state = time.monotonic(), ""
        while state != "COMPLETED":  # a kill leaves gaps, which the merge refuses
            assert sendings < 2 + kills, (folder / "sweep-shards/logs/merge.log").read_text()
            more, state = one_sending(slurm, folder, (kills - killed + 1) // 2, chance, sendings == 0)
            killed += more
            sendings += 1
        through_slurm = time.monotonic() - begin
        begin = time.monotonic()
        subprocess.run([PROGRAM, "run", "sweep.toml", "-o", "single.h5", "--quiet"], cwd=folder, check=True)
        alone = time.monotonic() - begin
        assert digest(folder / "sweep.h5") == digest(folder / "single.h5"), "the digests differ"
        stops = count_in_logs(folder, "stopped by SIGUSR1")
        print(f"{CELLS} cells in {TASKS} tasks: {killed} kills, {stops} stops before the time limit, "
              f"{count_in_logs(folder, '== ')} starts, {sendings} sendings; "
              f"{through_slurm:.0f} s, a single process {alone:.0f} s; digest {digest(folder / 'sweep.h5')}")


if __name__ == "__main__":
    main()
