#include "analysis/judging.hpp"
#include "table/cells.hpp"
#include "table/score_statistic.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/math/binomial.hpp>

namespace {

using judging::Measure;
using judging::Table2x2;
using rsasim::analysis::Tail;
using rsasim::design::ArmSizes;
using rsasim::design::Effect;
using rsasim::design::Rates;

/// P(|z| or z of a table at least as extreme as the observed one) at given rates, by direct
/// summation.
double tail_probability(const Table2x2& observed, const Effect& effect, Tail tail,
                        const Rates& rates) {
    const auto statistic = [&](const Table2x2& table) {
        const double z = rsasim::analysis::score_z(rsasim::analysis::cells_of(table), effect);
        return tail == Tail::two_sided ? std::abs(z) : (tail == Tail::greater ? z : -z);
    };
    const double bound = statistic(observed) - 1e-9 * std::abs(statistic(observed));
    const auto treated = rsasim::math::binomial_probabilities(observed.treated.n, rates.treated);
    const auto control = rsasim::math::binomial_probabilities(observed.control.n, rates.control);
    double sum = 0;
    judging::for_each_table(observed.treated.n, observed.control.n, [&](const Table2x2& table) {
        if (statistic(table) >= bound) {
            sum += treated[table.treated.events] * control[table.control.events];
        }
    });
    return sum;
}

/// The largest over 601 pairs of rates with the effect: evenly spread in the control rate for a
/// difference, in its log odds for an odds ratio.
double dense_p_value(const Table2x2& observed, const Effect& effect, Tail tail) {
    const double lowest = std::max(0.0, -effect.value), highest = std::min(1.0, 1 - effect.value);
    double largest = 0;
    for (int i = 0; i <= 600; ++i) {
        const double control = effect.measure == Measure::risk_difference
                                   ? lowest + (highest - lowest) * i / 600
                                   : 1 / (1 + std::exp(-0.05 * (i - 300)));
        const double treated =
            rsasim::design::treated_rate_for(effect.measure, effect.value, control);
        largest = std::max(largest, tail_probability(observed, effect, tail,
                                                     {std::clamp(treated, 0.0, 1.0),
                                                      std::clamp(control, 0.0, 1.0)}));
    }
    return largest;
}

/// An effect a little outside of (inside) a limit.
Effect moved(Measure measure, double limit, double by) {
    return {measure, measure == Measure::odds_ratio ? limit * std::exp(by) : limit + by};
}

void check_limit(const std::string& id, Measure measure, const Table2x2& table, double limit,
                 double outwards) {
    const bool is_end = limit == 0 || std::isinf(limit) || std::abs(limit) >= 0.999;
    if (is_end) return;
    const bool is_two_sided = id == "unconditional-score";
    const Tail tail = is_two_sided ? Tail::two_sided : (outwards < 0 ? Tail::greater : Tail::less);
    const double alpha = is_two_sided ? 0.05 : 0.025;
    const double outside = dense_p_value(table, moved(measure, limit, outwards * 2e-4), tail);
    const double inside = dense_p_value(table, moved(measure, limit, -outwards * 2e-4), tail);
    INFO(id << ", " << rsasim::design::name_of(measure) << ", " << judging::describe(table)
            << ", limit " << limit << ": P " << outside << " outside, " << inside << " inside");
    CHECK(outside <= alpha * 1.001);
    CHECK(inside >= alpha * 0.998);
}

}  // namespace

TEST_CASE("Unconditional limits are where the P-value of a dense search crosses alpha",
          "[property]") {
    for (const ArmSizes& sizes : {ArmSizes{6, 5}, ArmSizes{3, 7}}) {
        judging::for_each_table(sizes.treated, sizes.control, [&](const Table2x2& table) {
            for (const Measure measure : {Measure::odds_ratio, Measure::risk_difference}) {
                for (const std::string id : {"chan-zhang", "unconditional-score"}) {
                    const auto limits = judging::interval(measure, id, table).interval;
                    check_limit(id, measure, table, limits.lower, -1);
                    check_limit(id, measure, table, limits.upper, 1);
                }
            }
        });
    }
}

TEST_CASE("Unconditional intervals of the published trial are those of a grid, and its spike",
          "[reference]") {
    const Table2x2 trial{{60, 75}, {47, 74}};
    const auto two_one_sided = judging::interval(Measure::odds_ratio, "chan-zhang", trial).interval;
    CHECK(two_one_sided.lower == Approx(1.0949).margin(5e-5));
    CHECK(two_one_sided.upper == Approx(5.7474).margin(5e-5));
    const auto two_sided =
        judging::interval(Measure::odds_ratio, "unconditional-score", trial).interval;
    CHECK(two_sided.lower == Approx(1.0935).margin(5e-5));
    // A grid of control rates gives 5.3934. It steps over a spike: at an odds ratio of 5.45 and a
    // control rate of 0.00275 the tail has more than 5 %, so 5.45 is not rejected.
    const Effect effect{Measure::odds_ratio, 5.45};
    const double treated = rsasim::design::treated_rate_for(effect.measure, effect.value, 0.00275);
    CHECK(tail_probability(trial, effect, Tail::two_sided, {treated, 0.00275}) > 0.067);
    CHECK(two_sided.upper == Approx(5.4981).margin(5e-5));
}
