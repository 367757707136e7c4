"""What `cmake --install` and the Debian package bring works where nothing else of the project is."""
import math
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import SOURCE

BUILD = Path(os.environ["RSASIM_BUILD_DIR"])
BARE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def call(*command, **options):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True,
                          check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def fisher_power(treated, control, rate_treated, rate_control):
    """Exact power of Fisher's two-sided test at 0.05, by brute force over all tables: integers
    decide which tables are at most as probable."""
    rejecting = {}
    for events in range(treated + control + 1):
        xs = range(max(0, events - control), min(treated, events) + 1)
        ways = {x: math.comb(treated, x) * math.comb(control, events - x) for x in xs}
        total = sum(ways.values())
        for x, own in ways.items():
            tail = sum(other for other in ways.values() if other <= own)
            rejecting[x, events - x] = 20 * tail <= total
    def binomial(x, n, p):
        return math.comb(n, x) * p ** x * (1 - p) ** (n - x)
    return math.fsum(binomial(x, treated, rate_treated) * binomial(y, control, rate_control)
                     for (x, y), rejects in rejecting.items() if rejects)


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="rsasim-install-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        cls.prefix = cls.root / "prefix"
        call("cmake", "--install", BUILD, "--prefix", cls.prefix)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="clean-", dir=self.root)
        self.addCleanup(folder.cleanup)
        self.clean = Path(folder.name)


