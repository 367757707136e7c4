#include "patient_cells.hpp"

#include "check_values.hpp"
#include "patient_conduct.hpp"
#include "patient_covariates.hpp"
#include "patient_pathway.hpp"
#include "patient_sets.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/analysis/regression_size.hpp>
#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::scenario {
namespace {

using design::PatientModel;
using design::PatientPlan;

constexpr std::size_t most_faults = 30;

/// A batch of trials holds every woman with all her numbers.
constexpr std::int64_t most_women = 1'000'000;

/// The rates of [arms], and the stages that are solved for so that they come about.
std::vector<design::TargetRates> targets_of(const CellReader& cell, const Arms& arms,
                                            const Pathway& pathway) {
    const auto control = cell.number("arms.control_rate");
    if (!control) return {};
    const bool are_both = has_effect(cell.settings());
    const double treated = are_both ? arms.rates.treated : 0.5;
    if (!(*control > 0 && *control < 1 && treated > 0 && treated < 1)) {
        cell.fault("arms.control_rate",
                   "at the patient level both rates lie above 0 and below 1: "
                   "no finite log odds gives others. Correct them.");
        return {};
    }
    if (!are_both) return {{control, std::nullopt, pathway.free_base_rate}};
    if (pathway.free_base_rate == pathway.free_odds_ratio) {
        return {{control, treated, pathway.free_base_rate}};
    }
    return {{control, std::nullopt, pathway.free_base_rate},
            {std::nullopt, treated, pathway.free_odds_ratio}};
}

std::vector<design::Feature> read_columns(const CellReader& cell,
                                          const std::vector<CovariateEntry>& covariates) {
    constexpr std::string_view path = "analysis.adjust";
    std::vector<design::Feature> adjust;
    const auto texts = cell.texts(path);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto columns = columns_of(texts[i], covariates);
        if (const auto* problem = std::get_if<std::string>(&columns)) {
            cell.fault(path, i, *problem);
            continue;
        }
        for (auto& column : std::get<std::vector<design::Feature>>(columns)) {
            const auto is_same = [&column](const design::Feature& other) {
                return other.covariate == column.covariate &&
                       other.comparison == column.comparison && other.threshold == column.threshold;
            };
            if (std::ranges::any_of(adjust, is_same)) {
                cell.fault(path, i, "the feature is in the list already. Remove one of the two.");
            }
            adjust.push_back(std::move(column));
        }
    }
    return adjust;
}

std::optional<design::Feature> read_interaction(const CellReader& cell,
                                                const std::vector<CovariateEntry>& covariates) {
    constexpr std::string_view path = "analysis.interaction";
    if (!cell.has(path)) return std::nullopt;
    auto feature = feature_of(cell.text(path), covariates);
    if (const auto* found = std::get_if<design::Feature>(&feature)) return *found;
    cell.fault(path, std::get<std::string>(feature));
    return std::nullopt;
}

bool imputes(const design::AnalysisSet& set) {
    return set.handling == design::Handling::multiple_imputation;
}

/// Keys of imputation are of no use where nothing is imputed.
void check_imputation_keys(const CellReader& cell, const PatientPlan& plan) {
    if (std::ranges::any_of(plan.sets, imputes)) return;
    for (const std::string_view path :
         {"dropout.delta.treated", "dropout.delta.control", "dropout.imputations"}) {
        if (!cell.has(path)) continue;
        cell.fault(path,
                   "no set imputes missing outcomes. Write sets = [\"multiple-imputation\"] "
                   "below [analysis], or remove the key.");
    }
}

/// True where a set of women is analysed or imputed by logistic regression.
bool has_regression(const PatientPlan& plan) {
    using analysis::PatientFamily;
    const auto is_fitted = [](const design::PatientChoice& choice) {
        const auto family = analysis::find_patient_method(choice.id, choice.measure)->family;
        return family == PatientFamily::maximum_likelihood || family == PatientFamily::firth;
    };
    return std::ranges::any_of(plan.methods, is_fitted) || std::ranges::any_of(plan.sets, imputes);
}

void check_columns(const CellReader& cell, const PatientPlan& plan) {
    const bool has_interaction = std::ranges::any_of(
        plan.methods, [](const auto& choice) { return choice.id == "interaction"; });
    const std::size_t columns =
        plan.adjust.size() + analysis::other_regression_columns(has_interaction);
    if (columns <= analysis::most_regression_columns || !has_regression(plan)) return;
    cell.fault("analysis.adjust",
               fmt::format("a regression has at most {} columns, and with intercept, arm{} these "
                           "make {}. Adjust for fewer features or levels; stratified analyses "
                           "(analysis.strata) take any number.",
                           analysis::most_regression_columns,
                           has_interaction ? ", the tested feature and its product with arm" : "",
                           columns));
}

