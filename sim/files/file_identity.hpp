#pragma once

#include "hdf5_reader.hpp"

#include <rsasim/files/stored_state.hpp>

namespace rsasim::files {

/// Throws hdf5::Error unless the file is one of rsasim's results, in a format this program knows,
/// and says what it is about.
FileIdentity read_identity(const hdf5::Reader& file);

/// A root attribute that is one number.
std::int64_t root_integer(const hdf5::Reader& file, const std::string& name);

}  // namespace rsasim::files
