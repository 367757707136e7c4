#pragma once

#include "options.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Why a plan is sought by simulation, as a clause; empty where tables are enumerated. Throws
/// scenario::InputErrors where enumeration was asked for and cannot be.
std::string why_simulated(const PlanningOptions& options, const design::Design& design,
                          std::string_view command);

/// The label of the test that is asked for, or of the only one. Throws scenario::InputErrors.
std::string chosen_test(const PlanningOptions& options, const design::AnalysisPlan& plan,
                        std::string_view command);

/// How many replicates a search by simulation may have: those of --replicates, else 100,000.
std::int64_t replicates_of_search(const PlanningOptions& options,
                                  const scenario::Scenario& scenario);

/// The level of a test on the side that is planned for.
double one_sided_level(const design::AnalysisPlan& plan);

/// Simulates designs with one test each, all else as in the scenario, and counts the rejections of
/// each. Rounds of one seed, and designs of one round, are independent of each other.
std::vector<std::int64_t> simulated_rejections(scenario::Scenario scenario,
                                               const std::vector<design::Design>& designs,
                                               std::int64_t replicates, int round,
                                               unsigned threads);

}  // namespace rsasim::commands
