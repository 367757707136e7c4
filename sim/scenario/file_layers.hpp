#pragma once

#include "faults.hpp"
#include "settings.hpp"
#include "value.hpp"

namespace rsasim::scenario {

/// The two layers of a scenario file.
struct FileLayers {
    Layer keys;
    Layer sweep;  ///< its axes in the order of the source
};

FileLayers read_file_layers(const Table& root, Vocabulary& vocabulary, Faults& faults);

}  // namespace rsasim::scenario
