"""What a reader script prints against the CSV of the program, to the last bit.
usage: compare_frames.py FOLDER COMMAND...   as in: compare_frames.py samples Rscript rsasim.R"""
import csv
import io
import pathlib
import struct
import subprocess
import sys

KINDS = {"test": "tests", "interval": "intervals", "estimator": "estimators", "pair": "pairs",
         "test_pair": "test_pairs"}
SAMPLES = ("sweep", "single_exact", "unstarted")
FIGURE = {"kind", "method", "measure", "value", "mcse"}


def bits(text):
    """The bits of a number, any NaN the same; the text where it is none."""
    try:
        return struct.pack("<d", float(text)) if text else "NaN"
    except ValueError:
        return text


def frame_of(command, path, kind):
    printed = subprocess.run([*command, path, kind], check=True, capture_output=True, text=True)
    return list(csv.DictReader(io.StringIO(printed.stdout)))


def require(holds, *message):
    if not holds:
        sys.exit(" ".join(str(part) for part in message))


def compare(frame, rows, where):
    """Each row of the CSV has its place in the frame; returns how many numbers were compared."""
    lines, line, compared = iter(frame), None, 0
    last = None
    for row in rows:
        if line is None or row["measure"] == rows[0]["measure"]:
            line = next(lines, None)
            require(line is not None, where, "has too few rows")
        pairs = [(row["value"], line[row["measure"]])]
        if row["measure"] + "_mcse" in line:
            pairs.append((row["mcse"], line[row["measure"] + "_mcse"]))
        if line is not last:
            require(line[row["kind"]] == row["method"], where, "has another order of methods")
            pairs += [(row[name], line[name]) for name in set(row) - FIGURE]
            last = line
        for expected, found in pairs:
            require(bits(expected) == bits(found), where, row, "found", found)
        compared += len(pairs)
    require(next(lines, None) is None, where, "has too many rows")
    return compared


def main(folder, *command):
    compared = 0
    for sample in SAMPLES:
        path = pathlib.Path(folder) / f"{sample}.h5"
        with path.with_suffix(".csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        for kind, plural in KINDS.items():
            own = [row for row in rows if row["kind"] == kind]
            compared += compare(frame_of(command, path, plural), own, f"{sample} {plural}")
    require(compared > 1000, "only", compared, "numbers were compared")
    print(compared, "numbers are the same")


if __name__ == "__main__":
    main(*sys.argv[1:])
