#include "planned.hpp"
#include "support/reference.hpp"

#include <array>
#include <map>
#include <numeric>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/planning/certified.hpp>
#include <rsasim/planning/regions.hpp>

namespace {

using planned::ArmSizes;
using planned::Design;
using planned::Measure;
using planned::Rates;
using reference::Json;

/// The ids of the tests by their names in the reference; one that names several variants stands for
/// the first.
const std::map<std::string, std::string> test_ids{
    {"pearson", "pearson"},
    {"yates", "yates"},
    {"lr", "likelihood-ratio"},
    {"n-1", "pearson-n1"},
    {"fisher", "fisher"},
    {"fisher_minlike", "fisher"},
    {"fisher_central", "fisher-central"},
    {"midp", "fisher-midp"},
    {"midp_minlike", "fisher-midp"},
    {"midp_central", "fisher-midp-central"},
    {"zpooled_exact", "z-pooled-exact"},
    {"zunpooled_exact", "z-unpooled-exact"},
    {"boschloo", "boschloo"},
    {"boschloo_central", "boschloo-central"},
};

const std::map<std::string, std::string> interval_ids{
    {"woolf", "woolf"},
    {"gart", "gart"},
    {"agresti_independence", "agresti"},
    {"adjusted_inverse_sinh_0.45_0.25", "inverse-sinh-adjusted"},
    {"score_uncorrected", "score"},
    {"miettinen_nurminen", "miettinen-nurminen"},
    {"cornfield_exact", "cornfield-exact"},
    {"cornfield_midp", "cornfield-midp"},
    {"profile_likelihood", "profile-likelihood"},
};

ArmSizes sizes_in(const Json& input) {
    return {input.at("n1").get<std::int64_t>(), input.at("n2").get<std::int64_t>()};
}

Rates rates_in(const Json& input) {
    return {input.at("p1").get<double>(), input.at("p2").get<double>()};
}

Design design_of(const Json& input, const std::string& test, const std::string& side,
                 double alpha) {
    auto plan = planned::plan_with(test_ids.at(test), alpha);
    if (side != "two") plan.sides = rsasim::design::Sides::one;
    return planned::design_of(sizes_in(input), plan);
}

/// "test|side|alpha" in its three parts.
std::array<std::string, 3> parts_of(const std::string& key) {
    const auto first = key.find('|'), second = key.find('|', first + 1);
    return {key.substr(0, first), key.substr(first + 1, second - first - 1),
            key.substr(second + 1)};
}

void check_power(const Json& entry, const Design& design, const Json& expected) {
    const auto region = rsasim::planning::rejection_region(design, 0, 2);
    const double power = planned::probability(design.sizes(), region, rates_in(entry.at("input")));
    INFO(entry.at("id") << ", " << design.analysis().tests.front().label() << ": " << power
                        << ", expected " << expected);
    CHECK(reference::agrees(power, expected, entry.at("tolerance")));
}

void check_powers(const std::string& kind) {
    for (const Json& entry : reference::entries(kind)) {
        const Json& input = entry.at("input");
        for (const auto& [key, expected] : entry.at("expected").items()) {
            if (key == "max_size") continue;
            if (key == "power") {
                check_power(
                    entry,
                    design_of(input, input.at("test").get<std::string>(),
                              input.at("side").get<std::string>(), input.at("alpha").get<double>()),
                    expected);
                continue;
            }
            const auto [test, side, alpha] = parts_of(key);
            check_power(entry, design_of(input, test, side, std::stod(alpha)), expected);
        }
    }
}

void check_size(const Json& entry, const std::string& side, const Json& expected) {
    const Json& input = entry.at("input");
    const Design design = design_of(input, input.at("test").get<std::string>(), side,
                                    input.at("alpha").get<double>());
    const auto size = rsasim::planning::size_of_test(design, 0, {}, 1e-9, 2).supremum;
    INFO(entry.at("id") << ", " << side << "-sided: " << size.lower << " to " << size.upper
                        << ", expected " << expected);
    // The others' numbers come from a grid: never above ours, and close below it.
    CHECK(reference::number(expected) <= size.upper + 1e-9);
    CHECK(reference::number(expected) >= size.lower * (1 - 1e-4));
}

}  // namespace

