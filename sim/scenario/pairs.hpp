#pragma once

#include "faults.hpp"
#include "settings.hpp"

#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::scenario {

/// Adds the standard pairs whose two members the plan has, then those of analysis.pairs.
void add_pairs(design::AnalysisPlan& plan, const Settings& settings, Faults& faults);

/// The number of pairs at the head of the plan's list that are standard.
std::size_t standard_pairs_in(const design::AnalysisPlan& plan, const Settings& settings);

}  // namespace rsasim::scenario
