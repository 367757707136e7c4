#pragma once

#include "analysis_fragility.hpp"
#include "json_values.hpp"

namespace rsasim::files {

/// The arm that changes and, for each number of changes, the tests that lose significance.
Json fragility_json(const std::vector<TestFragility>& fragility, const design::Table2x2& table,
                    const design::AnalysisPlan& plan);

}  // namespace rsasim::files
