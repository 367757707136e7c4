#include "printed_examples.hpp"

#include "judging.hpp"

#include <array>
#include <cmath>
#include <string>

#include <catch2/catch.hpp>

namespace printed_examples {

namespace {

using enum rsasim::design::Measure;

constexpr double infinity = rsasim::analysis::infinity;
constexpr double six = 0.51e-6, four = 0.51e-4, three = 0.51e-3;

constexpr std::string_view ratesci = "R package ratesci 1.0, article on basic contrasts";
constexpr std::string_view contingencytables =
    "R package contingencytables, tests of chapter 4 of Fagerland, Lydersen and Laake 2017";
constexpr std::string_view statpsych = "R package statpsych, tests of ci.ratio.prop2";
constexpr std::string_view exact2x2 = "R package exact2x2, overview vignette and blaker.exact";

constexpr std::array all_intervals{
    Example{risk_difference, "scas", {{5, 56}, {0, 29}}, -0.0186, 0.1867, four, four, ratesci},
    Example{risk_ratio, "scas", {{5, 56}, {0, 29}}, 0.7696, infinity, four, four, ratesci},
    Example{odds_ratio, "scas", {{5, 56}, {0, 29}}, 0.7587, infinity, four, four, ratesci},
    // The mirrored table prints 56.08210: the program stops at six decimals of the other scale.
    Example{odds_ratio, "scas", {{5, 56}, {1, 29}}, 0.385475, 56.0807, 1e-6, 2e-3, ratesci},
    Example{risk_ratio,
            "inverse-sinh",
            {{7, 34}, {1, 34}},
            1.1671,
            41.9827,
            four,
            four,
            contingencytables},
    Example{risk_ratio,
            "inverse-sinh-adjusted",
            {{0, 16}, {15, 72}},
            0,
            1.1524,
            four,
            four,
            contingencytables},
    Example{risk_ratio,
            "price-bonett",
            {{7, 34}, {1, 34}},
            0.9205,
            36.5449,
            four,
            four,
            contingencytables},
    Example{risk_ratio,
            "price-bonett",
            {{0, 16}, {15, 72}},
            0.001,
            3.425,
            three,
            three,
            contingencytables},
    Example{risk_ratio,
            "price-bonett",
            {{35, 150}, {21, 150}},
            1.017253,
            2.705025,
            six,
            six,
            statpsych},
    Example{odds_ratio, "blaker", {{6, 18}, {12, 17}}, 0.0423, 0.9170, four, four, exact2x2},
    Example{odds_ratio, "blaker", {{12, 17}, {6, 18}}, 1.0905, 23.6488, four, four, exact2x2},
};

}  // namespace

std::span<const Example> intervals() {
    return all_intervals;
}

}  // namespace printed_examples

TEST_CASE("Intervals agree with those that papers and other programs print", "[reference]") {
    const auto is_close = [](double value, double printed, double tolerance) {
        return value == printed || std::abs(value - printed) <= tolerance;
    };
    for (const auto& example : printed_examples::intervals()) {
        const auto limits =
            judging::interval(example.measure, std::string(example.interval), example.table)
                .interval;
        INFO(rsasim::design::name_of(example.measure)
             << " " << example.interval << " at " << judging::describe(example.table) << ": "
             << limits.lower << " to " << limits.upper << "; " << example.source);
        CHECK(is_close(limits.lower, example.lower, example.lower_tolerance));
        CHECK(is_close(limits.upper, example.upper, example.upper_tolerance));
    }
}

TEST_CASE("Inverse hyperbolic sine intervals of the risk ratio are closed forms", "[exact]") {
    constexpr double z = 1.959963984540054;
    const rsasim::design::Table2x2 table{{7, 34}, {3, 40}};
    const double ratio = 7.0 * 40 / (3 * 34);
    const auto reach = [&](double added) {
        const double variance = 1 / 7.0 - 1 / (34 + added) + 1 / 3.0 - 1 / (40 + added);
        return std::exp(2 * std::asinh(z / 2 * std::sqrt(variance)));
    };
    const auto measure = rsasim::design::Measure::risk_ratio;
    const auto plain = judging::interval(measure, "inverse-sinh", table).interval;
    CHECK(plain.lower == Approx(ratio / reach(0)).epsilon(1e-12));
    CHECK(plain.upper == Approx(ratio * reach(0)).epsilon(1e-12));
    const auto adjusted = judging::interval(measure, "inverse-sinh-adjusted", table).interval;
    CHECK(adjusted.lower == Approx(ratio / reach(1)).epsilon(1e-12));
    CHECK(adjusted.upper == Approx(ratio * reach(1)).epsilon(1e-12));
    const rsasim::design::Table2x2 empty{{0, 34}, {3, 40}};
    for (const char* id : {"inverse-sinh", "inverse-sinh-adjusted"}) {
        const auto limits = judging::interval(measure, id, empty).interval;
        CHECK(limits.lower == 0);
        CHECK(limits.upper == Approx(z * z / 34 / (3 / 40.0)).epsilon(1e-12));
    }
}
