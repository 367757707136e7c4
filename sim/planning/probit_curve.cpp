#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/probit_curve.hpp>

namespace rsasim::planning {
namespace {

constexpr int most_steps = 100;
constexpr double step_tolerance = 1e-12;
/// Keeps logs and variances finite where a curve is far from its data.
constexpr double least_share = 1e-12;

double normal_density(double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

/// Fisher information and score of (intercept, slope) at a curve.
struct Scores {
    double of_intercept = 0, of_slope = 0;
    double i00 = 0, i01 = 0, i11 = 0;
    double chi_square = 0;
};

Scores scores_at(std::span<const PowerLook> looks, double intercept, double slope) {
    Scores scores;
    for (const auto& look : looks) {
        const double x = look.at, z = intercept + slope * x;
        const double p = std::clamp(math::normal_cdf(z), least_share, 1 - least_share);
        const auto replicates = static_cast<double>(look.replicates);
        const double excess = static_cast<double>(look.rejected) - replicates * p;
        const double density = normal_density(z), variance = p * (1 - p);
        const double score = excess * density / variance;
        const double information = replicates * density * density / variance;
        scores.of_intercept += score;
        scores.of_slope += score * x;
        scores.i00 += information;
        scores.i01 += information * x;
        scores.i11 += information * x * x;
        scores.chi_square += excess * excess / (replicates * variance);
    }
    return scores;
}

double probit_of(const PowerLook& look) {
    const double share =
        (static_cast<double>(look.rejected) + 0.5) / (static_cast<double>(look.replicates) + 1);
    return math::normal_quantile(share);
}

/// The line through the least and the greatest point.
std::array<double, 2> start_of(std::span<const PowerLook> looks) {
    const auto [least, most] = std::ranges::minmax_element(looks, {}, &PowerLook::at);
    const double slope = (probit_of(*most) - probit_of(*least)) / (most->at - least->at);
    return {probit_of(*least) - slope * least->at, slope};
}

}  // namespace

std::optional<ProbitCurve> ProbitCurve::fit(std::span<const PowerLook> looks) {
    const bool has_two = std::ranges::any_of(
        looks, [&](const PowerLook& look) { return look.at != looks.front().at; });
    if (!has_two) return {};
    auto [intercept, slope] = start_of(looks);
    for (int step = 0; step < most_steps; ++step) {
        const Scores at = scores_at(looks, intercept, slope);
        const double determinant = at.i00 * at.i11 - at.i01 * at.i01;
        if (!(determinant > 0)) return {};
        const double by_intercept = (at.i11 * at.of_intercept - at.i01 * at.of_slope) / determinant;
        const double by_slope = (at.i00 * at.of_slope - at.i01 * at.of_intercept) / determinant;
        intercept += by_intercept;
        slope += by_slope;
        const double scale = std::abs(intercept) + std::abs(slope);
        if (std::abs(by_intercept) + std::abs(by_slope) > step_tolerance * scale) continue;
        const double freedom = static_cast<double>(looks.size()) - 2;
        const double dispersion = freedom > 0 ? std::max(1.0, at.chi_square / freedom) : 1;
        ProbitCurve curve;
        curve.intercept_ = intercept;
        curve.slope_ = slope;
        curve.variance_intercept_ = dispersion * at.i11 / determinant;
        curve.covariance_ = -dispersion * at.i01 / determinant;
        curve.variance_slope_ = dispersion * at.i00 / determinant;
        return curve;
    }
    return {};
}

double ProbitCurve::power(double at) const {
    return math::normal_cdf(intercept_ + slope_ * at);
}

double ProbitCurve::power_error(double at) const {
    const double variance = variance_intercept_ + 2 * at * covariance_ + at * at * variance_slope_;
    return normal_density(intercept_ + slope_ * at) * std::sqrt(variance);
}

std::optional<double> ProbitCurve::point_of(double target) const {
    const double point = (math::normal_quantile(target) - intercept_) / slope_;
    return slope_ > 0 && point > 0 ? std::optional(point) : std::nullopt;
}

std::optional<EstimatedPoint> ProbitCurve::crossing(double target, double confidence) const {
    const double quantile = math::two_sided_normal_quantile(confidence);
    const double q2 = quantile * quantile, level = math::normal_quantile(target) - intercept_;
    // (level - slope x)^2 = q^2 Var(intercept + slope x), quadratic in x.
    const double a = slope_ * slope_ - q2 * variance_slope_;
    const double half_b = -level * slope_ - q2 * covariance_;
    const double c = level * level - q2 * variance_intercept_;
    const double discriminant = half_b * half_b - a * c;
    if (!(slope_ > 0) || !(a > 0) || !(discriminant >= 0)) return {};
    const double root = std::sqrt(discriminant);
    return EstimatedPoint{std::max(level / slope_, 0.0), std::max((-half_b - root) / a, 0.0),
                          std::max((-half_b + root) / a, 0.0)};
}

}  // namespace rsasim::planning
