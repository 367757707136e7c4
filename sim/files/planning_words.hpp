#pragma once

#include "json_values.hpp"

#include <string>

#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::files {

inline constexpr std::size_t planning_width = 100;
inline constexpr int power_decimals = 6;
inline constexpr int simulated_decimals = 4;  ///< of rates and powers found by simulation

/// What is tested, how, at which level: a line for a reader.
std::string hypotheses_text(const design::AnalysisPlan& plan);

/// A test's label and definition.
std::string test_text(const design::MethodChoice& choice);

/// alpha, sides, and the null or the margins of equivalence.
void set_hypotheses(Json& json, const design::AnalysisPlan& plan);

}  // namespace rsasim::files
