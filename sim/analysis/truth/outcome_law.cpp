#include "outcome_law.hpp"

#include "pathway_odds.hpp"

#include <cmath>

#include <rsasim/math/logistic.hpp>

namespace rsasim::analysis {
namespace {

/// The pathway under either treatment.
struct Pathways {
    Pathways(const design::PatientModel& model, const Population& population)
        : treated(model, population, true), control(model, population, false) {}
    PathwayOdds treated, control;
};

std::vector<double> successes(const PathwayOdds& pathway, const CommonShift& shift,
                              std::size_t nodes) {
    std::vector<double> column(nodes);
    for (std::size_t node = 0; node < nodes; ++node)
        column[node] = pathway.success(node, shift);
    return column;
}

/// Mixes what both treatments would give by who takes which.
void mix_by_adherence(const design::Adherence& adherence, const Population& population,
                      OutcomeLaw& law) {
    const LinearPredictor treated(population, adherence.treated_log_odds, adherence.effects);
    const LinearPredictor control(population, adherence.control_log_odds, adherence.effects);
    for (std::size_t node = 0; node < population.nodes(); ++node) {
        const double with = law.policy.treated[node], without = law.policy.control[node];
        const double eta = treated.at(node), eta0 = control.at(node);
        law.policy.treated[node] = math::logistic(eta) * with + math::logistic(-eta) * without;
        law.policy.control[node] = math::logistic(eta0) * without + math::logistic(-eta0) * with;
        law.takes_treatment.treated.push_back(math::logistic(eta));
        law.takes_treatment.control.push_back(math::logistic(-eta0));
    }
}

/// P(event and observed) of an arm.
std::vector<double> observed_events(const design::ArmDropout& arm,
                                    const std::vector<design::Term>& effects,
                                    const Population& population,
                                    const std::vector<double>& events) {
    const LinearPredictor lost(population, arm.log_odds + arm.outcome_log_odds_ratio, effects);
    std::vector<double> observed(population.nodes());
    for (std::size_t node = 0; node < observed.size(); ++node)
        observed[node] = events[node] * math::logistic(-lost.at(node));
    return observed;
}

OutcomeLaw law_under(const CommonShift& shift, const design::PatientModel& model,
                     const Population& population, const Pathways& pathways) {
    OutcomeLaw law;
    law.policy.treated = successes(pathways.treated, shift, population.nodes());
    law.policy.control = successes(pathways.control, shift, population.nodes());
    if (model.adherence) mix_by_adherence(*model.adherence, population, law);
    if (model.dropout) {
        const design::Dropout& d = *model.dropout;
        law.composite.treated =
            observed_events(d.treated, d.effects, population, law.policy.treated);
        law.composite.control =
            observed_events(d.control, d.effects, population, law.policy.control);
    }
    return law;
}

}  // namespace

OutcomeLaw outcome_law(const design::PatientModel& model, const Population& population,
                       std::int64_t women) {
    return law_under(CommonShift(model, women), model, population, Pathways(model, population));
}

std::vector<LawGivenEffect> laws_given_centre_effects(const design::PatientModel& model,
                                                      const Population& population,
                                                      std::int64_t women) {
    std::vector<LawGivenEffect> laws;
    if (!model.centres || model.centres->sd == 0) return laws;
    const Rule effects = normal_rule(model.centres->sd);
    const Pathways pathways(model, population);
    for (std::size_t j = 0; j < effects.points.size(); ++j) {
        const CommonShift shift(model, women, effects.points[j]);
        laws.push_back({effects.weights[j], law_under(shift, model, population, pathways)});
    }
    return laws;
}

}  // namespace rsasim::analysis
