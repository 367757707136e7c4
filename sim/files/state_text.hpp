#pragma once

#include <string>

#include <rsasim/files/results_text.hpp>

namespace rsasim::files {

/// Of a checkpoint or a shard: what is done, cell by cell where they are few, and how to go on.
std::string state_to_text(const summary::Results& results, const TextOptions& options);

}  // namespace rsasim::files
