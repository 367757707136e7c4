#include <algorithm>
#include <cmath>
#include <numbers>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/simulated_effect.hpp>

namespace rsasim::planning {
namespace {

/// Logarithm of the ratio of neighbouring distances.
constexpr double spacing = 0.03;

/// Cohen's h of treated rates from the null outwards, on one side of it.
class ArcsineScale {
  public:
    ArcsineScale(double null_rate, bool is_above)
        : null_angle_(angle(null_rate)), sign_(is_above ? 1 : -1) {}

    [[nodiscard]] double distance(double rate) const { return sign_ * (angle(rate) - null_angle_); }
    /// The rate at a distance; 0 or 1 beyond their own.
    [[nodiscard]] double rate(double distance) const {
        const double half =
            std::clamp((null_angle_ + sign_ * distance) / 2, 0.0, std::numbers::pi / 2);
        return std::sin(half) * std::sin(half);
    }

  private:
    static double angle(double rate) { return 2 * std::asin(std::sqrt(rate)); }

    double null_angle_;
    double sign_;
};

/// Distances that rounds share, so that what simulates them may keep what it knows of each.
class SharedPoints {
  public:
    SharedPoints(double start, double largest) : start_(start), largest_(largest) {}

    /// All in between, or the nearest; the largest stands for those beyond it.
    [[nodiscard]] std::vector<double> between(double from, double to) const {
        const double first = std::ceil(index(from)), last = std::floor(index(to));
        if (first > last) return {point(std::round(index(from)))};
        std::vector<double> points;
        for (double i = first; i <= last; ++i)
            points.push_back(point(i));
        if (to >= largest_ && points.back() < largest_) points.push_back(largest_);
        return points;
    }

  private:
    [[nodiscard]] double index(double at) const {
        return at >= largest_ ? std::ceil(std::log(largest_ / start_) / spacing)
                              : std::log(at / start_) / spacing;
    }
    [[nodiscard]] double point(double index) const {
        return std::min(start_ * std::exp(spacing * index), largest_);
    }

    double start_;
    double largest_;
};

/// Half the distance that a comparison of two normal means would need: power that falls again at
/// extreme rates, as that of Wald's test does, is met from the null.
double first_guess(const SimulatedEffectQuestion& question) {
    const double z =
        math::normal_upper_quantile(question.level) + math::normal_quantile(question.power);
    const double variance = 1 / static_cast<double>(question.sizes.treated) +
                            1 / static_cast<double>(question.sizes.control);
    return std::max(z, 0.1) * std::sqrt(variance) / 2;
}

}  // namespace

std::optional<SimulatedEffect> simulated_detectable_rate(const SimulatedEffectQuestion& question,
                                                         const SimulateRates& simulate) {
    require_search(question.power, question.replicates);
    const ArcsineScale scale(question.null_rate, question.farthest_rate > question.null_rate);
    const double largest = scale.distance(question.farthest_rate);
    if (!(largest > 0)) return {};
    const double start = std::min(first_guess(question), largest);
    const CrossingQuestion asked{question.power,      question.level,      start,   largest,
                                 question.replicates, question.confidence, "effect"};
    const SharedPoints shared(start, largest);
    const auto crossing = find_power_crossing(
        asked, [&](double from, double to) { return shared.between(from, to); },
        [&](const std::vector<double>& points, std::int64_t replicates, int round) {
            std::vector<double> rates;
            for (const double point : points)
                rates.push_back(scale.rate(point));
            std::vector<PowerLook> looks;
            for (const auto& seen : simulate(rates, replicates, round)) {
                looks.push_back(
                    {scale.distance(seen.treated_rate), seen.replicates, seen.rejected});
            }
            return looks;
        });
    if (!crossing || crossing->point.at > largest) return {};
    const auto [lower, upper] =
        std::minmax({scale.rate(crossing->point.lower), scale.rate(crossing->point.upper)});
    SimulatedEffect found{scale.rate(crossing->point.at),
                          lower,
                          upper,
                          crossing->curve.power_error(crossing->point.at),
                          crossing->replicates,
                          {}};
    for (const auto& look : crossing->looks)
        found.looks.push_back({scale.rate(look.at), look.replicates, look.rejected});
    return found;
}

}  // namespace rsasim::planning
