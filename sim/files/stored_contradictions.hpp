#pragma once

#include "hdf5_image.hpp"
#include "hdf5_reader.hpp"

#include <rsasim/summary/results.hpp>

/// The group /contradictions of a results file: one entry for each cell, pair and table at which a
/// test and its interval contradict each other, in this order.
namespace rsasim::files {

void write_contradictions(hdf5::Image& image, const summary::Results& results);

/// Needs the pairs and the tables. Throws hdf5::Error where an entry names neither, or is out of
/// order.
void read_contradictions(const hdf5::Reader& file, summary::Results& results);

}  // namespace rsasim::files
