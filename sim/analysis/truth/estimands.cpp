#include "estimands.hpp"

#include "groups.hpp"
#include "outcome_law.hpp"
#include "regression_limit.hpp"
#include "stratified_limits.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string_view>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/truth.hpp>

namespace rsasim::analysis {
namespace {

double mean(const std::vector<double>& weights, const std::vector<double>& values) {
    return std::inner_product(weights.begin(), weights.end(), values.begin(), 0.0);
}

design::Rates mean(const std::vector<double>& weights, const ArmProbabilities& arms) {
    return {mean(weights, arms.treated), mean(weights, arms.control)};
}

/// What happens to the women, averaged over the centres' effects and given them.
struct Laws {
    OutcomeLaw averaged;
    std::optional<std::size_t> centre_slot;  ///< where an analysis may condition on centres
    std::vector<LawGivenEffect> given_effects;
};

/// Whether a method's odds ratio is one given the women's features or strata, and these say
/// something of the covariate.
bool conditions_on(std::size_t covariate, const design::PatientPlan& plan) {
    const auto reads = [covariate](const auto& reader) { return reader.covariate == covariate; };
    const bool is_read = std::ranges::any_of(plan.adjust, reads) ||
                         std::ranges::any_of(plan.strata, reads) ||
                         (plan.interaction && reads(*plan.interaction));
    return is_read && std::ranges::any_of(plan.methods, [](const design::PatientChoice& choice) {
               return choice.measure == design::Measure::conditional_odds_ratio;
           });
}

Laws laws_of(const design::PatientModel& model, const Population& population, std::int64_t women,
             const design::PatientPlan& plan) {
    Laws laws{outcome_law(model, population, women), {}, {}};
    if (!model.centres || !conditions_on(model.centres->covariate, plan)) return laws;
    laws.given_effects = laws_given_centre_effects(model, population, women);
    if (!laws.given_effects.empty())
        laws.centre_slot = population.slot_of(model.centres->covariate);
    return laws;
}

const ArmProbabilities& events_of(const OutcomeLaw& law, const design::AnalysisSet& set) {
    return set.handling == design::Handling::failure ? law.composite_or_policy() : law.policy;
}

/// What the methods applied to one set of women estimate.
class SetEstimands {
  public:
    SetEstimands(const Population& population, const Laws& laws, const design::AnalysisSet& set)
        : law_(&laws.averaged), women_{&population, population.weights} {
        women_.events = &events_of(laws.averaged, set);
        women_.centre_slot = laws.centre_slot;
        for (const LawGivenEffect& given : laws.given_effects)
            women_.given_effects.push_back({given.probability, &events_of(given.law, set)});
        if (set.subgroup) keep(*set.subgroup);
        rates_ = mean(women_.weights, *women_.events);
    }

    [[nodiscard]] const design::Rates& rates() const { return rates_; }

    double of(const design::PatientChoice& choice, const design::PatientModel& model,
              const design::PatientPlan& plan, double treated_share) {
        using enum design::Measure;
        if (!choice.measure) return not_a_number;
        if (*choice.measure == mean_difference) {
            return choice.endpoint ? mean_shift(model.biomarkers.at(*choice.endpoint))
                                   : not_a_number;
        }
        if (*choice.measure != conditional_odds_ratio)
            return design::effect_of(*choice.measure, rates_);
        const std::string_view id = choice.id;
        if (id == "mantel-haenszel")
            return mantel_haenszel_limit(strata_given_centres(women_, plan.strata));
        if (id == "exact-conditional")
            return conditional_limit(strata_given_centres(women_, plan.strata), treated_share);
        if (id == "interaction" && plan.interaction)
            return found(interaction_, {plan.adjust, plan.interaction}, treated_share);
        if (id == "logistic" || id == "logistic-robust" || id == "firth")
            return found(logistic_, {plan.adjust, std::nullopt}, treated_share);
        throw std::invalid_argument("the limit of " + choice.id + " is not known");
    }

  private:
    /// Leaves out the women for whom the feature is 0.
    void keep(const design::Feature& subgroup) {
        const auto column = feature_column(*women_.population, subgroup);
        double share = 0;
        for (std::size_t node = 0; node < column.size(); ++node) {
            if (column[node] == 0) women_.weights[node] = 0;
            share += women_.weights[node];
        }
        if (share < nobody) {
            throw ImpossibleModel("no eligible woman belongs to the subgroup " + subgroup.label +
                                  ": their share is below 1e-12");
        }
        for (double& weight : women_.weights)
            weight /= share;
    }

    /// Of a biomarker's means, treatment policy.
    [[nodiscard]] double mean_shift(const design::Biomarker& marker) const {
        const design::Rates success = mean(women_.weights, law_->policy);
        const design::Rates takes = law_->takes_treatment.treated.empty()
                                        ? design::Rates{1, 0}
                                        : mean(women_.weights, law_->takes_treatment);
        return marker.treatment_shift * (takes.treated - takes.control) +
               marker.outcome_shift * (success.treated - success.control);
    }

    double found(std::optional<double>& kept, const RegressionColumns& columns,
                 double treated_share) {
        if (!kept) kept = regression_limit(women_, columns, treated_share);
        return *kept;
    }

    const OutcomeLaw* law_;
    AnalysedWomen women_;
    design::Rates rates_;
    std::optional<double> logistic_, interaction_;
};

}  // namespace

Estimands estimands_in(const Population& population, const design::PatientModel& model,
                       design::ArmSizes sizes, const design::PatientPlan& plan) {
    const std::int64_t women = sizes.treated + sizes.control;
    const double treated_share = static_cast<double>(sizes.treated) / static_cast<double>(women);
    const Laws laws = laws_of(model, population, women, plan);
    Estimands estimands;
    estimands.eligible = population.eligible;
    estimands.methods.assign(plan.methods.size(), not_a_number);
    for (std::size_t s = 0; s < plan.sets.size(); ++s) {
        SetEstimands set(population, laws, plan.sets[s]);
        if (s == 0) estimands.rates = set.rates();
        for (std::size_t k = 0; k < plan.methods.size(); ++k) {
            if (plan.methods[k].set == s)
                estimands.methods[k] = set.of(plan.methods[k], model, plan, treated_share);
        }
    }
    return estimands;
}

}  // namespace rsasim::analysis
