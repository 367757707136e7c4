#include "planned.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <catch2/catch.hpp>

#include <rsasim/planning/certified.hpp>
#include <rsasim/planning/regions.hpp>

namespace {

using planned::ArmSizes;
using planned::Design;
using planned::Measure;
using planned::Rates;
using planned::Region;
using rsasim::analysis::NullLine;
using rsasim::analysis::Tail;
using rsasim::design::Effect;
using rsasim::planning::CertifiedExtreme;
using rsasim::planning::Scope;

constexpr ArmSizes all_sizes[] = {{1, 1},   {5, 5},   {12, 12}, {8, 21}, {30, 10}, {20, 20},
                                  {25, 24}, {40, 13}, {35, 36}, {2, 30}, {75, 74}};

constexpr const char* all_tests[] = {
    "pearson",    "yates",  "likelihood-ratio", "wald",          "wald-gart",
    "z-unpooled", "fisher", "fisher-midp",      "fisher-blaker", "boschloo"};

constexpr std::pair<Measure, const char*> all_intervals[] = {
    {Measure::odds_ratio, "woolf"},         {Measure::odds_ratio, "gart"},
    {Measure::odds_ratio, "score"},         {Measure::odds_ratio, "cornfield-exact"},
    {Measure::odds_ratio, "baptista-pike"}, {Measure::risk_difference, "wald"},
    {Measure::risk_difference, "newcombe"}, {Measure::risk_difference, "agresti-caffo"},
    {Measure::risk_ratio, "katz"},          {Measure::risk_ratio, "score"}};

/// The rates with an effect at a share of the way along its control rates.
Rates rates_along(const Effect& effect, double share) {
    double lowest = 0, highest = 1;
    if (effect.measure == Measure::risk_difference) {
        lowest = std::max(0.0, -effect.value);
        highest = std::min(1.0, 1 - effect.value);
    } else if (effect.measure == Measure::risk_ratio) {
        highest = std::min(1.0, 1 / effect.value);
    }
    const double control = lowest + share * (highest - lowest);
    const double treated = rsasim::design::treated_rate_for(effect.measure, effect.value, control);
    return {std::clamp(treated, 0.0, 1.0), std::clamp(control, 0.0, 1.0)};
}

/// The largest probability of a region along the line of an effect: 801 points, then ever smaller
/// steps about the best one.
double searched_maximum(const ArmSizes& sizes, const Region& region, const Effect& effect) {
    const auto value = [&](double share) {
        return planned::probability(sizes, region, rates_along(effect, share));
    };
    double best = 0, at = 0;
    for (int i = 0; i <= 800; ++i) {
        const double found = value(i / 800.0);
        if (found > best) {
            best = found;
            at = i / 800.0;
        }
    }
    for (double step = 1 / 1600.0; step > 1e-9; step /= 2) {
        for (const double share : {std::max(0.0, at - step), std::min(1.0, at + step)}) {
            const double found = value(share);
            if (found > best) {
                best = found;
                at = share;
            }
        }
    }
    return best;
}

void check_against_search(const CertifiedExtreme& proved, double found) {
    INFO("proved " << proved.lower << " to " << proved.upper << ", search " << found);
    CHECK(proved.upper - proved.lower <= 1e-6);
    CHECK(found <= proved.upper * (1 + 1e-12));
    CHECK(found >= proved.lower - 1e-6);
}

}  // namespace

TEST_CASE(
    "A dense search never exceeds the proved size of ten tests at eleven designs, and "
    "nearly reaches it",
    "[property]") {
    for (const ArmSizes& sizes : all_sizes) {
        for (const char* test : all_tests) {
            const Design design = planned::design_of(sizes, planned::plan_with(test));
            const auto region = rsasim::planning::rejection_region(design, 0, 1);
            INFO(sizes.treated << " v " << sizes.control << ", " << test);
            check_against_search(rsasim::planning::size_of_test(design, 0, {}, 1e-7, 1).supremum,
                                 searched_maximum(sizes, region, {}));
        }
    }
}

