#!/usr/bin/env Rscript
# power_curve.R RESULTS.h5 PICTURE.svg   draws power against the total size, a line for each test
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
source(file.path(dirname(script), "rsasim.R"))
given <- commandArgs(trailingOnly = TRUE)
tests <- read_results(given[1])$tests
tests <- tests[tests$odds_ratio == max(tests$odds_ratio), ]  # the strongest effect of the sweep
curves <- tapply(tests$power, list(tests$n_treated + tests$n_control, tests$test), mean)
svg(given[2])
matplot(as.numeric(rownames(curves)), curves, type = "l", xlab = "women", ylab = "power", ylim = 0:1)
legend("bottomright", colnames(curves), col = 1:6, lty = 1:5)
invisible(dev.off())
