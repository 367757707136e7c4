#!/usr/bin/python3
"""Reads results of rsasim as tidy data frames (h5py; pandas where it is installed).

    import rsasim
    frames = rsasim.read_results("tacrolimus.h5")
    frames["tests"][["test", "power", "power_mcse"]]

or, for one of them as CSV: rsasim.py tacrolimus.h5 tests|intervals|estimators|pairs|test_pairs
"""
import csv
import sys

import h5py
import numpy

KINDS = {"tests": "test", "intervals": "interval", "estimators": "estimator", "pairs": "pair",
         "test_pairs": "test_pair"}


def read_results(path):
    """One frame a kind, a row for each cell and label: the axes and parameters of the cell, the
    label, then every figure. Without pandas a frame is a dict of numpy columns."""
    with h5py.File(path, "r") as file:
        names = []
        file.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER)
        axes = words(file.attrs["axes"])
        shape = tuple(file[axis].size for axis in axes)
        variables = {name.decode(): (words(file[name].attrs["dimension_names"]),
                                     values_of(file[name]))
                     for name in names if isinstance(file[name], h5py.Dataset)}
    return {kind: frame_of(variables, axes, shape, label) for kind, label in KINDS.items()}


def words(attribute):
    return attribute.decode().split()


def values_of(dataset):
    return dataset.asstr()[()] if h5py.check_string_dtype(dataset.dtype) else dataset[()]


def frame_of(variables, axes, shape, label):
    dimensions, columns = axes + [label], {}
    size = variables[label][1].size if label in variables else 0
    for name, (own, values) in variables.items():  # axes, parameters, figures: as written
        if size > 0 and set(own) <= set(dimensions):
            steps = [values.shape[own.index(d)] if d in own else 1 for d in dimensions]
            column = numpy.broadcast_to(numpy.reshape(values, steps), shape + (size,))
            columns[name] = column.reshape(-1)
    try:
        import pandas
        return pandas.DataFrame(columns)
    except ImportError:
        return columns


def main(path, kind):
    frame = read_results(path)[kind]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(list(frame))
    columns = [frame[name] for name in frame]
    text = lambda value: "" if value != value else value  # NaN is an empty field
    writer.writerows([text(value) for value in row] for row in zip(*columns))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[2] not in KINDS:
        sys.exit("usage: rsasim.py RESULTS.h5 " + "|".join(KINDS))
    main(*sys.argv[1:])
