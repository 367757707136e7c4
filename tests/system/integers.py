"""What the tests of shards, checkpoints and resuming compare: the contents of results files."""
import h5py
import numpy

# 9 in 10 pass the first stage at most: no treatment brings a rate of 0.95 about.
WOMEN_OF_TWO_STAGES = """
arms = { total = 60, control_rate = 0.5, treated_rate = 0.7 }
simulation = { replicates = 5_000 }
[[stage]]
name = "conception"
base_rate = 0.9
odds_ratio = 1
[[stage]]
name = "birth"
"""

WOMEN = """
[arms]
total = 60
ratio = [1, 1]
[[covariate]]
name = "age"
distribution = "normal"
mean = 33
sd = 4.5
centre = 33
unit = 5
[[stage]]
name = "birth"
base_rate = 0.4
odds_ratio = 1.5
effects = { age = -0.5 }
[analysis]
adjust = ["age"]
tests = ["pearson", "logistic"]
intervals = ["odds_ratio:woolf", "logistic"]
[sweep]
"arms.total" = [60, 100]
"""

# Provenance may differ between identical computations, and nothing else may.
FREE = "provenance"


def content_of(path):
    """Name -> bytes of each dataset, and each attribute, outside /provenance."""
    content = {}

    def keep(name, item):
        if name.split("/")[0] == FREE:
            return
        for key, value in item.attrs.items():
            if key not in ("DIMENSION_LIST", "REFERENCE_LIST"):
                content[f"{name}@{key}"] = repr(value)
        if isinstance(item, h5py.Dataset):
            value = item[()]
            as_text = item.dtype.kind == "O"
            content[name] = repr(value.tolist() if item.shape else value) if as_text else (
                value.tobytes(), str(item.dtype), item.shape)

    with h5py.File(path, "r") as file:
        keep("", file)
        file.visititems(keep)
    return content


def attributes_of(path):
    with h5py.File(path, "r") as file:
        return dict(file.attrs)


def ledger_of(path):
    """Cell -> its finished ranges."""
    with h5py.File(path, "r") as file:
        ledger = file["state/ledger"]
        ranges = {}
        for cell, first, last in zip(ledger["cell"][()], ledger["first"][()], ledger["last"][()]):
            ranges.setdefault(int(cell), []).append((int(first), int(last)))
        return ranges


def replicates_in(path):
    return sum(last - first for ranges in ledger_of(path).values() for first, last in ranges)


def tables_of(path):
    """(cell, table) -> count, and at patient level pilot and rejections beside it."""
    with h5py.File(path, "r") as file:
        group = file["tables"]
        names = ["cell", "x_treated", "n_treated", "x_control", "n_control"]
        keys = zip(*(group[name][()].tolist() for name in names))
        values = [group["count"][()].tolist()]
        if "rejections" in group:
            values.append(group["pilot_count"][()].tolist())
            for name in ("rejections", "pilot_rejections"):
                values.extend(group[name][()].T.tolist())
        return dict(zip(keys, zip(*values)))


def words_of(path):
    """The words of the patient-level state by cell, zeros where a cell has none; None at count level."""
    with h5py.File(path, "r") as file:
        if "patients" not in file["state"]:
            return None
        group = file["state/patients"]
        words = numpy.zeros((file["replicates"].size, group["word"].size), numpy.int64)
        words[group["cell"][()]] = group["words"][()]
        return words


def joined(ranges):
    """Sorted ranges with neighbours put together. Overlaps are an error."""
    result = []
    for first, last in sorted(ranges):
        if result and first < result[-1][1]:
            raise AssertionError(f"replicates {first} to {result[-1][1] - 1} are counted twice")
        if result and first == result[-1][1]:
            result[-1] = (result[-1][0], last)
        else:
            result.append((first, last))
    return result


def joined_ledgers(paths):
    ranges = {}
    for path in paths:
        for cell, of_cell in ledger_of(path).items():
            ranges.setdefault(cell, []).extend(of_cell)
    return {cell: joined(of_cell) for cell, of_cell in sorted(ranges.items())}


def joined_tables(paths):
    total = {}
    for path in paths:
        for key, counts in tables_of(path).items():
            known = total.get(key, [0] * len(counts))
            total[key] = tuple(a + b for a, b in zip(known, counts))
    return total
