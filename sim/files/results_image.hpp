#pragma once

#include "hdf5_reader.hpp"

#include <cstddef>
#include <span>

#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// The results in an HDF5 image, after the strict check that read_results makes behind the trailer.
/// Throws hdf5::Error.
summary::Results results_in(std::span<const std::byte> image);

}  // namespace rsasim::files
