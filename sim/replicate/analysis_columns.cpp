#include "patient/columns.hpp"

#include <cstddef>

#include <rsasim/replicate/analysis_columns.hpp>

namespace rsasim::replicate {
namespace {

using design::Column;
using design::Handling;
using design::lanes;

/// column[i] = f(i) over all places of a trial's women.
template <class Function>
void fill(Column& column, std::size_t women, Function f) {
    double* const values = column.data();
    for (std::size_t i = 0; i < women * lanes; ++i)
        values[i] = f(i);
}

void fill_feature(Column& column, const design::Feature& feature, const design::TrialBatch& batch) {
    set_feature(feature, batch.covariates[feature.covariate].data(), column);
}

void fill_level(Column& column, const design::Factor& factor, const design::TrialBatch& batch) {
    set_levels(factor, batch.covariates[factor.covariate].data(), column);
}

/// Strata numbered in mixed radix, the last factor fastest. `level` is working memory.
void fill_stratum(Column& column, Column& level, const std::vector<design::Factor>& factors,
                  const design::TrialBatch& batch) {
    fill_level(column, factors.front(), batch);
    for (std::size_t f = 1; f < factors.size(); ++f) {
        fill_level(level, factors[f], batch);
        const auto levels = static_cast<double>(factors[f].levels());
        fill(column, batch.women, [&](std::size_t i) { return column[i] * levels + level[i]; });
    }
}

/// What a missing outcome of a woman counts as.
double imputed_outcome(Handling handling, double treated) {
    switch (handling) {
        case Handling::worst_case:
            return 1 - treated;
        case Handling::best_case:
            return treated;
        default:
            return 0;
    }
}

bool leaves_missing_out(Handling handling) {
    return handling == Handling::complete_case || handling == Handling::multiple_imputation;
}

}  // namespace

AnalysisColumns::AnalysisColumns(const design::Design& design)
    : model_(design.patients()), plan_(&*design.analysis().patients) {
    const auto women = static_cast<std::size_t>(design.sizes().treated + design.sizes().control);
    const Column empty(women * lanes, 0.0);
    adjust_.assign(plan_->adjust.size(), empty);
    if (plan_->interaction) interaction_ = empty;
    if (!plan_->strata.empty()) stratum_ = level_ = empty;
    levels_.assign(model_->allocation.strata.size(), empty);
    outcomes_.assign(plan_->sets.size(), empty);
    weights_.assign(plan_->sets.size(), empty);
    missing_.assign(plan_->sets.size(), empty);
    if (model_->dropout) biomarker_weight_ = empty;
    columns_.resize(plan_->sets.size());
}

void AnalysisColumns::take(const design::TrialBatch& batch) {
    for (std::size_t i = 0; i < adjust_.size(); ++i)
        fill_feature(adjust_[i], plan_->adjust[i], batch);
    if (plan_->interaction) fill_feature(interaction_, *plan_->interaction, batch);
    if (!plan_->strata.empty()) fill_stratum(stratum_, level_, plan_->strata, batch);
    for (std::size_t i = 0; i < levels_.size(); ++i)
        fill_level(levels_[i], model_->allocation.strata[i], batch);
    for (std::size_t set = 0; set < plan_->sets.size(); ++set)
        take_set(set, batch);
}

void AnalysisColumns::take_set(std::size_t index, const design::TrialBatch& batch) {
    design::PatientColumns& columns = columns_[index];
    columns.women = batch.women;
    columns.live = batch.live;
    columns.treated = batch.treated.data();
    columns.outcome = batch.outcome.data();
    columns.weight = nullptr;
    columns.missing = nullptr;
    weigh(index, batch);
    if (!batch.observed.empty()) take_missing(index, batch);

    columns.adjust.clear();
    for (const Column& column : adjust_)
        columns.adjust.push_back(column.data());
    columns.interaction = interaction_.empty() ? nullptr : interaction_.data();
    columns.stratum = stratum_.empty() ? nullptr : stratum_.data();
    columns.allocation_levels.clear();
    for (const Column& column : levels_)
        columns.allocation_levels.push_back(column.data());
    columns.biomarkers.clear();
    columns.baselines.clear();
    for (std::size_t i = 0; i < model_->biomarkers.size(); ++i) {
        const auto& baseline = model_->biomarkers[i].baseline;
        const bool is_there = i < batch.biomarkers.size() && !batch.biomarkers[i].empty();
        columns.biomarkers.push_back(is_there ? batch.biomarkers[i].data() : nullptr);
        columns.baselines.push_back(baseline && !batch.covariates[*baseline].empty()
                                        ? batch.covariates[*baseline].data()
                                        : nullptr);
    }
}

/// The women of the set's population and subgroup, whatever is known of their outcome.
void AnalysisColumns::weigh(std::size_t index, const design::TrialBatch& batch) {
    const design::AnalysisSet& set = plan_->sets[index];
    const bool is_per_protocol =
        set.population == design::Population::per_protocol && !batch.adherent.empty();
    if (!is_per_protocol && !set.subgroup) return;
    const double* const adherent = is_per_protocol ? batch.adherent.data() : nullptr;
    const double* const values =
        set.subgroup ? batch.covariates[set.subgroup->covariate].data() : nullptr;
    fill(weights_[index], batch.women, [&](std::size_t i) {
        const double of_population = adherent != nullptr ? adherent[i] : 1;
        return values != nullptr ? of_population * set.subgroup->of(values[i]) : of_population;
    });
    columns_[index].weight = weights_[index].data();
}

void AnalysisColumns::take_missing(std::size_t index, const design::TrialBatch& batch) {
    const design::AnalysisSet& set = plan_->sets[index];
    design::PatientColumns& columns = columns_[index];
    const double* const observed = batch.observed.data();
    const double* const weight = columns.weight;
    const auto in_population = [&](std::size_t i) { return weight != nullptr ? weight[i] : 1.0; };
    fill(biomarker_weight_, batch.women, [&](std::size_t i) { return observed[i]; });
    columns.biomarker_weight = biomarker_weight_.data();
    if (set.handling == Handling::multiple_imputation) {
        fill(missing_[index], batch.women,
             [&](std::size_t i) { return in_population(i) * (1 - observed[i]); });
        columns.missing = missing_[index].data();
    }
    if (leaves_missing_out(set.handling)) {
        fill(weights_[index], batch.women,
             [&](std::size_t i) { return in_population(i) * observed[i]; });
        columns.weight = weights_[index].data();
        return;
    }
    fill(outcomes_[index], batch.women, [&](std::size_t i) {
        const double instead = imputed_outcome(set.handling, batch.treated[i]);
        return observed[i] == 1 ? batch.outcome[i] : instead;
    });
    columns.outcome = outcomes_[index].data();
}

const design::PatientColumns& AnalysisColumns::of_set(std::size_t set) const {
    return columns_[set];
}

}  // namespace rsasim::replicate
