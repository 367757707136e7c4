#!/usr/bin/env Rscript
# Reads results of rsasim as tidy data frames (package hdf5r).
#
#   source("rsasim.R")
#   frames <- read_results("tacrolimus.h5")
#   frames$tests[c("test", "power", "power_mcse")]
#
# or, for one of them as CSV: Rscript rsasim.R tacrolimus.h5 tests|intervals|estimators|pairs|test_pairs

kinds <- c(tests = "test", intervals = "interval", estimators = "estimator", pairs = "pair",
           test_pairs = "test_pair")

# A row for each cell and label: the axes and parameters of the cell, the label, every figure.
read_results <- function(path) {
  file <- hdf5r::H5File$new(path, mode = "r")
  on.exit(file$close_all())
  axes <- words(hdf5r::h5attr(file, "axes"))
  listing <- file$ls(index_type = hdf5r::h5const$H5_INDEX_CRT_ORDER)
  variables <- lapply(setNames(nm = listing$name[listing$obj_type == "H5I_DATASET"]),
    function(name) {
      dataset <- file[[name]]
      values <- dataset$read()
      if (!is.character(values)) values <- as.numeric(values)
      list(dimensions = words(hdf5r::h5attr(dataset, "dimension_names")),
           values = as.vector(values))  # R's order of a reversed array is the order in the file
    })
  lapply(kinds, function(label) frame_of(variables, axes, label))
}

words <- function(text) Filter(nzchar, strsplit(text, " ", fixed = TRUE)[[1]])

frame_of <- function(variables, axes, label) {
  if (is.null(variables[[label]])) return(data.frame())
  dimensions <- c(axes, label)
  sizes <- vapply(dimensions, function(d) length(variables[[d]]$values), 0L)
  steps <- rev(expand.grid(rev(lapply(sizes, seq_len))))  # the last dimension moves fastest
  # Axes, parameters, figures: in the order in which they were written.
  wanted <- Filter(function(v) all(v$dimensions %in% dimensions), variables)
  columns <- lapply(wanted, function(v) {
    index <- rep(1, nrow(steps))
    for (d in v$dimensions) index <- (index - 1) * sizes[[d]] + steps[[d]]
    v$values[index]
  })
  data.frame(columns, check.names = FALSE, stringsAsFactors = FALSE)
}

if (sys.nframe() == 0) {
  given <- commandArgs(trailingOnly = TRUE)
  if (length(given) != 2 || !given[2] %in% names(kinds)) {
    stop("usage: rsasim.R RESULTS.h5 ", paste(names(kinds), collapse = "|"), call. = FALSE)
  }
  frame <- read_results(given[1])[[given[2]]]
  for (name in names(Filter(is.double, frame))) {
    text <- formatC(frame[[name]], digits = 17, format = "g", width = 1)
    frame[[name]] <- ifelse(is.nan(frame[[name]]), "", text)
  }
  write.csv(frame, stdout(), row.names = FALSE, quote = FALSE)
}
