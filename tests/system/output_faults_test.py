"""Output that cannot be written: exit status 3, a message with path and cause, nothing lost."""
import errno
import os
import signal
import subprocess
import unittest

from support import PROGRAM, TACROLIMUS_FLAGS, ProgramTest

RUN = ["run", *TACROLIMUS_FLAGS, "--replicates", "1000"]


class OutputFaults(ProgramTest):
    def refused(self, *arguments, saying, **options):
        done = self.run_program(*RUN, *arguments, status=3, **options)
        for words in saying:
            self.assertIn(words, done.stderr)

    def nothing_but(self, *names):
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), sorted(names))

    def test_an_existing_file_is_left_alone_without_force(self):
        self.write("out.h5", "precious")
        self.refused("-o", "out.h5", saying=["out.h5", "--force"])
        self.assertEqual((self.folder / "out.h5").read_text(), "precious")
        self.run_program(*RUN, "-o", "out.h5", "--force")
        self.run_program("show", "out.h5")

    def test_a_folder_that_does_not_exist_is_named(self):
        self.refused("-o", "absent/out.h5", saying=["absent"])
        self.nothing_but()

    def test_a_folder_given_as_file_is_refused(self):
        (self.folder / "folder").mkdir()
        self.refused("-o", "folder", "--force", saying=["folder"])

    def test_a_folder_that_cannot_be_written_is_refused(self):
        locked = self.folder / "locked"
        locked.mkdir()
        command = [PROGRAM, *RUN, "-o", "locked/out.h5"]
        if os.geteuid() == 0:  # root may write anywhere: give the rights up
            self.folder.chmod(0o755)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        else:
            locked.chmod(0o555)
        done = subprocess.run(command, cwd=self.folder, text=True, capture_output=True, check=False)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("locked", done.stderr)
        self.assertEqual(list(locked.iterdir()), [])

    def test_a_full_disk_leaves_the_earlier_file_intact(self):
        self.run_program(*RUN, "-o", "out.h5")
        before = (self.folder / "out.h5").read_bytes()
        # A limit on the size of any file the process writes acts like a disk that fills up.
        done = subprocess.run(["bash", "-c", 'trap "" XFSZ; ulimit -f 16; exec "$@"', "bash", PROGRAM,
                               *RUN, "-o", "out.h5", "--force", "--quiet"],
                              cwd=self.folder, text=True, capture_output=True, check=False)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("out.h5", done.stderr)
        self.assertEqual((self.folder / "out.h5").read_bytes(), before)
        self.nothing_but("out.h5")

    def test_standard_output_that_takes_nothing_is_an_error(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run([PROGRAM, "analyze", "60/75", "47/74"], stdout=full,
                                  stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn("standard output", done.stderr)

    def shown(self, flag, output, **options):
        """Exit status and messages of a document of many pieces."""
        self.run_program("run", "--total", "20:60:2", "--control-rate", "0.3:0.7:0.1", "--odds-ratio",
                         "2", "--replicates", "100", "-o", "sweep.h5", "--quiet", "--force")
        done = subprocess.run([PROGRAM, "show", "sweep.h5", flag], cwd=self.folder, stdout=output,
                              stderr=subprocess.PIPE, text=True, check=False, **options)
        return done.returncode, done.stderr

    def test_a_document_that_does_not_fit_is_an_error(self):
        for flag in ("--json", "--csv"):
            with open("/dev/full", "w", encoding="ascii") as full:
                status, message = self.shown(flag, full)
            self.assertEqual(status, 3)
            self.assertIn(f"standard output could not be written: {os.strerror(errno.ENOSPC)}",
                          message)

    def test_a_reader_that_goes_away_ends_a_document(self):
        for ignored, expected in ((False, -signal.SIGPIPE), (True, 3)):
            def set_signal(ignored=ignored):
                signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignored else signal.SIG_DFL)
            reading, writing = os.pipe()
            os.close(reading)
            status, message = self.shown("--json", writing, preexec_fn=set_signal)
            os.close(writing)
            self.assertEqual(status, expected)
            self.assertEqual(os.strerror(errno.EPIPE) in message, ignored)

    def test_a_file_that_holds_no_results_is_refused(self):
        self.run_program(*RUN, "-o", "good.h5")
        good = (self.folder / "good.h5").read_bytes()
        self.write("text.h5", "not a results file")
        self.write("empty.h5", "")
        (self.folder / "cut.h5").write_bytes(good[: len(good) // 2])
        for name in ("text.h5", "empty.h5", "cut.h5", "absent.h5", "."):
            done = self.run_program("show", name, status=3)
            self.assertIn(name, done.stderr)


if __name__ == "__main__":
    unittest.main()
