#pragma once

#include "analysis_fragility.hpp"

#include <string>

namespace rsasim::files {

/// A section that says how many women decide the significance of each test; empty where no test
/// that is significant can lose it.
std::string fragility_text(const std::vector<TestFragility>& fragility,
                           const design::Table2x2& table, const design::AnalysisPlan& plan,
                           bool use_colour);

}  // namespace rsasim::files
