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
std::size_t panels_for(double range, double slope, double women, double fewest = fewest_panels) {
    const double deviation = 2 / std::sqrt(women) / slope;
    return static_cast<std::size_t>(
        std::ceil(std::max(fewest, range / (deviations_per_panel * deviation))));
}

/// A rate so small that no trial tells it from 0: an event has a probability of 1e-12.
double least_rate(double women) {
    return 1e-12 / women;
}

double rate_of(double logit) {
    return 1 / (1 + std::exp(-logit));
}

/// The end of a beta prior on the logit scale, towards rates of 0, and the mass beyond it that one
/// point stands for: rates below the least are all alike, however much mass they have.
struct LowerEnd {
    double logit = 0;
    double mass = 0;
};

LowerEnd lower_end(double a, double b, double least) {
    const double mass = math::beta_cdf(least, a, b);
    if (mass > negligible_tail) return {logit(least), mass};
    return {logit(math::beta_quantile(negligible_tail, a, b)), 0};
}

/// Points with weights that sum to `mass`, on the logit scale, where the density of a beta prior is
/// p^a (1 - p)^b / B(a, b): smooth whatever the shapes.
std::vector<WeightedPoint> inner_beta_points(const design::BetaPrior& prior, double mass,
                                             std::vector<WeightedPoint> points) {
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
        point.weight *= mass / sum;
    return points;
}

std::vector<WeightedPoint> beta_points(const design::BetaPrior& prior, double women) {
    const double least = least_rate(women);
    const auto [lower, mass_below] = lower_end(prior.a, prior.b, least);
    const auto [from_one, mass_above] = lower_end(prior.b, prior.a, least);
    const double upper = -from_one, mass = std::max(0.0, 1 - mass_below - mass_above);
    // Sharper than doubles: all at its mean.
    if (!(lower < upper)) return {{prior.a / (prior.a + prior.b), 1}};
    auto points = inner_beta_points(
        prior, mass, math::panel_rule(lower, upper, panels_for(upper - lower, 1, women)));
    if (mass_below > 0) points.insert(points.begin(), {least, mass_below});
    if (mass_above > 0) points.push_back({1 - least, mass_above});
    return points;
}

void append_normal(std::vector<WeightedPoint>& points, double lower, double upper,
                   std::size_t panels) {
    for (const auto& [z, weight] : math::panel_rule(lower, upper, panels)) {
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
        points.push_back({z, weight * density});
    }
}

/// A standard normal variate, and the range of it that is looked at.
struct NormalRange {
    double lower = 0;
    double upper = 0;
    double log_sd = 1;  ///< what a unit of it moves the logarithm of the ratio by
};

/// Panels shrink towards a cut at the upper end, where a treated rate reaches 1: the power of n
/// women changes within 1/n of it, and is smooth in each halving of the distance.
std::vector<WeightedPoint> points_up_to_cut(const NormalRange& range, double women) {
    std::vector<WeightedPoint> points;
    const auto& [lower, upper, log_sd] = range;
    double gap = std::min(1.0, (upper - lower) / 2);
    append_normal(points, lower, upper - gap, panels_for(upper - gap - lower, log_sd, women));
    for (const double finest = 1e-3 / (women * log_sd); gap > finest; gap /= 2) {
        append_normal(points, upper - gap, upper - gap / 2, panels_for(gap / 2, log_sd, women, 1));
    }
    append_normal(points, upper - gap, upper, 1);
    return points;
}

/// Treated rates under a log-normal prior of an odds ratio beside a control rate.
std::vector<WeightedPoint> odds_ratio_points(const design::LogNormalPrior& prior, double control,
                                             double women) {
    const double end = math::normal_upper_quantile(negligible_tail), least = least_rate(women);
    const double centre = std::log(prior.median) + logit(control);
    const double lower = std::max(-end, (logit(least) - centre) / prior.log_sd);
    const double upper = std::min(end, (-logit(least) - centre) / prior.log_sd);
    std::vector<WeightedPoint> points;
    if (lower < upper) {
        append_normal(points, lower, upper, panels_for(upper - lower, prior.log_sd, women));
    }
    for (auto& point : points)
        point.at = rate_of(centre + prior.log_sd * point.at);
    if (lower > -end) points.push_back({least, math::normal_cdf(lower)});
    if (upper < end) points.push_back({1 - least, math::normal_upper_tail(upper)});
    return points;
}

/// The same of a risk ratio, as far as treated rates are at most 1.
std::vector<WeightedPoint> risk_ratio_points(const design::LogNormalPrior& prior, double control,
                                             double women) {
    const double end = math::normal_upper_quantile(negligible_tail), least = least_rate(women);
    const double centre = std::log(prior.median) + std::log(control);
    const double lower = std::max(-end, (std::log(least) - centre) / prior.log_sd);
    const double cut = -centre / prior.log_sd, upper = std::min(end, cut);
    std::vector<WeightedPoint> points;
    if (lower < upper && cut < end) {
        points = points_up_to_cut({lower, upper, prior.log_sd}, women);
    } else if (lower < upper) {
        append_normal(points, lower, upper, panels_for(upper - lower, prior.log_sd, women));
    }
    for (auto& point : points)
        point.at = std::min(1.0, std::exp(centre + prior.log_sd * point.at));
    if (lower > -end) points.push_back({least, math::normal_cdf(lower)});
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
    const auto& ratio = prior_.ratio.value();
    return ratio.measure == design::Measure::risk_ratio
               ? risk_ratio_points(ratio, control_rate, women_)
               : odds_ratio_points(ratio, control_rate, women_);
}

}  // namespace rsasim::planning