TEST_CASE("A dense search never undercuts the proved minimum coverage of ten intervals",
          "[property]") {
    for (const ArmSizes& sizes : {ArmSizes{12, 12}, ArmSizes{25, 16}}) {
        for (const auto& [measure, id] : all_intervals) {
            for (const double log_effect : {0.0, 0.4}) {
                const Effect effect{measure, measure == Measure::risk_difference
                                                 ? -log_effect
                                                 : std::exp(log_effect)};
                const Design design =
                    planned::design_of(sizes, planned::plan_with_interval(measure, id));
                const auto misses = rsasim::planning::miss_region(design, 0, effect, 1);
                const auto proved =
                    rsasim::planning::minimum_coverage(design, 0, effect.value, {}, 1e-7, 1);
                INFO(sizes.treated << " v " << sizes.control << ", " << id << " at "
                                   << effect.value);
                check_against_search({1 - proved.upper, 1 - proved.lower, {}},
                                     searched_maximum(sizes, misses, effect));
            }
        }
    }
}

TEST_CASE("Proved sizes at margins hold on all three scales and for equivalence", "[property]") {
    for (const Effect& null :
         {Effect{Measure::risk_difference, -0.1}, Effect{Measure::risk_ratio, 0.8},
          Effect{Measure::odds_ratio, 0.5}}) {
        auto plan = planned::plan_with("score", 0.025);
        plan.sides = rsasim::design::Sides::one;
        plan.null = null;
        const Design design = planned::design_of({30, 28}, plan);
        const auto region = rsasim::planning::rejection_region(design, 0, 1);
        INFO(rsasim::design::name_of(null.measure));
        check_against_search(rsasim::planning::size_of_test(design, 0, {}, 1e-7, 1).supremum,
                             searched_maximum({30, 28}, region, null));
    }
    auto plan = planned::plan_with("score", 0.025);
    plan.sides = rsasim::design::Sides::one;
    plan.equivalence = {Measure::risk_difference, -0.3, 0.25};
    const Design design = planned::design_of({30, 28}, plan);
    const auto region = rsasim::planning::rejection_region(design, 0, 1);
    const auto size = rsasim::planning::size_of_test(design, 0, {}, 1e-7, 1);
    CHECK(size.scope == Scope::boundary_only);
    check_against_search(
        size.supremum,
        std::max(searched_maximum({30, 28}, region, {Measure::risk_difference, -0.3}),
                 searched_maximum({30, 28}, region, {Measure::risk_difference, 0.25})));
}

TEST_CASE("A test that never rejects has the size 0 and no power, exactly", "[exact]") {
    // The smallest two-sided P of Fisher's test in 3 v 3 women is 2 / C(6, 3) = 0.1.
    const Design design = planned::design_of({3, 3}, planned::plan_with("fisher"));
    const auto size = rsasim::planning::size_of_test(design, 0, {}, 1e-7, 1).supremum;
    CHECK(size.lower == 0);
    CHECK(size.upper == 0);
    for (const Effect& effect : {Effect{Measure::odds_ratio, 3}, {Measure::risk_ratio, 0.5}}) {
        const auto power = rsasim::planning::minimum_power(design, 0, effect, {0.1, 0.4}, 1e-7, 1);
        CHECK(power.lower == 0);
        CHECK(power.upper == 0);
        CHECK(power.at.control == Approx(0.1));
    }
}

TEST_CASE("The sizes of the published trial's tests are those of independent programs",
          "[reference]") {
    const auto size_of = [](const char* test) {
        return rsasim::planning::size_of_test(
                   planned::design_of({75, 74}, planned::plan_with(test)), 0, {}, 1e-8, 2)
            .supremum;
    };
    CHECK(size_of("pearson").upper == Approx(0.051302).margin(5e-7));
    CHECK(size_of("fisher").upper == Approx(0.048915).margin(5e-7));
    CHECK(size_of("fisher-midp").upper == Approx(0.050181).margin(5e-7));
    const auto likelihood_ratio = size_of("likelihood-ratio");
    CHECK(likelihood_ratio.upper == Approx(0.093853).margin(5e-7));
    const double rate = likelihood_ratio.at.control;
    CHECK(std::min(rate, 1 - rate) == Approx(0.027).margin(5e-4));  // swapped outcomes tie
    auto margin = planned::plan_with("score", 0.025);
    margin.sides = rsasim::design::Sides::one;
    margin.null = {Measure::risk_difference, -0.1};
    const auto size =
        rsasim::planning::size_of_test(planned::design_of({75, 74}, margin), 0, {}, 1e-8, 2);
    CHECK(size.supremum.upper == Approx(0.0301).margin(5e-5));
    CHECK(size.scope == Scope::whole_null);
}

