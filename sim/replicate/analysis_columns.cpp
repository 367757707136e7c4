#include "patient/columns.hpp"

#include <algorithm>
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

bool is_line(const design::Feature& feature) {
    return feature.comparison == design::Comparison::none;
}

/// True where the feature is the covariate itself.
bool is_covariate(const design::Feature& feature) {
    return is_line(feature) && feature.centre == 0 && feature.unit == 1;
}

/// Strata numbered in mixed radix, the last factor fastest. `level` is working memory.
void fill_stratum(Column& column, Column& level, const std::vector<design::Factor>& factors,
                  const design::TrialBatch& batch) {
    const auto fill_level = [&](Column& to, const design::Factor& factor) {
        set_levels(factor, batch.covariates[factor.covariate].data(), to);
    };
    fill_level(column, factors.front());
    for (std::size_t f = 1; f < factors.size(); ++f) {
        fill_level(level, factors[f]);
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

/// The covariate's own column, or the feature's in `memory`.
const double* column_of(const design::Feature& feature, const design::TrialBatch& batch,
                        Column& memory) {
    const double* const values = batch.covariates[feature.covariate].data();
    if (is_covariate(feature)) return values;
    set_feature(feature, values, memory);
    return memory.data();
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
    adjust_columns_.resize(adjust_.size());
    outcomes_.assign(plan_->sets.size(), empty);
    weights_.assign(plan_->sets.size(), empty);
    missing_.assign(plan_->sets.size(), empty);
    if (model_->dropout) biomarker_weight_ = empty;
    columns_.resize(plan_->sets.size());
}

void AnalysisColumns::take(const design::TrialBatch& batch) {
    // No analysis of the arms depends on the origin and the unit of what it adjusts for.
    for (std::size_t i = 0; i < adjust_.size(); ++i) {
        const design::Feature& feature = plan_->adjust[i];
        adjust_columns_[i] = is_line(feature) ? batch.covariates[feature.covariate].data()
                                              : column_of(feature, batch, adjust_[i]);
    }
    if (plan_->interaction)
        interaction_column_ = column_of(*plan_->interaction, batch, interaction_);
    if (!plan_->strata.empty()) take_stratum(batch);
    for (std::size_t set = 0; set < plan_->sets.size(); ++set)
        take_set(set, batch);
}

void AnalysisColumns::take_stratum(const design::TrialBatch& batch) {
    const auto& allotted = model_->allocation.strata;
    const auto same = std::ranges::find(allotted, plan_->strata.front());
    if (plan_->strata.size() == 1 && same != allotted.end() && !batch.levels.empty()) {
        stratum_column_ = batch.levels[static_cast<std::size_t>(same - allotted.begin())].data();
        return;
    }
    fill_stratum(stratum_, level_, plan_->strata, batch);
    stratum_column_ = stratum_.data();
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

    columns.adjust = adjust_columns_;
    columns.interaction = interaction_column_;
    columns.stratum = stratum_column_;
    columns.allocation_levels.clear();
    for (const Column& column : batch.levels)
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
