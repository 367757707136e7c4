#!/usr/bin/python3
"""power_curve.py RESULTS.h5 PICTURE   draws power against the total size, a line for each test"""
import sys

import matplotlib.pyplot as plot
import rsasim

tests = rsasim.read_results(sys.argv[1])["tests"]
tests["total"] = tests.n_treated + tests.n_control
largest = tests[tests.odds_ratio == tests.odds_ratio.max()]  # the strongest effect of the sweep
for name, curve in largest.groupby("test"):
    plot.errorbar(curve.total, curve.power, yerr=1.96 * curve.power_mcse, label=name)
plot.xlabel("women")
plot.ylabel("power")
plot.legend()
plot.savefig(sys.argv[2])
