#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rsasim/analysis/coefficients.hpp>
#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/files/trial_data.hpp>

/// The patient-level methods on one real trial.
namespace rsasim::files {

struct PatientMethodFinding {
    const analysis::PatientRow* row;
    std::string label;  ///< of its P-value: "logistic", "ancova[il33]"
    /// Without the P-values or limits that were not asked for, or that are of another null.
    analysis::Finding finding;
    /// "ok"; "other_null": the method does not test this margin; "not_asked"; or why the method has
    /// no P-value, a name of its status.
    std::string_view p_value_status;
};

struct RegressionCoefficients {
    std::string_view id;  ///< "logistic", "firth"
    analysis::Coefficients coefficients;
};

struct PatientAnalyses {
    std::vector<PatientMethodFinding> methods;  ///< in the order of the plan
    std::vector<RegressionCoefficients> regressions;
};

/// Every patient-level method of the plan, which has to have them.
PatientAnalyses analyse_patients(const TrialData& data, const design::AnalysisPlan& plan);

/// "(intercept)", the arm's column, the features.
std::vector<std::string> coefficient_names(const TrialData& data);

}  // namespace rsasim::files
