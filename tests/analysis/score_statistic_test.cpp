#include "table/score_statistic.hpp"

#include "judging.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <catch2/catch.hpp>

namespace {

using judging::Measure;
using judging::Table2x2;
using rsasim::analysis::Cells;
using rsasim::analysis::score_at;
using rsasim::analysis::score_z;
using rsasim::design::Effect;

using Real = long double;

/// The root of a falling function by plain halving.
template <class Function>
Real halve(Function&& function, Real lower, Real upper) {
    for (int step = 0; step < 300; ++step) {
        const Real middle = lower + (upper - lower) / 2;
        (function(middle) > 0 ? lower : upper) = middle;
    }
    return lower;
}

/// Derivative of x log p + y log q, 0 where a count is 0.
Real slope(Real x, Real y, Real p, Real q) {
    return (x > 0 ? x / p : 0) - (y > 0 ? y / q : 0);
}

/// The z of a difference, by halving in the smaller of what p0 and q1 have to lie above.
Real z_of_difference(const Cells& t, Real delta) {
    const Real low = std::max<Real>(0, -delta), width = 1 - std::abs(delta);
    const Real x1 = t.a, y1 = t.b, x0 = t.c, y0 = t.d;
    const Real up1 = std::max<Real>(0, delta), up0 = low;  // p1 = up1 + v, p0 = up0 + v
    const Real v = halve(
        [&](Real at) {
            return slope(x1, y1, up1 + at, (1 - up1) - at) +
                   slope(x0, y0, up0 + at, (1 - up0) - at);
        },
        0, width);
    const Real n1 = x1 + y1, n0 = x0 + y0;
    const Real variance = (up1 + v) * ((1 - up1) - v) / n1 + (up0 + v) * ((1 - up0) - v) / n0;
    return ((x1 * n0 - x0 * n1) / (n1 * n0) - delta) / std::sqrt(variance);
}

Real z_of_risk_ratio(const Cells& t, Real theta) {
    const Real n1 = t.a + static_cast<Real>(t.b), n0 = t.c + static_cast<Real>(t.d);
    const Real p0 = halve(
        [&](Real p) {
            return theta * slope(t.a, t.b, theta * p, 1 - theta * p) + slope(t.c, t.d, p, 1 - p);
        },
        0, std::min<Real>(1, 1 / theta));
    const Real p1 = theta * p0;
    return (t.a / n1 - theta * t.c / n0) /
           std::sqrt(p1 * (1 - p1) / n1 + theta * theta * p0 * (1 - p0) / n0);
}

/// The fitted table has both margins and the odds ratio theta. It is `v` events away from the table
/// with these margins that has the fewest treated events, or from the one with the most.
Real z_of_odds_ratio(const Cells& t, Real theta) {
    const auto search = [&](Real moved, Real most, Real sign) {
        const Real a = t.a - moved, b = t.b + moved, c = t.c + moved, d = t.d - moved;
        const auto excess = [&](Real v) {
            const Real up = sign * v;
            return sign * (theta * (b - up) * (c - up) - (a + up) * (d + up));
        };
        const Real up = sign * halve(excess, 0, most);
        return (moved - up) * std::sqrt(1 / (a + up) + 1 / (b - up) + 1 / (c - up) + 1 / (d + up));
    };
    const Real down = std::min(t.a, t.d), up = std::min(t.b, t.c), middle = (down - up) / 2;
    const bool is_below = (t.a - middle) * (t.d - middle) > theta * (t.b + middle) * (t.c + middle);
    return is_below ? search(down, down + up, 1) : search(-up, down + up, -1);
}

double searched_z(const Cells& table, const Effect& null) {
    const auto value = static_cast<Real>(null.value);
    switch (null.measure) {
        case Measure::risk_difference:
            return static_cast<double>(z_of_difference(table, value));
        case Measure::risk_ratio:
            return static_cast<double>(z_of_risk_ratio(table, value));
        default:
            return static_cast<double>(z_of_odds_ratio(table, value));
    }
}

constexpr std::array margins{
    Effect{Measure::odds_ratio, 0.8},       Effect{Measure::odds_ratio, 3.0},
    Effect{Measure::odds_ratio, 1e-3},      Effect{Measure::risk_difference, -0.1},
    Effect{Measure::risk_difference, 0.25}, Effect{Measure::risk_difference, -0.95},
    Effect{Measure::risk_difference, 1e-3}, Effect{Measure::risk_ratio, 0.8},
    Effect{Measure::risk_ratio, 1.25},      Effect{Measure::risk_ratio, 4.0},
};

/// Complains where the score and the search differ by more than `tolerance` of max(|z|, 1).
void compare(const Cells& cells, const Effect& null, double tolerance) {
    if (score_at(cells, null).says_nothing()) return;
    const double z = score_z(cells, null), expected = searched_z(cells, null);
    if (std::abs(z - expected) <= tolerance * std::max(1.0, std::abs(expected))) return;
    FAIL_CHECK(rsasim::design::name_of(null.measure)
               << " " << null.value << " at (" << cells.a << ", " << cells.b << ", " << cells.c
               << ", " << cells.d << "): " << z << " against " << expected);
}

void compare_all(std::int64_t n1, std::int64_t n0) {
    for (const Effect& null : margins) {
        judging::for_each_table(n1, n0, [&](const Table2x2& table) {
            compare(rsasim::analysis::cells_of(table), null, 1e-12);
        });
    }
}

}  // namespace

