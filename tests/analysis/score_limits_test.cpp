#include "judging.hpp"

#include <cmath>
#include <string>

#include <catch2/catch.hpp>

namespace {

using judging::Measure;
using judging::Table2x2;

constexpr double chi_square_95 = 3.841458820694124;

/// The root of a falling function by plain halving.
template <class Function>
double halve(Function&& function, double lower, double upper) {
    for (int step = 0; step < 200; ++step) {
        const double middle = lower + (upper - lower) / 2;
        (function(middle) > 0 ? lower : upper) = middle;
    }
    return lower;
}

/// Derivative of x log p + y log(1 - p), 0 where a count is 0.
double score(double x, double y, double p) {
    return (x > 0 ? x / p : 0) - (y > 0 ? y / (1 - p) : 0);
}

struct Counts {
    double x1, n1, x0, n0;

    explicit Counts(const Table2x2& table)
        : x1(static_cast<double>(table.treated.events)),
          n1(static_cast<double>(table.treated.n)),
          x0(static_cast<double>(table.control.events)),
          n0(static_cast<double>(table.control.n)) {}
};

/// Score chi-square of a difference: restricted maximum likelihood by halving in the control rate.
double chi_square_of_difference(const Counts& c, double delta) {
    const double p0 = halve(
        [&](double p) { return score(c.x1, c.n1 - c.x1, p + delta) + score(c.x0, c.n0 - c.x0, p); },
        std::max(0.0, -delta), std::min(1.0, 1 - delta));
    const double p1 = p0 + delta;
    const double distance = c.x1 / c.n1 - c.x0 / c.n0 - delta;
    return distance * distance / (p1 * (1 - p1) / c.n1 + p0 * (1 - p0) / c.n0);
}

double chi_square_of_risk_ratio(const Counts& c, double theta) {
    const double p0 = halve(
        [&](double p) {
            return theta * score(c.x1, c.n1 - c.x1, theta * p) + score(c.x0, c.n0 - c.x0, p);
        },
        0, std::min(1.0, 1 / theta));
    const double p1 = theta * p0;
    const double distance = c.x1 / c.n1 - theta * c.x0 / c.n0;
    return distance * distance / (p1 * (1 - p1) / c.n1 + theta * theta * p0 * (1 - p0) / c.n0);
}

/// The fitted treated events A given both margins, and (a - A)^2 over the sum of reciprocals.
double chi_square_of_odds_ratio(const Counts& c, double psi) {
    const double m = c.x1 + c.x0;
    const double fit =
        halve([&](double a) { return psi * (m - a) * (c.n1 - a) - a * (c.n0 - m + a); },
              std::max(0.0, m - c.n0), std::min(m, c.n1));
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
            const double fit =
                halve([&](double a) { return psi * (m - a) * (c.n1 - a) - a * (c.n0 - m + a); },
                      std::max(0.0, m - c.n0), std::min(m, c.n1));
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
