#pragma once

#include "hdf5_reader.hpp"

#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// Fills tables and finished ranges of the cells. Throws hdf5::Error where they break the rules of
/// the layout: cells in order, rows sorted and distinct, events within arms, ranges disjoint.
void read_state(const hdf5::Reader& file, summary::Results& results);

summary::Provenance read_provenance(const hdf5::Reader& file);

}  // namespace rsasim::files
