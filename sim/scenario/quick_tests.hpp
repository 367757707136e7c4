#pragma once

#include "settings.hpp"

#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::scenario {

/// The methods for designs that are tallied one by one: where the settings name no tests, without
/// those that prepare for the sizes of the arms (see analysis::MethodRow), unless a pair of the
/// settings names them.
design::AnalysisPlan with_quick_tests(const design::AnalysisPlan& methods,
                                      const Settings& settings);

}  // namespace rsasim::scenario
