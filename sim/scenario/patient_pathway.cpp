#include "patient_pathway.hpp"

#include "check_values.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

std::string stage_key(const NamedEntry& stage, std::string_view key) {
    return fmt::format("stage.{}.{}", stage.name, key);
}

double logit(double rate) {
    return std::log(rate / (1 - rate));
}

using Stages = std::vector<NamedEntry>;

std::vector<std::size_t> without(const CellReader& cell, const Stages& stages,
                                 std::string_view key) {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if (!cell.has(stage_key(stages[i], key))) result.push_back(i);
    }
    return result;
}

/// The stage that leaves a key out because it is solved for.
std::size_t free_stage(const CellReader& cell, const Stages& stages, std::string_view key,
                       std::string_view rate) {
    const auto open = without(cell, stages, key);
    if (open.size() == 1) return open.front();
    if (open.empty()) {
        const std::string path = stage_key(stages.back(), key);
        cell.fault(path, fmt::format("[arms] gives the {} rate of the whole pathway, so one stage "
                                     "is solved for and leaves out its {}. Remove this one or "
                                     "another, or the rates of [arms].",
                                     rate, key));
        return 0;
    }
    for (std::size_t i = 1; i < open.size(); ++i) {
        cell.fault_at(stages[open[i]].place,
                      fmt::format("{} is needed: the {} rate of [arms] solves for one stage, and "
                                  "that is {}. Write {} = {}.",
                                  stage_key(stages[open[i]], key), rate, stages[open.front()].name,
                                  key, key == "base_rate" ? "0.9" : "1"));
    }
    return 0;
}

void check_base_rates(const CellReader& cell, const Stages& stages) {
    for (const std::size_t i : without(cell, stages, "base_rate")) {
        cell.fault_at(stages[i].place,
                      fmt::format("{} is needed. Write base_rate = 0.9, or give the control rate "
                                  "of the whole pathway as arms.control_rate.",
                                  stage_key(stages[i], "base_rate")));
    }
}

/// With a control rate alone the effect is that of the stages, and none is left to its default.
void check_odds_ratios(const CellReader& cell, const Stages& stages) {
    for (const std::size_t i : without(cell, stages, "odds_ratio")) {
        cell.fault_at(stages[i].place,
                      fmt::format("{} is needed: [arms] gives a control rate and no effect. Write "
                                  "odds_ratio = 1 for none, or arms.treated_rate.",
                                  stage_key(stages[i], "odds_ratio")));
    }
}

Pathway implied_stage(const CellReader& cell) {
    Pathway pathway;
    pathway.stages.push_back({cell.text("trial.outcome"), 0, 0, {}, {}});
    if (!cell.has("arms.control_rate") || !has_effect(cell.settings())) {
        cell.fault_at({},
                      "arms.control_rate and arms.treated_rate (or another effect) are needed "
                      "where no [[stage]] says how the outcome comes about. Write "
                      "control_rate = 0.6351 and treated_rate = 0.8 below [arms].");
    }
    return pathway;
}

/// The continuous covariate that a biomarker continues.
std::optional<std::size_t> read_baseline(const CellReader& cell, const NamedEntry& entry,
                                         const std::vector<CovariateEntry>& covariates) {
    const std::string path = fmt::format("biomarker.{}.baseline", entry.name);
    const std::string correlation = fmt::format("biomarker.{}.correlation", entry.name);
    if (!cell.has(path)) {
        if (cell.number(correlation).value_or(0) != 0) {
            cell.fault(correlation, fmt::format("a correlation is with a baseline. Write baseline "
                                                "= \"...\" below {}, or remove it.",
                                                entry.name));
        }
        return std::nullopt;
    }
    const auto feature = feature_of(cell.text(path), covariates);
    const auto* found = std::get_if<design::Feature>(&feature);
    if (found == nullptr) {
        cell.fault(path, std::get<std::string>(feature));
        return std::nullopt;
    }
    const bool is_continuous =
        found->comparison == design::Comparison::none &&
        !design::is_discrete(covariates[found->covariate].covariate.distribution.family);
    if (is_continuous) return found->covariate;
    cell.fault(path,
               "a baseline is a continuous covariate: normal, log-normal, gamma, beta or "
               "uniform. Name such a one, or leave the baseline out.");
    return std::nullopt;
}

}  // namespace

std::vector<design::Term> read_terms(const CellReader& cell, std::string_view prefix,
                                     const std::vector<CovariateEntry>& covariates) {
    std::vector<design::Term> terms;
    for (const KeyRow* row : cell.vocabulary().rows()) {
        if (!row->path.starts_with(prefix)) continue;
        const auto log_odds = cell.number(row->path);
        if (!log_odds) continue;
        auto feature = feature_of(row->path.substr(prefix.size()), covariates);
        if (const auto* problem = std::get_if<std::string>(&feature)) {
            cell.fault(row->path, *problem);
        } else {
            terms.push_back({std::get<design::Feature>(feature), *log_odds});
        }
    }
    std::ranges::sort(terms, {}, [](const design::Term& term) {
        const design::Feature& feature = term.feature;
        return std::tuple(feature.covariate, static_cast<int>(feature.comparison),
                          feature.threshold);
    });
    return terms;
}

Pathway read_pathway(const CellReader& cell, const std::vector<CovariateEntry>& covariates) {
    const Stages& stages = cell.vocabulary().entries(stage_table);
    if (stages.empty()) return implied_stage(cell);
    Pathway pathway;
    if (!cell.has("arms.control_rate")) {
        check_base_rates(cell, stages);
    } else {
        pathway.free_base_rate = free_stage(cell, stages, "base_rate", "control");
        if (has_effect(cell.settings())) {
            pathway.free_odds_ratio = free_stage(cell, stages, "odds_ratio", "treated");
        } else {
            check_odds_ratios(cell, stages);
        }
    }
    for (const NamedEntry& entry : stages) {
        design::Stage stage;
        stage.name = entry.name;
        stage.intercept = logit(cell.number(stage_key(entry, "base_rate")).value_or(0.5));
        stage.treatment = std::log(cell.number(stage_key(entry, "odds_ratio")).value_or(1));
        stage.effects = read_terms(cell, stage_key(entry, "effects."), covariates);
        stage.interactions = read_terms(cell, stage_key(entry, "interactions."), covariates);
        pathway.stages.push_back(std::move(stage));
    }
    return pathway;
}

std::vector<design::Biomarker> read_biomarkers(const CellReader& cell,
                                               const std::vector<CovariateEntry>& covariates) {
    std::vector<design::Biomarker> biomarkers;
    for (const NamedEntry& entry : cell.vocabulary().entries(biomarker_table)) {
        const auto number = [&](std::string_view key, double otherwise) {
            return cell.number(fmt::format("biomarker.{}.{}", entry.name, key)).value_or(otherwise);
        };
        design::Biomarker marker;
        marker.name = entry.name;
        marker.baseline = read_baseline(cell, entry, covariates);
        marker.correlation = number("correlation", 0);
        marker.mean = number("mean", 0);
        marker.sd = number("sd", 1);
        marker.treatment_shift = number("treatment_shift", 0);
        marker.outcome_shift = number("outcome_shift", 0);
        biomarkers.push_back(std::move(marker));
    }
    return biomarkers;
}

}  // namespace rsasim::scenario
