#pragma once

#include "hdf5_image.hpp"

#include <rsasim/summary/results.hpp>

namespace rsasim::files {

/// The attributes that every variable has. All quantities are pure numbers.
hdf5::Attributes described(std::string_view long_name);
/// Adds these attributes to others.
void add_description(hdf5::Attributes& attributes, std::string_view long_name);
void describe(const hdf5::Object& object, std::string_view long_name);

/// The groups /tables and (simulation) /state/ledger: all from which the rest can be computed.
void write_state(hdf5::Image& image, const summary::Results& results);

}  // namespace rsasim::files
