#include "judging.hpp"
#include "restricted_rates.hpp"

#include <cmath>
#include <string>

#include <catch2/catch.hpp>

namespace {

using judging::Measure;
using judging::Table2x2;
using restricted::Counts;

constexpr double chi_square_95 = 3.841458820694124;

double chi_square_of_difference(const Counts& c, double delta) {
    const auto [p1, p0] = restricted::rates_at_difference(c, delta);
    const double distance = c.x1 / c.n1 - c.x0 / c.n0 - delta;
    return distance * distance / (p1 * (1 - p1) / c.n1 + p0 * (1 - p0) / c.n0);
}

double chi_square_of_risk_ratio(const Counts& c, double theta) {
    const auto [p1, p0] = restricted::rates_at_risk_ratio(c, theta);
    const double distance = c.x1 / c.n1 - theta * c.x0 / c.n0;
    return distance * distance / (p1 * (1 - p1) / c.n1 + theta * theta * p0 * (1 - p0) / c.n0);
}

/// The fitted treated events A given both margins, and (a - A)^2 over the sum of reciprocals.
double chi_square_of_odds_ratio(const Counts& c, double psi) {
    const double m = c.x1 + c.x0;
    const double fit = restricted::events_at_odds_ratio(c, psi);
    const double distance = c.x1 - fit;
    return distance * distance *
           (1 / fit + 1 / (c.n1 - fit) + 1 / (m - fit) + 1 / (c.n0 - m + fit));
}

double chi_square(Measure measure, const Table2x2& table, double effect) {
    const Counts counts(table);
    switch (measure) {
        case Measure::risk_difference:
            return chi_square_of_difference(counts, effect);
        case Measure::risk_ratio:
            return chi_square_of_risk_ratio(counts, effect);
        default:
            return chi_square_of_odds_ratio(counts, effect);
    }
}

void check_limit(Measure measure, const Table2x2& table, double limit, double target) {
    const bool is_edge =
        rsasim::design::is_ratio(measure) ? limit == 0 || std::isinf(limit) : std::abs(limit) == 1;
    if (is_edge) return;
    const double reached = chi_square(measure, table, limit);
    if (std::abs(reached - target) <= 1e-6 * target) return;
    FAIL_CHECK(rsasim::design::name_of(measure) << " " << judging::describe(table) << ", limit "
                                                << limit << ": chi-square " << reached);
}

}  // namespace

TEST_CASE("At every score limit the restricted chi-square is that of the confidence", "[exact]") {
    for (const Measure measure : rsasim::design::all_measures) {
        for (const auto& [n1, n0] : {std::pair{1, 1}, {1, 9}, {6, 6}, {9, 4}, {11, 12}}) {
            judging::for_each_table(n1, n0, [&](const Table2x2& table) {
                const auto total = static_cast<double>(table.total());
                const auto score = judging::interval(measure, "score", table).interval;
                check_limit(measure, table, score.lower, chi_square_95);
                check_limit(measure, table, score.upper, chi_square_95);
                const auto mn = judging::interval(measure, "miettinen-nurminen", table).interval;
                check_limit(measure, table, mn.lower, chi_square_95 * total / (total - 1));
                check_limit(measure, table, mn.upper, chi_square_95 * total / (total - 1));
            });
        }
    }
}

TEST_CASE("At every profile limit twice the log-likelihood has fallen by z squared", "[exact]") {
    const auto log_likelihood = [](double count, double fit) {
        return count > 0 ? count * std::log(fit) : 0.0;
    };
    judging::for_each_table(7, 10, [&](const Table2x2& table) {
        const Counts c(table);
        const double m = c.x1 + c.x0;
        const auto deviance = [&](double psi) {
            const double fit = restricted::events_at_odds_ratio(c, psi);
            const auto at = [&](double a) {
                return log_likelihood(c.x1, a) + log_likelihood(c.n1 - c.x1, c.n1 - a) +
                       log_likelihood(c.x0, m - a) + log_likelihood(c.n0 - c.x0, c.n0 - m + a);
            };
            return 2 * (at(c.x1) - at(fit));
        };
        const auto limits =
            judging::interval(Measure::odds_ratio, "profile-likelihood", table).interval;
        for (const double limit : {limits.lower, limits.upper}) {
            if (limit == 0 || std::isinf(limit)) continue;
            INFO(judging::describe(table) << ", limit " << limit);
            CHECK(deviance(limit) == Approx(chi_square_95).epsilon(1e-8));
        }
    });
}
