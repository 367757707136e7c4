#include "score_table.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/design/covariate_distribution.hpp>

namespace rsasim::analysis {
namespace {

constexpr double greatest = 7;  // the covariates' values are promised up to there
constexpr double per_unit = 64;

}  // namespace

ScoreTable::ScoreTable(const design::Distribution& distribution) {
    if (design::is_discrete(distribution.family)) {
        design::DiscreteSteps steps = design::discrete_steps(distribution);
        values_ = std::move(steps.values);
        steps_ = std::move(steps.scores);
        return;
    }
    constexpr int half = static_cast<int>(greatest * per_unit);
    for (int k = -half; k <= half; ++k)
        values_.push_back(design::value_at_score(distribution, k / per_unit));
}

double ScoreTable::at(double score) const {
    if (!steps_.empty()) {
        const auto step = std::lower_bound(steps_.begin(), steps_.end() - 1, score);
        return values_[static_cast<std::size_t>(step - steps_.begin())];
    }
    const double place = (std::clamp(score, -greatest, greatest) + greatest) * per_unit;
    const double most = static_cast<double>(values_.size() - 3);
    const double left = std::clamp(std::floor(place), 1.0, most);
    const double t = place - left;
    const double* y = values_.data() + static_cast<std::size_t>(left);
    // Lagrange's polynomial through the places -1, 0, 1, 2.
    return -t * (t - 1) * (t - 2) / 6 * y[-1] + (t + 1) * (t - 1) * (t - 2) / 2 * y[0] -
           (t + 1) * t * (t - 2) / 2 * y[1] + (t + 1) * t * (t - 1) / 6 * y[2];
}

}  // namespace rsasim::analysis