TEST_CASE("Exact power agrees with every reference design", "[reference]") {
    check_powers("exact_power");
}

TEST_CASE("Exact size at a rate agrees with every reference design", "[reference]") {
    check_powers("exact_size_at_p");
}

TEST_CASE("Certified sizes lie just above the largest values of the reference's grids",
          "[reference]") {
    for (const Json& entry : reference::entries("exact_size_max")) {
        check_size(entry, "one", entry.at("expected").at("max_size_one_sided"));
        check_size(entry, "two", entry.at("expected").at("max_size_two_sided"));
    }
    for (const Json& entry : reference::entries("exact_power")) {
        if (!entry.at("expected").contains("max_size")) continue;
        check_size(entry, entry.at("input").at("side").get<std::string>(),
                   entry.at("expected").at("max_size"));
    }
}

TEST_CASE("Rejection regions have as many tables as the reference's", "[reference]") {
    for (const Json& entry : reference::entries("rejection_region_count")) {
        const Json& input = entry.at("input");
        const auto region = rsasim::planning::rejection_region(
            design_of(input, input.at("test").get<std::string>(),
                      input.at("side").get<std::string>(), input.at("alpha").get<double>()),
            0, 2);
        INFO(entry.at("id"));
        CHECK(std::accumulate(region.begin(), region.end(), 0.0) ==
              entry.at("expected").at("rejected_tables").get<double>());
    }
}

TEST_CASE("Exact coverage agrees with every reference design", "[reference]") {
    for (const Json& entry : reference::entries("coverage")) {
        const Rates rates = rates_in(entry.at("input"));
        const rsasim::design::Effect truth{Measure::odds_ratio,
                                           rsasim::design::effect_of(Measure::odds_ratio, rates)};
        for (const auto& [name, expected] : entry.at("expected").items()) {
            const auto design = planned::design_of(
                sizes_in(entry.at("input")),
                planned::plan_with_interval(Measure::odds_ratio, interval_ids.at(name)));
            const auto misses = rsasim::planning::miss_region(design, 0, truth, 2);
            const double coverage = 1 - planned::probability(design.sizes(), misses, rates);
            INFO(entry.at("id") << ", " << name << ": " << coverage);
            CHECK(reference::agrees(coverage, expected.at(0), entry.at("tolerance")));
        }
    }
}

TEST_CASE("Certified minimum coverage lies just below the smallest value of the reference's grid",
          "[reference]") {
    for (const Json& entry : reference::entries("coverage_min")) {
        const double odds_ratio = entry.at("input").at("odds_ratio").get<double>();
        for (const auto& [name, expected] : entry.at("expected").items()) {
            const auto design = planned::design_of(
                sizes_in(entry.at("input")),
                planned::plan_with_interval(Measure::odds_ratio, interval_ids.at(name)));
            const auto proved =
                rsasim::planning::minimum_coverage(design, 0, odds_ratio, {}, 1e-8, 2);
            const auto at_grid_minimum = rsasim::planning::minimum_coverage(
                design, 0, odds_ratio, {expected.at(1).get<double>(), expected.at(1).get<double>()},
                1e-10, 2);
            INFO(entry.at("id") << ", " << name << ": " << proved.lower << " to " << proved.upper);
            CHECK(proved.lower <= expected.at(0).get<double>() + 1e-10);
            CHECK(proved.upper >= expected.at(0).get<double>() - 5e-3);
            CHECK(reference::agrees(at_grid_minimum.upper, expected.at(0), entry.at("tolerance")));
        }
    }
}
