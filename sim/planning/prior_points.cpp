#include "prior_points.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/quantiles.hpp>

namespace rsasim::planning {
namespace {

using math::WeightedPoint;

constexpr double negligible_tail = 1e-11;
/// A panel of 16 points integrates a normal distribution function over five of its standard
/// deviations to 1e-14.
constexpr double deviations_per_panel = 5;
constexpr double fewest_panels = 6;

double logit(double rate) {
    return std::log(rate) - std::log1p(-rate);
}

/// Panels for a range of logits, or of anything that moves the logit by `slope` a unit.
std::size_t panels_for(double range, double slope, double women) {
    const double deviation = 2 / std::sqrt(women) / slope;
    return static_cast<std::size_t>(
        std::ceil(std::max(fewest_panels, range / (deviations_per_panel * deviation))));
}

/// On the logit scale, where the density is p^a (1 - p)^b / B(a, b): smooth whatever the shapes.
std::vector<WeightedPoint> beta_points(const design::BetaPrior& prior, double women) {
    const double lower = logit(math::beta_quantile(negligible_tail, prior.a, prior.b));
    const double upper = -logit(math::beta_quantile(negligible_tail, prior.b, prior.a));
    auto points = math::panel_rule(lower, upper, panels_for(upper - lower, 1, women));
    // The density's constant drops out; against its mode it cannot underflow everywhere.
    const double mode = prior.a / (prior.a + prior.b);
    const double at_mode = prior.a * std::log(mode) + prior.b * std::log1p(-mode);
    double sum = 0;
    for (auto& [at, weight] : points) {
        // log p and log(1 - p) of a logit, without cancellation.
        const double log_p = -std::log1p(std::exp(-at)), log_q = -std::log1p(std::exp(at));
        weight *= std::exp(prior.a * log_p + prior.b * log_q - at_mode);
        at = std::exp(log_p);
        sum += weight;
    }
    for (auto& point : points)
        point.weight /= sum;
    return points;
}

void append_normal(std::vector<WeightedPoint>& points, double lower, double upper,
                   std::size_t panels) {
    for (const auto& [z, weight] : math::panel_rule(lower, upper, panels)) {
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
        points.push_back({z, weight * density});
    }
}

/// Standard normal points up to a cut; panels shrink towards a cut, because the power of n women
/// changes within 1/n of a treated rate of 1.
std::vector<WeightedPoint> normal_points(double log_sd, double cut, double women) {
    const double end = math::normal_upper_quantile(negligible_tail);
    std::vector<WeightedPoint> points;
    const double upper = std::min(cut, end);
    if (upper <= -end) return points;
    const bool is_cut = cut < end;
    double left = -end, gap = is_cut ? std::min(1.0, (upper + end) / 2) : 0;
    append_normal(points, left, upper - gap, panels_for(upper - gap - left, log_sd, women));
    if (!is_cut) return points;
    for (const double finest = 1e-3 / (women * log_sd); gap > finest; gap /= 2) {
        left = upper - gap;
        append_normal(points, left, upper - gap / 2, panels_for(gap / 2, log_sd, women));
    }
    append_normal(points, upper - gap, upper, 1);
    return points;
}

}  // namespace

PriorPoints::PriorPoints(const design::RatesPrior& prior, double women)
    : prior_(prior), women_(women) {
    control_ = prior.control_rate ? beta_points(*prior.control_rate, women)
                                  : std::vector<WeightedPoint>{{prior.known_control_rate, 1}};
}

std::vector<WeightedPoint> PriorPoints::treated_rates(double control_rate) const {
    if (prior_.treated_rate) return beta_points(*prior_.treated_rate, women_);
    const auto& [measure, median, log_sd] = prior_.ratio.value();
    const bool is_risk = measure == design::Measure::risk_ratio;
    const double cut = is_risk ? (-std::log(control_rate) - std::log(median)) / log_sd
                               : std::numeric_limits<double>::infinity();
    auto points = normal_points(log_sd, cut, women_);
    for (auto& point : points) {
        const double ratio = median * std::exp(log_sd * point.at);
        point.at = std::clamp(design::treated_rate_for(measure, ratio, control_rate), 0.0, 1.0);
    }
    return points;
}

}  // namespace rsasim::planning
