#pragma once

#include "patient_cells.hpp"

#include <optional>
#include <span>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {

/// read_scenario with truths from elsewhere.
Scenario read_scenario_with(const std::optional<SourceText>& source,
                            std::span<const FlagSetting> settings, const TruthSource& truths);

}  // namespace rsasim::scenario
