#include "wanted.hpp"

namespace rsasim::replicate {

WantedColumns wanted_columns(const design::PatientModel& model,
                             const PatientColumnsNeeded& needed) {
    WantedColumns wanted;
    auto& values = wanted.covariates.values;
    values = needed.covariates;
    values.resize(model.covariates.size(), needed.covariates.empty());
    wanted.biomarkers = needed.biomarkers;
    wanted.biomarkers.resize(model.biomarkers.size(), needed.biomarkers.empty());
    wanted.covariates.scores.resize(model.covariates.size());

    const auto want = [&values](const std::vector<design::Term>& terms) {
        for (const design::Term& term : terms)
            values[term.feature.covariate] = true;
    };
    for (const design::Stage& stage : model.stages) {
        want(stage.effects);
        want(stage.interactions);
    }
    if (model.dropout) want(model.dropout->effects);
    if (model.adherence) want(model.adherence->effects);
    for (const auto& clause : model.eligibility.clauses) {
        for (const design::Feature& feature : clause)
            values[feature.covariate] = true;
    }
    for (const design::Factor& factor : model.allocation.strata)
        values[factor.covariate] = true;
    if (model.centres) values[model.centres->covariate] = true;
    for (std::size_t k = 0; k < model.biomarkers.size(); ++k) {
        if (wanted.biomarkers[k] && model.biomarkers[k].baseline)
            wanted.covariates.scores[*model.biomarkers[k].baseline] = true;
    }
    return wanted;
}

}  // namespace rsasim::replicate
