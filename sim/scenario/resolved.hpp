#pragma once

#include "settings.hpp"

#include <string>

#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::scenario {

/// A complete scenario file: every key in force with its value, defaults too, the lists of methods
/// written out, and the sweep in the order of its axes. Read by itself it gives the same scenario.
std::string resolved_text(const Settings& settings, const design::AnalysisPlan& methods);

}  // namespace rsasim::scenario
