#pragma once

#include <string>

#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/files/trial_data.hpp>

namespace rsasim::files {

/// Every estimate, test and interval of the catalogue for one table: schema rsasim.analyze/1.
/// `plan` chooses the methods, alpha and confidence.
std::string analysis_to_json(const design::Table2x2& table, const design::AnalysisPlan& plan);

/// The same as tables a person reads.
std::string analysis_to_text(const design::Table2x2& table, const design::AnalysisPlan& plan,
                             bool use_colour);

/// A real data set: what was read, the patient-level methods under "analyses" with the coefficients
/// of the regressions, and all of the above about its 2x2 table.
std::string analysis_to_json(const TrialData& data, const design::AnalysisPlan& plan);
std::string analysis_to_text(const TrialData& data, const design::AnalysisPlan& plan,
                             bool use_colour);

}  // namespace rsasim::files
