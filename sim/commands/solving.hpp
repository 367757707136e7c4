#pragma once

#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// scenario::solve on so many threads. Where it takes long that is told, if `tells`: on a terminal
/// by a bar, elsewhere by a line a minute.
void solve_models(scenario::Scenario& scenario, const std::vector<bool>& wanted, unsigned threads,
                  bool tells);

}  // namespace rsasim::commands
