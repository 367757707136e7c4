#include "judging.hpp"
#include "restricted_rates.hpp"

#include <cmath>

#include <catch2/catch.hpp>

namespace {

using judging::Measure;
using judging::Table2x2;
using restricted::Counts;
using restricted::Rates;

constexpr double z_95 = 1.959963984540054;

/// Score, variance without N / (N - 1), third moment and bias of an effect, on the scale of rates,
/// as Gart and Nam write them.
struct Moments {
    double score, variance, third, bias;
};

Moments moments_of_difference(const Counts& c, double delta) {
    const auto [p1, p0] = restricted::rates_at_difference(c, delta);
    const double v1 = p1 * (1 - p1), v0 = p0 * (1 - p0);
    return {c.x1 / c.n1 - c.x0 / c.n0 - delta, v1 / c.n1 + v0 / c.n0,
            v1 * (1 - 2 * p1) / (c.n1 * c.n1) - v0 * (1 - 2 * p0) / (c.n0 * c.n0), 0};
}

Moments moments_of_risk_ratio(const Counts& c, double theta) {
    const auto [p1, p0] = restricted::rates_at_risk_ratio(c, theta);
    const double v1 = p1 * (1 - p1), v0 = p0 * (1 - p0);
    return {c.x1 / c.n1 - theta * c.x0 / c.n0, v1 / c.n1 + theta * theta * v0 / c.n0,
            v1 * (1 - 2 * p1) / (c.n1 * c.n1) -
                theta * theta * theta * v0 * (1 - 2 * p0) / (c.n0 * c.n0),
            0};
}

Moments moments_of_odds_ratio(const Counts& c, double psi) {
    const double fit = restricted::events_at_odds_ratio(c, psi);
    const double p1 = fit / c.n1, p0 = (c.x1 + c.x0 - fit) / c.n0;
    const double w1 = c.n1 * p1 * (1 - p1), w0 = c.n0 * p0 * (1 - p0);
    return {(c.x1 - fit) * (1 / w1 + 1 / w0), 1 / w1 + 1 / w0,
            (1 - 2 * p1) / (w1 * w1) - (1 - 2 * p0) / (w0 * w0), (p1 - p0) / (w1 + w0)};
}

Moments moments(Measure measure, const Counts& counts, double effect) {
    if (measure == Measure::risk_difference) return moments_of_difference(counts, effect);
    if (measure == Measure::risk_ratio) return moments_of_risk_ratio(counts, effect);
    return moments_of_odds_ratio(counts, effect);
}

/// (S - bias) / sqrt V - (z^2 - 1) gamma / 6, which is z at a lower and -z at an upper limit.
double gart_nam_score(Measure measure, const Table2x2& table, double effect) {
    const auto total = static_cast<double>(table.total());
    const Moments m = moments(measure, Counts(table), effect);
    const double variance = m.variance * total / (total - 1);
    const double skewness = m.third / std::pow(variance, 1.5);
    return (m.score - m.bias) / std::sqrt(variance) - (z_95 * z_95 - 1) * skewness / 6;
}

bool is_inside_scale(Measure measure, double limit) {
    return rsasim::design::is_ratio(measure) ? limit > 0 && std::isfinite(limit)
                                             : std::abs(limit) < 1;
}

void check_limit(Measure measure, const Table2x2& table, double limit, double expected) {
    if (!is_inside_scale(measure, limit)) return;
    const double reached = gart_nam_score(measure, table, limit);
    if (std::abs(reached - expected) < 1e-6) return;
    FAIL_CHECK(rsasim::design::name_of(measure)
               << " " << judging::describe(table) << ", limit " << limit << ": " << reached);
}

}  // namespace

TEST_CASE("At every skewness-corrected limit the score of Gart and Nam is z", "[exact]") {
    for (const Measure measure : rsasim::design::all_measures) {
        for (const auto& [n1, n0] : {std::pair{3, 9}, {6, 6}, {9, 4}, {11, 12}, {40, 15}}) {
            judging::for_each_table(n1, n0, [&](const Table2x2& table) {
                const auto limits = judging::interval(measure, "scas", table).interval;
                check_limit(measure, table, limits.lower, z_95);
                check_limit(measure, table, limits.upper, -z_95);
            });
        }
    }
}
