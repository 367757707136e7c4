#pragma once

#include <cstdint>
#include <vector>

#include <rsasim/files/boundary_text.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Where the tests reject, once for each pair of arm sizes and analyses in the scenario. Throws
/// scenario::InputErrors where arms make more than `most_tables` tables.
std::vector<files::BoundaryOfDesign> boundaries_of(const scenario::Scenario& scenario,
                                                   std::int64_t most_tables, unsigned threads);

}  // namespace rsasim::commands
