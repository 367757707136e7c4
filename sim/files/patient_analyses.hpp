#pragma once

#include <string_view>
#include <vector>

#include <rsasim/analysis/coefficients.hpp>
#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/files/trial_data.hpp>

/// The patient-level methods on one real trial.
namespace rsasim::files {

struct PatientMethodFinding {
    const analysis::PatientRow* row;
    analysis::Finding finding;
};

struct RegressionCoefficients {
    std::string_view id;  ///< "logistic", "firth"
    analysis::Coefficients coefficients;
};

struct PatientAnalyses {
    std::vector<PatientMethodFinding> methods;  ///< in the order of the catalogue
    std::vector<RegressionCoefficients> regressions;
};

/// Every method that the data have the columns for: regressions, and with strata the stratified
/// ones. Those of the 2x2 table alone are not among them.
PatientAnalyses analyse_patients(const TrialData& data, const design::AnalysisPlan& plan);

/// The name under which a method is shown: that of its test, which differs by measure.
std::string_view name_of(const analysis::PatientRow& row);

/// "(intercept)", the arm's column, the features.
std::vector<std::string> coefficient_names(const TrialData& data);

}  // namespace rsasim::files
