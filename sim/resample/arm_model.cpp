#include "arm_model.hpp"

#include <cmath>

#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>

#include <rsasim/math/logistic.hpp>

namespace rsasim::resample {

ArmModel::ArmModel(std::size_t most_women, std::size_t features)
    : features_(features),
      fit_(features == 0 ? 0 : most_women, features + 1),
      row_(features + 1),
      drawn_(features + 1) {}

analysis::FitStatus ArmModel::learn(const design::PatientColumns& columns, std::size_t lane,
                                    bool is_treated) {
    events_ = others_ = 0;
    fit_.clear();
    row_[0] = 1;
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        const std::size_t i = woman * design::lanes + lane;
        const bool is_observed = columns.weight == nullptr || columns.weight[i] != 0;
        if (!is_observed || (columns.treated[i] != 0) != is_treated) continue;
        (columns.outcome[i] != 0 ? events_ : others_) += 1;
        if (features_ == 0) continue;
        for (std::size_t j = 0; j < features_; ++j)
            row_[j + 1] = columns.adjust[j][i];
        fit_.add(row_, columns.outcome[i]);
    }
    return features_ == 0 ? analysis::FitStatus::ok : fit_.fit();
}

void ArmModel::draw(random::WordSource& words, double delta) {
    if (features_ == 0) {
        // A Beta variate's odds are a ratio of gamma variates; Jeffreys' prior adds 1/2 to each.
        boost::random::gamma_distribution<double> events(events_ + 0.5), others(others_ + 0.5);
        const double first = events(words), second = others(words);
        // Through the log odds, so that no finite delta overflows.
        rate_ = math::logistic(std::log(first / second) + delta);
        return;
    }
    boost::random::normal_distribution<double> normal;
    for (double& z : drawn_)
        z = normal(words);
    fit_.scale_normals(drawn_);
    for (std::size_t j = 0; j <= features_; ++j)
        drawn_[j] += fit_.coefficients()[j];
    drawn_[0] += delta;
}

double ArmModel::probability(const design::PatientColumns& columns, std::size_t place) const {
    if (features_ == 0) return rate_;
    double log_odds = drawn_[0];
    for (std::size_t j = 0; j < features_; ++j)
        log_odds += drawn_[j + 1] * columns.adjust[j][place];
    return math::logistic(log_odds);
}

}  // namespace rsasim::resample
