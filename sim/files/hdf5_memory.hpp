#pragma once

#include "hdf5_handle.hpp"

#include <cstddef>
#include <vector>

namespace rsasim::files::hdf5 {

using Bytes = std::vector<std::byte>;

/// The access list of a file that lives in `bytes`, which must outlive it. After the file is closed
/// the bytes are the file, followed by zeros (see stated_length). Format bounds of HDF5 1.8;
/// H5Fget_file_image fails for these in HDF5 1.10.8, the callbacks of the core driver do not.
Handle access_to_memory(Bytes* bytes);

/// The length that the superblock of version 2 (HDF5 1.8) states at byte 28, little-endian.
/// Throws Error where the bytes do not begin with one.
std::size_t stated_length(const Bytes& bytes);

}  // namespace rsasim::files::hdf5
