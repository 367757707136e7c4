#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/design/conduct.hpp>
#include <rsasim/design/covariate.hpp>
#include <rsasim/design/effect.hpp>

namespace rsasim::design {

enum class Population { treatment_policy, per_protocol };

/// Which women are analysed, and as what. The first set of a plan also gives the 2x2 table.
struct AnalysisSet {
    std::string label;  ///< empty for the first; "complete-case", "il33_st2 > 1.2", ...
    Population population = Population::treatment_policy;
    std::optional<Feature> subgroup;  ///< only women where it is 1
    Handling handling = Handling::failure;
    /// Added to the log odds of imputed outcomes, by arm.
    double delta_treated = 0;
    double delta_control = 0;
    bool operator==(const AnalysisSet&) const = default;
};

/// A patient-level method by its catalogue id, applied to a set of women.
struct PatientChoice {
    std::string id;
    std::optional<Measure> measure;  ///< of its estimate and interval
    std::size_t set = 0;
    std::optional<std::size_t> endpoint;  ///< the biomarker, of methods for biomarkers
    std::map<std::string, double> options;
    std::string label;             ///< "logistic", "logistic@complete-case", "ancova[il33]"
    bool reports_test = true;      ///< its P-value, where it has one
    bool reports_interval = true;  ///< its interval, where it has one
    bool operator==(const PatientChoice&) const = default;
};

enum class Procedure { fixed_sequence, holm, bonferroni };

/// Testing of several endpoints: indices of choices, in their order.
struct Multiplicity {
    std::vector<Procedure> procedures;
    std::vector<std::size_t> endpoints;
    bool operator==(const Multiplicity&) const = default;
};

/// What is computed from each trial at patient level, beside the methods of its 2x2 table.
struct PatientPlan {
    std::vector<Feature> adjust;         ///< columns of the regressions, after arm
    std::optional<Feature> interaction;  ///< treatment-by-feature interaction that is tested
    std::vector<Factor> strata;          ///< of stratified analyses
    std::vector<AnalysisSet> sets;       ///< at least one
    std::vector<PatientChoice> methods;
    std::optional<Multiplicity> multiplicity;
    std::int64_t imputations = 20;
    bool uses_control_variate = true;
    bool operator==(const PatientPlan&) const = default;
};

}  // namespace rsasim::design
