#pragma once

#include <memory>
#include <string>
#include <vector>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/planning/confirmatory.hpp>
#include <rsasim/planning/replication.hpp>
#include <rsasim/planning/reproduction.hpp>

namespace rsasim::files {

/// What replan found about a published trial.
struct ReplanReport {
    design::Table2x2 table;
    std::shared_ptr<const design::AnalysisPlan> plan;  ///< the methods that were asked
    planning::Reproduction reproduction;
    design::MethodChoice test;  ///< of new trials
    std::vector<planning::AssumedTruth> truths;
    std::vector<planning::OmittedTruth> omitted;      ///< truths that the trial does not have
    std::vector<planning::Replication> replications;  ///< by truth; empty where too large
    planning::ConfirmatoryRule rule;
    std::vector<planning::ConfirmatorySize> sizes;  ///< by truth
};

/// For a reader.
std::string replan_to_text(const ReplanReport& report, bool use_colour);

/// Schema rsasim.replan/1.
std::string replan_to_json(const ReplanReport& report);

}  // namespace rsasim::files
