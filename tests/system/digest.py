"""results_sha256 of a results file, worked out from its integers alone: a twin of `rsasim digest`.
usage: digest.py RESULTS.h5 ..."""
import hashlib
import sys

import h5py

TABLES = [("/tables/" + name, "<i4")
          for name in ("cell", "x_treated", "n_treated", "x_control", "n_control")]
SIMULATED = [("/tables/count", "<i8"), ("/state/ledger/cell", "<i4"),
             ("/state/ledger/first", "<i8"), ("/state/ledger/last", "<i8")]
OF_WOMEN = [(path, "<i8") for path in ("/tables/pilot_count", "/tables/rejections",
                                       "/tables/pilot_rejections", "/state/patients/words")]


def digest(path):
    with h5py.File(path, "r") as file:
        message = hashlib.sha256()
        for name in ("scenario_sha256", "seed", "rng"):
            message.update(file.attrs[name] + b"\n")
        is_simulated = file.attrs["engine"] == b"simulation"
        datasets = (TABLES + (SIMULATED if is_simulated else [])
                    + (OF_WOMEN if "/state/patients" in file else []))
        for name, kind in datasets:
            message.update(f"{name} {file[name].size}\n".encode())
            message.update(file[name][()].astype(kind).tobytes())
        return message.hexdigest()


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(digest(argument))
