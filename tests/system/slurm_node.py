"""A Slurm of one node for the tests, and what they ask of it."""
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUBMIT = HERE.parents[1] / "scripts/slurm/submit"
ENDED = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY"}


def obstacle():
    """Why no Slurm can be started here; empty where it can."""
    missing = [name for name in ("slurmctld", "slurmd", "sbatch") if not shutil.which(name)]
    if missing:
        return f"no {', '.join(missing)}: scripts/install_packages cluster installs Slurm"
    return "only root can start a Slurm of its own" if os.geteuid() != 0 else ""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class SlurmNode:
    """As a context it runs from start to end; nothing of it is left behind."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="rsasim-slurm-")
        os.chmod(self.folder.name, 0o755)
        self.environment = {**os.environ, "SLURM_CONF": f"{self.folder.name}/slurm.conf"}
        for name in [name for name in self.environment if name.startswith(("SLURM_JOB", "SBATCH_"))]:
            del self.environment[name]
        script, folder = HERE / "one_node_slurm", self.folder.name
        try:
            for _ in range(3):  # another process may take a port first
                if subprocess.run([script, "start", folder, *map(str, free_ports(2))]).returncode == 0:
                    return self
                subprocess.run([script, "stop", folder])
            raise RuntimeError("the Slurm of the tests does not start")
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        subprocess.run([HERE / "one_node_slurm", "stop", self.folder.name])
        self.folder.cleanup()

    def ask(self, *command, check=True):
        return subprocess.run([str(word) for word in command], env=self.environment, check=check, text=True,
                              capture_output=True).stdout

    def submit(self, folder, *arguments):
        """(number of the array's job or None, of the merge's, all that was printed)"""
        done = subprocess.run([SUBMIT, *map(str, arguments)], env=self.environment, cwd=folder,
                              text=True, capture_output=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        array, merge = re.search(r"(?:as job (\d+), )?their merge as job (\d+)", done.stdout).groups()
        return array, merge, done.stdout

    def state(self, job):
        return self.ask("squeue", "-h", "-t", "all", "-j", job, "-o", "%T").strip()

    def wait_for_end(self, job, seconds=300):
        """Its last state."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            state = self.state(job)
            if state in ENDED:
                return state
            time.sleep(0.2)
        raise AssertionError(f"job {job} has not ended:\n{self.ask('squeue')}")


def number_in_lock(shard, seconds=120):
    """The process that writes a shard, once there is one."""
    lock = Path(f"{shard}.lock")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return int(re.search(r"^pid=(\d+)$", lock.read_text(), re.MULTILINE).group(1))
        except (FileNotFoundError, AttributeError):
            time.sleep(0.002)
    raise AssertionError(f"{lock} does not appear")