class Prefix(Installed):
    def test_a_program_of_somebody_else_builds_with_the_library_and_computes_exact_power(self):
        build = self.root / "consumer"
        shutil.copytree(SOURCE / "tests/consumer", self.clean / "consumer")
        call("cmake", "-S", self.clean / "consumer", "-B", build, "-G", "Ninja",
             f"-DCMAKE_PREFIX_PATH={self.prefix}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
        call("cmake", "--build", build)
        for sizes_and_rates in ((75, 74, 0.8, 0.6351), (20, 10, 0.9, 0.4)):
            power = float(call(build / "exact_power", "fisher", *sizes_and_rates))
            self.assertAlmostEqual(power, fisher_power(*sizes_and_rates), delta=1e-9)

    def test_the_package_says_what_it_needs(self):
        (self.clean / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(x LANGUAGES CXX)\n"
            "find_package(rsasim REQUIRED)\n", encoding="utf-8")
        done = subprocess.run(["cmake", "-S", self.clean, "-B", self.clean / "build",
                               f"-DCMAKE_PREFIX_PATH={self.prefix}"],
                              text=True, capture_output=True, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("LANGUAGES C CXX", done.stderr)

    def test_no_installed_file_knows_where_it_was_built(self):
        for file in (self.prefix / "lib/cmake").rglob("*.cmake"):
            text = file.read_text(encoding="utf-8")
            self.assertNotIn(str(SOURCE), text, file)
            self.assertNotIn(str(BUILD), text, file)

    def test_every_public_header_is_installed(self):
        headers = {file.relative_to(SOURCE / "include")
                   for file in (SOURCE / "include").rglob("*.hpp")}
        installed = {file.relative_to(self.prefix / "include")
                     for file in (self.prefix / "include").rglob("*.hpp")}
        self.assertGreater(len(headers), 50)
        self.assertEqual(installed, headers)

    def test_the_readers_draw_a_power_curve_from_where_they_are_installed(self):
        program = self.prefix / "bin/rsasim"
        scripts = self.prefix / "share/rsasim/scripts"
        call(program, "init", "-o", "sweep.toml", cwd=self.clean, env=BARE)
        call(program, "run", "sweep.toml", "--replicates", 2000, "--quiet", cwd=self.clean, env=BARE)
        for script, picture in (("power_curve.py", "py.svg"), ("power_curve.R", "r.svg")):
            call(scripts / script, "sweep.h5", picture, cwd=self.clean,
                 env={**BARE, "HOME": str(self.clean), "MPLBACKEND": "Agg"})
            self.assertIn("<svg", (self.clean / picture).read_text(encoding="utf-8"))

    def test_each_shell_finds_its_completion(self):
        share = self.prefix / "share"
        bash = ("source $1; COMP_WORDS=(rsasim ana); COMP_CWORD=1; _rsasim; "
                "printf '%s\\n' \"${COMPREPLY[@]}\"")
        self.assertEqual(call("bash", "-c", bash, "bash", share / "bash-completion/completions/rsasim"),
                         "analyze\n")
        fish = call("fish", "--no-config", "-c", f"source {share}/fish/vendor_completions.d/"
                    "rsasim.fish; complete -C 'rsasim run --rep'", env=BARE)
        self.assertRegex(fish, r"^--replicates\tSimulated trials per cell")
        self.assertIn("_rsasim", call("zsh", "-f", "-c", f"fpath=({share}/zsh/site-functions $fpath); "
                                      "autoload -Uz compinit; compinit -D -u; "
                                      "print $_comps[rsasim]"))


class DebianPackage(Installed):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made = cls.root / "deb"
        call("cpack", "-G", "DEB", "-B", made, cwd=BUILD)
        cls.package, = made.glob("*.deb")
        cls.clean_root = cls.root / "clean"
        cls.install()

    @classmethod
    def install(cls):
        """dpkg itself installs it, against the packages of this machine, into a folder of its own."""
        admin = cls.root / "admin"
        for name in ("info", "updates", "triggers", "parts"):
            (admin / name).mkdir(parents=True)
        shutil.copy("/var/lib/dpkg/status", admin / "status")
        cls.clean_root.mkdir()
        as_root = [] if os.geteuid() == 0 else ["fakeroot"]
        call(*as_root, "dpkg", f"--admindir={admin}", f"--instdir={cls.clean_root}",
             "--force-script-chrootless", "--install", cls.package)
        cls.status = call("dpkg-query", f"--admindir={admin}", "-W", "-f", "${Status}", "rsasim")

    def run_program(self, *arguments):
        return call(self.clean_root / "usr/bin/rsasim", *arguments, cwd=self.clean, env=BARE)

    def test_it_is_installed_with_the_libraries_that_it_needs(self):
        self.assertEqual(self.status, "install ok installed")
        needs = call("dpkg-deb", "-f", self.package, "Depends")
        names = set(re.findall(r"(?:^|, )([a-z0-9.+-]+)", needs))
        for library in ("libhdf5-103-1", "libtbb12", "libfmt9", "libssl3", "libhwy1", "zlib1g"):
            self.assertIn(library, names)

    def test_it_analyzes_simulates_and_reports_in_a_clean_folder(self):
        self.assertIn("pearson", self.run_program("analyze", "60/75", "47/74").lower())
        shared = self.clean_root / "usr/share/rsasim"
        self.run_program("run", shared / "scenarios/tacrolimus.toml", "--replicates", 10000, "--quiet")
        self.assertIn("fisher", self.run_program("show", "tacrolimus.h5").lower())
        self.run_program("report", "tacrolimus.h5", "-o", "report.html")
        page = (self.clean / "report.html").read_text(encoding="utf-8")
        self.assertIn("Tacrolimus in refractory recurrent spontaneous abortion</h1>", page)
        self.assertGreater(len(page), 500_000)
        self.assertEqual({file.name for file in self.clean.iterdir()}, {"tacrolimus.h5", "report.html"})

    def test_it_brings_manual_completions_scenarios_and_helpers(self):
        share = self.clean_root / "usr/share"
        for name in ("man/man1/rsasim.1.gz", "man/man1/rsasim-run.1.gz",
                     "man/man5/rsasim-scenario.5.gz",
                     "bash-completion/completions/rsasim", "fish/vendor_completions.d/rsasim.fish",
                     "zsh/vendor-completions/_rsasim", "doc/rsasim/copyright",
                     "rsasim/scenarios/README.md", "rsasim/scripts/rsasim.py",
                     "rsasim/scripts/rsasim.R", "rsasim/scripts/slurm/submit",
                     "rsasim/scripts/snakemake/Snakefile"):
            self.assertTrue((share / name).is_file(), name)
        self.assertTrue(os.access(share / "rsasim/scripts/slurm/submit", os.X_OK))
        page = call("man", "-M", share / "man", "-P", "cat", "rsasim-run", env=BARE)
        self.assertIn("Operating characteristics by simulation", page)

    def test_every_scenario_that_it_brings_passes_check(self):
        scenarios = list((self.clean_root / "usr/share/rsasim/scenarios").glob("*.toml"))
        self.assertGreaterEqual(len(scenarios), 9)
        for scenario in scenarios:
            self.run_program("check", scenario)


if __name__ == "__main__":
    unittest.main()
