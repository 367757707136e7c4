#pragma once

#include "open_models.hpp"

#include <optional>
#include <span>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {

/// solve() with truths from elsewhere.
void solve_with(Scenario& scenario, const std::vector<bool>& wanted, const Solving& how,
                const TruthSource& truths);

/// read_scenario with truths from elsewhere.
Scenario read_scenario_with(const std::optional<SourceText>& source,
                            std::span<const FlagSetting> settings, const TruthSource& truths);

}  // namespace rsasim::scenario