TEST_CASE("The calibrated alpha of Fisher's test is that of the published trial's arms",
          "[reference]") {
    const Design design =
        planned::design_of({75, 74}, planned::plan_with("fisher"), {0.80, 0.6351});
    const auto calibrated = rsasim::planning::calibrated_alpha(design, 0, {}, 1e-9, 2);
    REQUIRE(calibrated.level);
    REQUIRE(calibrated.next);
    CHECK(calibrated.level->p_value == Approx(0.0586228).margin(5e-8));
    CHECK(calibrated.level->size.upper == Approx(0.0497345).margin(5e-8));
    CHECK(calibrated.next->p_value == Approx(0.0608473).margin(5e-8));
    CHECK(calibrated.next->size.lower == Approx(0.0517713).margin(5e-8));
    CHECK(calibrated.power == Approx(0.622905).margin(5e-7));  // the power of Boschloo's test
}

TEST_CASE("A calibrated level is the largest attained P-value that keeps alpha", "[property]") {
    for (const char* test : {"pearson", "fisher-central", "z-unpooled", "wald"}) {
        const Design design = planned::design_of({9, 11}, planned::plan_with(test, 0.1));
        const auto p_values = rsasim::planning::all_p_values(design, 0, 1);
        const auto calibrated = rsasim::planning::calibrated_alpha(design, 0, {}, 1e-9, 1);
        double largest = 0;
        for (const double level : p_values) {
            Region region;
            for (const double p : p_values)
                region.push_back(p <= level * (1 + 1e-9) ? 1 : 0);
            const bool keeps =
                std::isfinite(level) && searched_maximum({9, 11}, region, {}) <= 0.1 * (1 + 1e-9);
            if (keeps) largest = std::max(largest, level);
        }
        INFO(test);
        REQUIRE(calibrated.level);
        CHECK(calibrated.level->p_value == Approx(largest).epsilon(1e-8));
        CHECK(calibrated.next->size.lower > 0.1);
    }
}

TEST_CASE("Only a monotone region makes the boundary the whole null", "[exact]") {
    const auto scope_of = [](const char* test) {
        auto plan = planned::plan_with(test, 0.025);
        plan.sides = rsasim::design::Sides::one;
        return rsasim::planning::size_of_test(planned::design_of({15, 15}, plan), 0, {}, 1e-7, 1)
            .scope;
    };
    CHECK(scope_of("pearson") == Scope::whole_null);
    CHECK(scope_of("boschloo") == Scope::whole_null);
    CHECK(scope_of("wald") == Scope::boundary_only);  // tables with a zero cell never reject
    const rsasim::analysis::TableGrid grid({1, 1});
    CHECK(rsasim::planning::is_monotone(grid, {0, 0, 1, 0}, Tail::greater));
    CHECK_FALSE(rsasim::planning::is_monotone(grid, {0, 0, 1, 0}, Tail::less));
    CHECK_FALSE(rsasim::planning::is_monotone(grid, {1, 0, 0, 0}, Tail::greater));
}

TEST_CASE("The minimum power over a range is not above the power anywhere in it", "[property]") {
    const Design design = planned::design_of({40, 38}, planned::plan_with("pearson"));
    const Effect effect{Measure::odds_ratio, 3};
    const auto proved = rsasim::planning::minimum_power(design, 0, effect, {0.3, 0.6}, 1e-8, 1);
    const auto region = rsasim::planning::rejection_region(design, 0, 1);
    double least = 1;
    for (const auto& point :
         rsasim::planning::profile(NullLine({40, 38}, effect), region, {0.3, 0.6}, 301)) {
        CHECK(point.rates.control >= 0.3 - 1e-12);
        CHECK(point.rates.control <= 0.6 + 1e-12);
        CHECK(point.probability ==
              Approx(planned::probability({40, 38}, region, point.rates)).epsilon(1e-12));
        least = std::min(least, point.probability);
    }
    CHECK(proved.lower <= least);
    CHECK(proved.upper >= least - 1e-5);
}

TEST_CASE("A range without rates that have the effect is refused", "[exact]") {
    auto plan = planned::plan_with("score", 0.025);
    plan.sides = rsasim::design::Sides::one;
    plan.null = {Measure::risk_difference, 0.2};
    CHECK_THROWS_AS(
        rsasim::planning::size_of_test(planned::design_of({9, 9}, plan), 0, {0.9, 1}, 1e-7, 1),
        std::invalid_argument);
}
