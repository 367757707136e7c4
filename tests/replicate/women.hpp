#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/replicate/patient_trial.hpp>

/// A design of a model of women, its truth left out.
inline rsasim::design::Design women_of(const rsasim::design::PatientModel& model,
                                       rsasim::design::ArmSizes sizes) {
    static const auto no_analysis = std::make_shared<const rsasim::design::AnalysisPlan>();
    static const auto no_truth = std::make_shared<const rsasim::design::PatientTruth>();
    return {sizes,
            {0.5, 0.5},
            no_analysis,
            {std::make_shared<const rsasim::design::PatientModel>(model), no_truth}};
}

/// A covariate of a family with two parameters.
inline rsasim::design::Covariate covariate(const char* name, rsasim::design::Family family,
                                           double first, double second = 1) {
    return {name, {.family = family, .first = first, .second = second}, {}};
}

/// The value of a covariate counted from `centre`.
inline rsasim::design::Feature value_of(std::size_t covariate, double centre = 0, double unit = 1) {
    rsasim::design::Feature feature;
    feature.covariate = covariate;
    feature.centre = centre;
    feature.unit = unit;
    return feature;
}

/// 1 where the covariate compares so with the threshold.
inline rsasim::design::Feature where(std::size_t covariate, rsasim::design::Comparison comparison,
                                     double threshold) {
    rsasim::design::Feature feature;
    feature.covariate = covariate;
    feature.comparison = comparison;
    feature.threshold = threshold;
    return feature;
}

/// One stage without covariates, permuted blocks of 4.
rsasim::design::PatientModel plain_model();
/// Everything at once: nine covariates, some correlated, screening, centres, three stages with
/// interaction, biomarkers, drop-out, crossing over, time trend and selection bias.
rsasim::design::PatientModel whole_model();

/// What one trial holds, lane by lane copied out of a batch.
struct OneTrial {
    std::vector<std::vector<double>> covariates, biomarkers;
    std::vector<double> treated, adherent, passed, outcome, observed;
    double screened = 0, correct_guesses = 0;
    bool operator==(const OneTrial&) const = default;
};
OneTrial trial_in(const rsasim::design::TrialBatch& batch, std::size_t lane);

/// The replicates first, ..., first + live - 1.
std::vector<OneTrial> trials_of(const rsasim::replicate::PatientTrial& trial, std::int64_t first,
                                std::size_t live = rsasim::design::lanes);

/// Calls take(batch) for batches of replicates 0, ..., replicates - 1, a multiple of 8.
template <class Take>
void for_batches(const rsasim::replicate::PatientTrial& trial, std::int64_t replicates, Take take) {
    const auto batch = trial.make_batch();
    for (std::int64_t first = 0; first < replicates; first += rsasim::design::lanes)
        take(trial.fill(first, rsasim::design::lanes, *batch));
}
