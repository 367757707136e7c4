#pragma once

#include "hdf5_image.hpp"

#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// The attributes that every variable has. All quantities are pure numbers.
void describe(const hdf5::Object& object, std::string_view long_name);

/// The groups /tables and (simulation) /state/ledger: all from which the rest can be computed.
void write_state(hdf5::Image& image, const summary::Results& results);

}  // namespace rsasim::files