TEST_CASE("The score at a margin is that of a search for the restricted fit", "[exact]") {
    for (const auto& [n1, n0] :
         {std::pair{1, 1}, {1, 9}, {6, 6}, {9, 4}, {12, 11}, {40, 3}, {25, 24}}) {
        compare_all(n1, n0);
    }
}

TEST_CASE("The score keeps its digits in arms of a hundred million women", "[exact]") {
    constexpr double large = 1e8;
    for (const Effect& null : margins) {
        for (const double x1 : {0.0, 1.0, 5e4, 4e7, large - 1, large}) {
            for (const double x0 : {0.0, 1.0, 7.0, 1e5, 5e7, large - 2, large}) {
                compare({x1, large - x1, x0, large - x0}, null, 1e-10);
            }
            compare({x1, large - x1, 3, 4}, null, 1e-10);
            compare({0, 7, x1, large - x1}, null, 1e-10);
        }
    }
}

TEST_CASE("Tables that mirror each other have opposite scores at mirrored margins", "[property]") {
    const auto check = [](double z, double mirrored) {
        CHECK(std::abs(z + mirrored) <= 1e-12 * std::max(1.0, std::abs(z)));
    };
    judging::for_each_table(9, 7, [&](const Table2x2& table) {
        const Cells t = rsasim::analysis::cells_of(table);
        const Cells arms = t.with_arms_swapped(), outcomes{t.b, t.a, t.d, t.c};
        check(score_z(t, {Measure::odds_ratio, 0.7}),
              score_z(arms, {Measure::odds_ratio, 1 / 0.7}));
        check(score_z(t, {Measure::odds_ratio, 0.7}),
              score_z(outcomes, {Measure::odds_ratio, 1 / 0.7}));
        check(score_z(t, {Measure::risk_ratio, 0.7}),
              score_z(arms, {Measure::risk_ratio, 1 / 0.7}));
        check(score_z(t, {Measure::risk_difference, 0.2}),
              score_z(arms, {Measure::risk_difference, -0.2}));
        check(score_z(t, {Measure::risk_difference, 0.2}),
              score_z(outcomes, {Measure::risk_difference, -0.2}));
    });
}

TEST_CASE("At no effect the score is the pooled z whatever the scale", "[exact]") {
    judging::for_each_table(8, 11, [](const Table2x2& table) {
        const Cells t = rsasim::analysis::cells_of(table);
        for (const Measure measure : rsasim::design::all_measures) {
            const Effect none{measure, rsasim::design::no_effect(measure)};
            CHECK(score_at(t, none).says_nothing() == table.has_empty_margin());
            if (table.has_empty_margin()) continue;
            const double square = judging::test("pearson", table).statistic;
            CHECK(score_z(t, none) ==
                  Approx(std::copysign(std::sqrt(square), t.determinant())).epsilon(1e-14));
        }
    });
}

TEST_CASE("The score is 0 on a table that meets the margin and infinite where nothing varies",
          "[exact]") {
    CHECK(score_z({0, 5, 0, 7}, {Measure::odds_ratio, 0.8}) == 0);
    CHECK(score_z({5, 0, 7, 0}, {Measure::odds_ratio, 0.8}) == 0);
    CHECK(score_z({0, 5, 0, 7}, {Measure::risk_ratio, 0.8}) == 0);
    CHECK(score_z({5, 0, 7, 0}, {Measure::risk_ratio, 0.8}) > 0);
    CHECK(score_z({0, 5, 0, 7}, {Measure::risk_difference, -0.1}) > 0);
    CHECK(score_z({2, 2, 1, 2}, {Measure::odds_ratio, 2}) == 0);
    CHECK(score_z({0, 5, 7, 0}, {Measure::risk_difference, -1}) == 0);
    CHECK(score_z({1, 4, 7, 0}, {Measure::risk_difference, -1}) == INFINITY);
    CHECK(score_z({1, 4, 7, 0}, {Measure::risk_difference, 1}) == -INFINITY);
}
