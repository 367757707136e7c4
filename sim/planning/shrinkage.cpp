#include <algorithm>
#include <array>
#include <cmath>

#include <rsasim/planning/shrinkage.hpp>

namespace rsasim::planning {
namespace {

struct PriorComponent {
    double weight;
    double sd;  ///< of the signal-to-noise ratio
};

/// van Zwet, Schwab & Senn 2021, Table 1.
constexpr std::array cochrane_prior{PriorComponent{0.32, 0.61}, PriorComponent{0.31, 1.42},
                                    PriorComponent{0.30, 2.16}, PriorComponent{0.07, 5.64}};

LogOddsRatio with_added(const design::Table2x2& table, double added) {
    const auto cell = [&](std::int64_t count) { return static_cast<double>(count) + added; };
    const double a = cell(table.treated.events), b = cell(table.treated.non_events());
    const double c = cell(table.control.events), d = cell(table.control.non_events());
    return {std::log(a * d / (b * c)), std::sqrt(1 / a + 1 / b + 1 / c + 1 / d)};
}

/// A share `kept` of the estimate stays, and the same share of its variance.
NormalMixture::Component shrunken(const LogOddsRatio& published, double weight, double kept) {
    return {weight, kept * published.estimate, std::sqrt(kept) * published.standard_error};
}

}  // namespace

LogOddsRatio log_odds_ratio_of(const design::Table2x2& table) {
    return with_added(table, table.has_zero_cell() ? 0.5 : 0.0);
}

double gart_log_odds_ratio(const design::Table2x2& table) {
    return with_added(table, 0.5).estimate;
}

double NormalMixture::mean() const {
    double sum = 0;
    for (const auto& component : components)
        sum += component.weight * component.mean;
    return sum;
}

NormalMixture flat_posterior(const LogOddsRatio& published) {
    return {{shrunken(published, 1, 1)}};
}

NormalMixture cochrane_posterior(const LogOddsRatio& published) {
    const double z = published.estimate / published.standard_error;
    // Relative to the widest component, so that nothing underflows at large z.
    const double widest = 1 + cochrane_prior.back().sd * cochrane_prior.back().sd;
    NormalMixture posterior;
    double sum = 0;
    for (const auto& [weight, sd] : cochrane_prior) {
        const double variance = 1 + sd * sd;
        const double density =
            std::exp(-0.5 * z * z * (1 / variance - 1 / widest)) / std::sqrt(variance);
        posterior.components.push_back(
            shrunken(published, weight * density, sd * sd / (1 + sd * sd)));
        sum += weight * density;
    }
    for (auto& component : posterior.components)
        component.weight /= sum;
    return posterior;
}

NormalMixture empirical_bayes_posterior(const LogOddsRatio& published) {
    const double ratio = published.standard_error / published.estimate;
    return {{shrunken(published, 1, std::max(1 - ratio * ratio, 0.0))}};
}

}  // namespace rsasim::planning
