#include "women.hpp"

using namespace rsasim;
using design::Comparison;
using design::Family;

design::PatientModel plain_model() {
    design::PatientModel model;
    model.stages = {{"live birth", 0.4, 0.7, {}, {}}};
    model.allocation.scheme = design::Scheme::permuted_block;
    model.allocation.block_sizes = {4};
    return model;
}

design::PatientModel whole_model() {
    design::PatientModel model;
    model.covariates = {covariate("age", Family::normal, 33, 4.5),
                        covariate("il33", Family::log_normal, 0, 0.4),
                        covariate("losses", Family::poisson, 1.3),
                        covariate("smoker", Family::binary, 0.3),
                        covariate("ratio", Family::gamma, 2.5, 0.7),
                        covariate("share", Family::beta, 2, 5),
                        covariate("visits", Family::negative_binomial, 1.2, 0.8),
                        covariate("centre", Family::categorical, 0),
                        covariate("score", Family::uniform, -1, 3)};
    model.covariates[0].distribution.lower = 18;
    model.covariates[0].distribution.upper = 45;
    model.covariates[2].distribution.shift = 3;
    model.covariates[7].distribution.probabilities = {0.5, 0.2, 0.3};
    const std::size_t n = model.covariates.size();
    model.correlation.assign(n * n, 0);
    for (std::size_t i = 0; i < n; ++i)
        model.correlation[i * n + i] = 1;
    const auto correlate = [&](std::size_t i, std::size_t j, double r) {
        model.correlation[i * n + j] = model.correlation[j * n + i] = r;
    };
    correlate(0, 2, 0.4);
    correlate(1, 4, -0.5);
    correlate(2, 3, 0.3);
    model.eligibility.clauses = {{where(2, Comparison::at_least, 4)},
                                 {where(1, Comparison::above, 1.1), value_of(3)}};
    model.centres = design::Centres{7, 0.3};
    design::Stage first{"conception", 1.2, 0.3, {{value_of(0, 33), -0.06}}, {}};
    design::Stage second{"ongoing", 0.8, 0.5, {}, {{where(1, Comparison::above, 1.2), 0.4}}};
    second.effects = {{value_of(5), 0.9}, {where(3, Comparison::equal, 1), -0.5}};
    design::Stage third{"no malformation", 2.5, 0, {{value_of(8, 1, 2), 0.2}}, {}};
    model.stages = {first, second, third};
    model.biomarkers = {{"il33 later", 1, 0.6, 1.5, 0.4, -0.3, -0.2},
                        {"th1", {}, 0, 10, 2, 0.5, 1}};
    model.allocation.scheme = design::Scheme::stratified_block;
    model.allocation.block_sizes = {4};
    model.allocation.strata = {{0, {30, 36}, "age"}, {3, {0.5}, "smoker"}};
    model.dropout = design::Dropout{{-2, 0.5}, {-1.5, -0.3}, {{value_of(4), 0.1}}};
    model.adherence = design::Adherence{2, 1.5, {{where(3, Comparison::equal, 1), -0.7}}};
    model.time_trend = 0.4;
    model.selection_bias = 0.2;
    return model;
}

OneTrial trial_in(const design::TrialBatch& batch, std::size_t lane) {
    const auto copy = [&](const design::Column& column) {
        std::vector<double> numbers;
        for (std::size_t i = lane; i < column.size(); i += design::lanes)
            numbers.push_back(column[i]);
        return numbers;
    };
    OneTrial trial;
    for (const design::Column& column : batch.covariates)
        trial.covariates.push_back(copy(column));
    for (const design::Column& column : batch.biomarkers)
        trial.biomarkers.push_back(copy(column));
    trial.treated = copy(batch.treated);
    trial.adherent = copy(batch.adherent);
    trial.passed = copy(batch.passed);
    trial.outcome = copy(batch.outcome);
    trial.observed = copy(batch.observed);
    trial.screened = batch.screened[lane];
    trial.correct_guesses = batch.correct_guesses[lane];
    return trial;
}

std::vector<OneTrial> trials_of(const replicate::PatientTrial& trial, std::int64_t first,
                                std::size_t live) {
    const auto batch = trial.make_batch();
    const design::TrialBatch& filled = trial.fill(first, live, *batch);
    std::vector<OneTrial> trials;
    for (std::size_t lane = 0; lane < live; ++lane)
        trials.push_back(trial_in(filled, lane));
    return trials;
}
