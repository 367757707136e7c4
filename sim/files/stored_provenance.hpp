#pragma once

#include "hdf5_image.hpp"
#include "hdf5_reader.hpp"

#include <rsasim/summary/results.hpp>

/// The group /provenance: scenarios as datasets, the rest as attributes; a value too long for an
/// attribute becomes a dataset of its name. A merged file has lists over `merged`, an entry for
/// each file that went into it: merged_file, merged_sha256, ...
namespace rsasim::files {

void write_provenance(hdf5::Image& image, const summary::Provenance& provenance);

/// Throws hdf5::Error. What another program has added is left out.
summary::Provenance read_provenance(const hdf5::Reader& file);

}  // namespace rsasim::files
