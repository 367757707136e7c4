#pragma once

#include <memory>
#include <utility>

#include <rsasim/design/design.hpp>

/// Small patient-level designs, made without a scenario.
namespace rsasim::test {

/// A covariate, one stage, logistic regression and stratified analysis, and a biomarker.
inline design::PatientModel model_of_women() {
    design::PatientModel model;
    design::Covariate age;
    age.name = "age";
    model.covariates = {age};
    design::Stage birth;
    birth.name = "birth";
    birth.intercept = 0.4;
    birth.treatment = 0.6;
    birth.effects = {{design::Feature{.covariate = 0, .label = "age"}, 0.7}};
    model.stages = {birth};
    design::Biomarker marker;
    marker.name = "marker";
    marker.treatment_shift = -0.3;
    model.biomarkers = {marker};
    return model;
}

inline design::PatientChoice choice(const char* id, std::optional<design::Measure> measure) {
    design::PatientChoice chosen;
    chosen.id = id;
    chosen.measure = measure;
    chosen.label = id;
    return chosen;
}

inline design::AnalysisPlan plan_of_women() {
    design::AnalysisPlan plan;
    plan.tests = {{"pearson", {}}, {"fisher", {}}};
    plan.intervals = {{design::Measure::odds_ratio, {"woolf", {}}}};
    design::PatientPlan patients;
    patients.adjust = {design::Feature{.covariate = 0, .label = "age"}};
    patients.sets = {design::AnalysisSet{}};
    patients.methods = {choice("logistic", design::Measure::conditional_odds_ratio),
                        choice("mantel-haenszel", design::Measure::conditional_odds_ratio),
                        choice("welch", design::Measure::mean_difference)};
    patients.methods.back().endpoint = 0;
    patients.methods.back().label = "welch[marker]";
    patients.multiplicity = design::Multiplicity{
        {design::Procedure::fixed_sequence, design::Procedure::holm, design::Procedure::bonferroni},
        {0, 2}};
    plan.patients = patients;
    return plan;
}

inline design::Design trial_of_women(design::ArmSizes sizes = {20, 20}) {
    auto truth = std::make_shared<design::PatientTruth>();
    truth->rates = {0.7, 0.6};
    truth->methods = {{1.8221188003905089, 0}, {1.6, 0}, {-0.3, 0}};
    return {sizes,
            truth->rates,
            std::make_shared<const design::AnalysisPlan>(plan_of_women()),
            {std::make_shared<const design::PatientModel>(model_of_women()), truth}};
}

}  // namespace rsasim::test
