#include "pathway_odds.hpp"

#include <cmath>

namespace rsasim::analysis {

namespace {

/// Where the women stand in the order of entry.
Rule entries_of(const design::PatientModel& model, std::int64_t women) {
    return model.time_trend == 0 ? Rule{{0}, {1}} : entries_rule(women);
}

}  // namespace

CommonShift::CommonShift(const design::PatientModel& model, std::int64_t women) {
    const Rule centre = normal_rule(model.centres ? model.centres->sd : 0);
    const Rule entries = entries_of(model, women);
    for (std::size_t i = 0; i < centre.points.size(); ++i)
        add(centre.points[i], centre.weights[i], entries, model.time_trend);
}

CommonShift::CommonShift(const design::PatientModel& model, std::int64_t women,
                         double centre_effect) {
    add(centre_effect, 1, entries_of(model, women), model.time_trend);
}

void CommonShift::add(double centre_effect, double probability, const Rule& entries,
                      double time_trend) {
    for (std::size_t j = 0; j < entries.points.size(); ++j) {
        factors.push_back(std::exp(-centre_effect - time_trend * entries.points[j]));
        weights.push_back(probability * entries.weights[j]);
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
