#include "covariate_use.hpp"

#include <algorithm>
#include <map>

namespace rsasim::analysis {
namespace {

using design::Feature;
using design::Term;

/// Gathers the uses by covariate.
class Uses {
  public:
    void add(const Feature& feature) { use_of(feature.covariate).features.push_back(feature); }

    void add(const std::vector<Feature>& features) {
        for (const Feature& feature : features)
            add(feature);
    }

    void add(const std::vector<design::Factor>& factors) {
        for (const design::Factor& factor : factors) {
            auto& cuts = use_of(factor.covariate).cuts;
            cuts.insert(cuts.end(), factor.cuts.begin(), factor.cuts.end());
        }
    }

    /// The terms of one linear predictor.
    void add_predictor(const std::vector<Term>& terms) {
        std::map<std::size_t, std::vector<Term>> parts;
        for (const Term& term : terms) {
            if (term.log_odds == 0) continue;
            add(term.feature);
            parts[term.feature.covariate].push_back(term);
        }
        for (auto& [covariate, part] : parts)
            use_of(covariate).predictors.push_back(std::move(part));
    }

    std::vector<CovariateUse> all() && {
        std::vector<CovariateUse> uses;
        for (auto& [covariate, use] : uses_)
            uses.push_back(std::move(use));
        return uses;
    }

  private:
    CovariateUse& use_of(std::size_t covariate) {
        CovariateUse& use = uses_[covariate];
        use.covariate = covariate;
        return use;
    }

    std::map<std::size_t, CovariateUse> uses_;
};

void add_plan(const design::PatientPlan& plan, Uses& uses) {
    uses.add(plan.adjust);
    if (plan.interaction) uses.add(*plan.interaction);
    uses.add(plan.strata);
    for (const design::AnalysisSet& set : plan.sets)
        if (set.subgroup) uses.add(*set.subgroup);
}

}  // namespace

bool CovariateUse::is_smooth() const {
    return std::ranges::any_of(
        features, [](const Feature& f) { return f.comparison == design::Comparison::none; });
}

std::vector<CovariateUse> covariate_uses(const design::PatientModel& model,
                                         const design::PatientPlan* plan) {
    Uses uses;
    for (const auto& clause : model.eligibility.clauses)
        uses.add(clause);
    for (const design::Stage& stage : model.stages) {
        uses.add_predictor(stage.effects);
        std::vector<Term> treated = stage.effects;
        treated.insert(treated.end(), stage.interactions.begin(), stage.interactions.end());
        uses.add_predictor(treated);
    }
    if (plan == nullptr) return std::move(uses).all();
    if (model.adherence) uses.add_predictor(model.adherence->effects);
    if (model.dropout) uses.add_predictor(model.dropout->effects);
    add_plan(*plan, uses);
    return std::move(uses).all();
}

}  // namespace rsasim::analysis
