#include "normal_power.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/sample_size.hpp>
#include <rsasim/planning/stratified_formula.hpp>

namespace rsasim::planning {
namespace {

/// Sums over strata of what one woman contributes.
struct StratifiedMoments {
    double effect = 0;
    double variance_null = 0;
    double variance_truth = 0;
};

double variance_of_rate(double rate) {
    return rate * (1 - rate);
}

/// s (1-s): what weighs a stratum's difference in the Mantel-Haenszel sum.
double weight_of(const Stratum& stratum) {
    return stratum.treated_share * (1 - stratum.treated_share);
}

double pooled_variance(const Stratum& stratum) {
    return variance_of_rate(stratum.treated_share * stratum.rates.treated +
                            (1 - stratum.treated_share) * stratum.rates.control);
}

StratifiedMoments moments_of(const std::vector<Stratum>& strata) {
    StratifiedMoments sum;
    for (const Stratum& stratum : strata) {
        const double s = stratum.treated_share;
        const double weight = stratum.share * weight_of(stratum);
        sum.effect += weight * (stratum.rates.treated - stratum.rates.control);
        sum.variance_null += weight * pooled_variance(stratum);
        sum.variance_truth += weight * ((1 - s) * variance_of_rate(stratum.rates.treated) +
                                        s * variance_of_rate(stratum.rates.control));
    }
    return sum;
}

/// The expected hypergeometric variance of a stratum with n women.
double expected_variance(const Stratum& stratum, double n) {
    const double s = stratum.treated_share;
    const double of_events = s * variance_of_rate(stratum.rates.treated) +
                             (1 - s) * variance_of_rate(stratum.rates.control);
    return weight_of(stratum) * n / (n - 1) * (n * pooled_variance(stratum) - of_events);
}

std::optional<NormalTest> stratified_test(const StratifiedQuestion& question,
                                          const StratifiedMoments& moments) {
    const double effect = std::abs(moments.effect);
    if (!(effect > 0) || !(moments.variance_null > 0) || !(moments.variance_truth > 0)) {
        return std::nullopt;
    }
    const double sides = question.sides == design::Sides::two ? 2 : 1;
    const double correction = question.correction == ContinuityCorrection::half ? 0.5 : 0;
    return NormalTest{effect, std::sqrt(moments.variance_null), std::sqrt(moments.variance_truth),
                      correction, math::normal_upper_quantile(question.alpha / sides)};
}

}  // namespace

std::optional<double> stratified_women(const StratifiedQuestion& question, double power) {
    require_target(power);
    const auto test = stratified_test(question, moments_of(question.strata));
    if (!test) return std::nullopt;
    return test->women_for(power);
}

std::optional<double> stratified_power(const StratifiedQuestion& question, double women) {
    StratifiedMoments moments = moments_of(question.strata);
    moments.variance_null = 0;
    for (const Stratum& stratum : question.strata) {
        const double n = stratum.share * women;
        if (!(n >= 2)) return std::nullopt;
        moments.variance_null += expected_variance(stratum, n) / women;
    }
    const auto test = stratified_test(question, moments);
    if (!test) return std::nullopt;
    return test->power(women);
}

}  // namespace rsasim::planning
