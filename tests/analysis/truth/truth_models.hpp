#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <rsasim/analysis/truth.hpp>

/// Small models and plans for the tests of what analyses estimate.
namespace rsasim::truth_models {

using design::Comparison;
using design::Family;
using design::Feature;
using design::Measure;

inline design::Distribution distribution(Family family, double first, double second = 0) {
    design::Distribution d;
    d.family = family;
    d.first = first;
    d.second = second;
    return d;
}

inline design::Covariate covariate(const design::Distribution& d) {
    return {"x", d, {}};
}

inline design::Covariate standard_normal() {
    return covariate(distribution(Family::normal, 0, 1));
}

/// (x - centre) / unit.
inline Feature value_of(std::size_t covariate, double centre = 0, double unit = 1) {
    return {covariate, Comparison::none, 0, centre, unit, "value"};
}

inline Feature where(std::size_t covariate, Comparison comparison, double threshold) {
    return {covariate, comparison, threshold, 0, 1, "comparison"};
}

inline design::Stage stage(double intercept, double treatment,
                           std::vector<design::Term> effects = {},
                           std::vector<design::Term> interactions = {}) {
    return {"stage", intercept, treatment, std::move(effects), std::move(interactions)};
}

inline design::PatientModel model(std::vector<design::Covariate> covariates,
                                  std::vector<design::Stage> stages) {
    design::PatientModel m;
    m.covariates = std::move(covariates);
    m.stages = std::move(stages);
    return m;
}

/// A plan with one set and these methods, each with its measure.
inline design::PatientPlan plan(
    const std::vector<std::pair<std::string, std::optional<Measure>>>& methods = {}) {
    design::PatientPlan p;
    p.sets = {design::AnalysisSet{}};
    for (const auto& [id, measure] : methods) {
        design::PatientChoice choice;
        choice.id = id;
        choice.measure = measure;
        p.methods.push_back(choice);
    }
    return p;
}

/// The published trial's arms.
inline constexpr design::ArmSizes published{75, 74};

inline double first_method(const design::PatientModel& m, const design::PatientPlan& p,
                           design::ArmSizes sizes = published) {
    return analysis::truth_of(m, sizes, p).methods.at(0).value;
}

/// The odds of `treated` against those of `control`.
inline double odds_ratio(double treated, double control) {
    return treated / (1 - treated) / (control / (1 - control));
}

}  // namespace rsasim::truth_models
