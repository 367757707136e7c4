#include "probe.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/logistic.hpp>

namespace rsasim::analysis {
namespace {

constexpr double tolerance = 1e-11;
constexpr double intercepts[] = {-3, 0, 3};

double predictor(const std::vector<design::Term>& terms, double value) {
    double sum = 0;
    for (const design::Term& term : terms)
        sum += term.log_odds * term.feature.of(value);
    return sum;
}

}  // namespace

Probe::Probe(const CovariateUse& use, const Coupling& coupling, const ValuedRule& reference)
    : use_(&use), sd_(coupling.conditional_sd) {
    if (coupling.is_coupled) {
        const double spread = std::sqrt(std::max(0.0, 1 - sd_ * sd_));
        means_ = {-3 * spread, -1.5 * spread, 0, 1.5 * spread, 3 * spread};
    }
    double square = 0;
    for (std::size_t i = 0; i < reference.weights.size(); ++i) {
        share_ += reference.weights[i];
        centre_ += reference.weights[i] * reference.values[i];
    }
    centre_ /= share_;
    for (std::size_t i = 0; i < reference.weights.size(); ++i) {
        square += reference.weights[i] * (reference.values[i] - centre_) *
                  (reference.values[i] - centre_);
    }
    if (square > 0) spread_ = std::sqrt(square / share_);
    for (const auto& terms : use.predictors)
        centres_.push_back(predictor(terms, centre_));
    expected_ = integrals(reference);
}

void Probe::add_point(double score, double value, double weight, std::vector<double>& sums) const {
    const double standard = (value - centre_) / spread_;
    std::vector<double> shapes{1, standard, math::logistic(standard)};
    for (std::size_t k = 0; k < use_->predictors.size(); ++k) {
        const double slope = predictor(use_->predictors[k], value) - centres_[k];
        for (const double intercept : intercepts) {
            shapes.push_back(math::logistic(intercept + slope));
            shapes.push_back(standard * shapes.back());
        }
    }
    if (means_.empty()) {
        sums.resize(shapes.size());
        for (std::size_t s = 0; s < shapes.size(); ++s)
            sums[s] += weight * shapes[s];
        return;
    }
    sums.resize(shapes.size() * means_.size());
    for (std::size_t m = 0; m < means_.size(); ++m) {
        const double t = (score - means_[m]) / sd_;
        const double density = std::exp((score * score - t * t) / 2) / sd_;
        for (std::size_t s = 0; s < shapes.size(); ++s)
            sums[m * shapes.size() + s] += weight * density * shapes[s];
    }
}

std::vector<double> Probe::integrals(const ValuedRule& rule) const {
    std::vector<double> sums;
    for (std::size_t i = 0; i < rule.weights.size(); ++i)
        add_point(rule.scores[i], rule.values[i], rule.weights[i], sums);
    return sums;
}

bool Probe::accepts(const ValuedRule& rule) const {
    const std::vector<double> found = integrals(rule);
    for (std::size_t k = 0; k < expected_.size(); ++k) {
        const double scale = std::max(std::abs(expected_[k]), share_);
        if (!(std::abs(found[k] - expected_[k]) <= tolerance * scale)) return false;
    }
    return true;
}

}  // namespace rsasim::analysis
