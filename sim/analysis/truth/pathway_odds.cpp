#include "pathway_odds.hpp"

#include "gauss_rule.hpp"

#include <cmath>

namespace rsasim::analysis {

CommonShift::CommonShift(const design::PatientModel& model, std::int64_t women) {
    const Rule centre = normal_rule(model.centres ? model.centres->sd : 0);
    const Rule entry = model.time_trend == 0 ? Rule{{0}, {1}} : entries_rule(women);
    for (std::size_t i = 0; i < centre.points.size(); ++i) {
        for (std::size_t j = 0; j < entry.points.size(); ++j) {
            factors.push_back(std::exp(-centre.points[i] - model.time_trend * entry.points[j]));
            weights.push_back(centre.weights[i] * entry.weights[j]);
        }
    }
}

PathwayOdds::PathwayOdds(const design::PatientModel& model, const Population& population,
                         bool is_treated)
    : stages_(model.stages.size()), odds_against_(stages_ * population.nodes()) {
    for (std::size_t s = 0; s < stages_; ++s) {
        const design::Stage& stage = model.stages[s];
        std::vector<design::Term> terms = stage.effects;
        if (is_treated)
            terms.insert(terms.end(), stage.interactions.begin(), stage.interactions.end());
        const double constant = stage.intercept + (is_treated ? stage.treatment : 0);
        const LinearPredictor eta(population, constant, terms);
        for (std::size_t node = 0; node < population.nodes(); ++node)
            odds_against_[node * stages_ + s] = std::exp(-eta.at(node));
    }
}

double PathwayOdds::success(std::size_t node, const CommonShift& shift, std::size_t changed,
                            double factor) const {
    const double* odds = odds_against_.data() + node * stages_;
    double sum = 0;
    for (std::size_t j = 0; j < shift.factors.size(); ++j) {
        double denominator = 1;
        for (std::size_t s = 0; s < stages_; ++s) {
            if (s == changed && factor == 0) continue;  // all pass, whatever the odds were
            denominator *= 1 + odds[s] * shift.factors[j] * (s == changed ? factor : 1);
        }
        sum += shift.weights[j] / denominator;
    }
    return sum;
}

}  // namespace rsasim::analysis
