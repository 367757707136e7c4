#pragma once

#include "faults.hpp"
#include "settings.hpp"

#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::scenario {

/// The methods that the settings ask for, by default all intervals and all tests that have the null
/// (at no effect without those of any null, which equal others there); estimates always all.
/// Where trials are tallied one by one the default tests are fewer, see with_quick_tests.
/// The pairs are the standard ones whose two members are asked for, then those of analysis.pairs.
/// At the patient level `patients` has its methods and their multiplicity, by default all that are
/// not costly and have what they need, on every set of women; its other members are left open.
/// alpha, sides, confidence, null and direction are left as they are by default.
design::AnalysisPlan read_methods(const Settings& settings, Faults& faults);

}  // namespace rsasim::scenario