PatientPlan read_plan(const CellReader& cell, const std::vector<CovariateEntry>& covariates,
                      PatientPlan plan) {
    plan.adjust = read_columns(cell, covariates);
    plan.interaction = read_interaction(cell, covariates);
    const bool has_own_strata = cell.has("analysis.strata");
    if (has_own_strata || cell.has("allocation.strata")) {
        plan.strata = read_factors(cell, has_own_strata ? "analysis.strata" : "allocation.strata",
                                   covariates);
    }
    plan.sets = read_sets(cell, covariates);
    plan.imputations = cell.whole("dropout.imputations").value_or(plan.imputations);
    if (const Value* value = cell.find("simulation.control_variate")) {
        plan.uses_control_variate = std::get<bool>(value->data);
    }
    check_imputation_keys(cell, plan);
    check_columns(cell, plan);
    return plan;
}

std::string text_of(const design::Feature& feature) {
    return fmt::format("x{} {} {} {} {};", feature.covariate, static_cast<int>(feature.comparison),
                       feature.threshold, feature.centre, feature.unit);
}

std::string text_of(const PatientPlan& plan) {
    std::string text;
    for (const auto& feature : plan.adjust)
        text += text_of(feature);
    text += fmt::format("|{}", plan.interaction ? text_of(*plan.interaction) : "");
    for (const auto& factor : plan.strata)
        text += fmt::format("|x{} {}", factor.covariate, fmt::join(factor.cuts, ","));
    for (const auto& set : plan.sets) {
        text += fmt::format("|{} {} {} {} {}", static_cast<int>(set.population),
                            set.subgroup ? text_of(*set.subgroup) : "",
                            static_cast<int>(set.handling), set.delta_treated, set.delta_control);
    }
    return text + fmt::format("|{} {}", plan.imputations, plan.uses_control_variate);
}

void check_women(const CellReader& cell, const design::ArmSizes& sizes) {
    const std::int64_t women = sizes.treated + sizes.control;
    if (women <= most_women) return;
    const auto* path = cell.has("arms.total") ? "arms.total" : "arms.n.treated";
    cell.fault(path,
               fmt::format("a trial of single women has at most {}. Give fewer.", most_women));
}

/// Their number matters to the mean of a time trend alone; 0 elsewhere.
std::int64_t women_that_matter(const PatientModel& model, const design::ArmSizes& sizes) {
    return model.time_trend != 0 ? sizes.treated + sizes.control : 0;
}

PatientModel read_model(const CellReader& cell, const Arms& arms,
                        const std::vector<CovariateEntry>& covariates) {
    PatientModel model;
    for (const CovariateEntry& entry : covariates)
        model.covariates.push_back(entry.covariate);
    model.correlation = read_correlation(cell, covariates);
    model.eligibility = read_eligibility(cell, covariates);
    if (cell.has("centres.number") && !covariates.empty()) {
        model.centres = {covariates.size() - 1, cell.number("centres.sd").value_or(0)};
    }
    const Pathway pathway = read_pathway(cell, covariates);
    model.stages = pathway.stages;
    model.biomarkers = read_biomarkers(cell, covariates);
    model.allocation = read_allocation(cell, arms.sizes, covariates);
    model.dropout = read_dropout(cell, covariates);
    model.adherence = read_adherence(cell, covariates);
    model.time_trend = cell.number("time_trend.log_odds").value_or(0);
    model.selection_bias = cell.number("selection_bias.log_odds").value_or(0);
    model.targets = targets_of(cell, arms, pathway);
    for (design::TargetRates& target : model.targets)
        target.women = women_that_matter(model, arms.sizes);
    return model;
}

/// Values by their texts, each kept once.
template <class Value>
class Shared {
  public:
    std::shared_ptr<const Value> of(const std::string& text, Value value) {
        auto& kept = known_[text];
        if (!kept) kept = std::make_shared<const Value>(std::move(value));
        return kept;
    }

  private:
    std::map<std::string, std::shared_ptr<const Value>> known_;
};

}  // namespace

std::vector<PatientCell> read_patient_cells(const CellValues& values, const std::vector<Arms>& arms,
                                            const PatientPlan& methods, Faults& faults) {
    check_allocation_keys(values, faults);
    CellFaults cell_faults(most_faults);
    Shared<PatientModel> models;
    Shared<PatientPlan> plans;
    std::vector<PatientCell> cells;
    cells.reserve(arms.size());
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const CellReader cell(values, i, cell_faults);
        check_women(cell, arms[i].sizes);
        const auto covariates = read_covariates(cell);
        auto model = read_model(cell, arms[i], covariates);
        auto plan = read_plan(cell, covariates, methods);
        const auto model_text = model.text(), plan_text = text_of(plan);
        cells.push_back(
            {models.of(model_text, std::move(model)), plans.of(plan_text, std::move(plan))});
    }
    cell_faults.report(values, faults);
    return cells;
}

void check_schemes(const CellValues& values, const std::vector<Arms>& arms,
                   const std::vector<PatientCell>& cells, Faults& faults) {
    CellFaults cell_faults;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        try {
            replicate::make_scheme(cells[i].model->allocation, arms[i].sizes);
        } catch (const std::invalid_argument& refusal) {
            const CellReader cell(values, i, cell_faults);
            cell.fault_at(
                cell.find("allocation.scheme")->place,
                fmt::format("allocation.scheme: {}. Change it, or the arms.", refusal.what()));
        }
    }
    cell_faults.report(values, faults);
}

}  // namespace rsasim::scenario
