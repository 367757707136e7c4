#include "allotments.hpp"
#include "sequence_law.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <catch2/catch.hpp>

#include <rsasim/math/chi_square.hpp>

using namespace rsasim;
using design::Scheme;

namespace {

/// Upper tail of the chi-square of counts, small expectations pooled.
double goodness_of_fit(const std::vector<double>& counts, const std::vector<double>& expected) {
    double chi_square = 0;
    double cells = -1;
    double pooled_count = 0;
    double pooled = 0;
    const auto add = [&](double count, double mean) {
        chi_square += std::pow(count - mean, 2) / mean;
        ++cells;
    };
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (expected[i] >= 5) {
            add(counts[i], expected[i]);
            continue;
        }
        if (expected[i] < 1e-9) CHECK(counts[i] == 0);
        pooled_count += counts[i];
        pooled += expected[i];
    }
    if (pooled > 0) add(pooled_count, pooled);
    return cells < 1 ? 1 : math::chi_square_upper_tail(chi_square, cells);
}

std::vector<int> arms_of(std::size_t code, std::size_t women) {
    std::vector<int> arms(women);
    for (std::size_t woman = 0; woman < women; ++woman)
        arms[woman] = static_cast<int>(code >> woman & 1);
    return arms;
}

}  // namespace

// The law of whole sequences. Where women's strata differ from trial to trial, counts are expected
// as the sum of their probabilities, and vary no more than under one law. 19 examples, level 1e-4.
TEST_CASE("Sequences of arms have the probability of the scheme's definition", "[statistical]") {
    for (const auto& example : examples()) {
        CAPTURE(example.name);
        const auto& allocation = example.allocation;
        const bool has_strata = !allocation.strata.empty();
        const std::size_t women = has_strata ? 5 : 7;
        const std::int64_t trials = has_strata ? 1'600 : 32'000;
        const std::size_t sequences = std::size_t{1} << women;
        std::vector<double> counts(sequences);
        std::vector<double> expected(sequences);
        const auto expect = [&](std::int64_t replicate, double weight) {
            const auto levels = levels_of(allocation, replicate, women);
            for (std::size_t code = 0; code < sequences; ++code)
                expected[code] +=
                    weight * sequence_probability(allocation, sizes_for(allocation, women),
                                                  arms_of(code, women), levels);
        };
        allot_many(allocation, women, trials, [&](std::int64_t replicate, const Allotment& trial) {
            std::size_t code = 0;
            for (std::size_t woman = 0; woman < women; ++woman)
                code |= static_cast<std::size_t>(trial.treated[woman]) << woman;
            ++counts[code];
            if (has_strata) expect(replicate, 1);
        });
        if (!has_strata) expect(0, static_cast<double>(trials));
        CHECK(std::accumulate(expected.begin(), expected.end(), 0.0) ==
              Approx(static_cast<double>(trials)).epsilon(1e-12));
        CHECK(goodness_of_fit(counts, expected) > 1e-4);
    }
}

TEST_CASE("Arm sizes have the distribution of all sequences", "[exact]") {
    for (const auto& example : examples()) {
        const auto& allocation = example.allocation;
        const auto* row = replicate::find_scheme(design::name_of(allocation.scheme));
        CAPTURE(example.name);
        for (const std::size_t women : {1, 2, 5, 8, 11}) {
            const design::ArmSizes sizes = sizes_for(allocation, women);
            const auto distribution = replicate::arm_size_distribution(allocation, sizes);
            CHECK(distribution.empty() == row->looks_at_women);
            if (row->looks_at_women) continue;
            std::map<std::int64_t, double> expected;
            for (std::size_t code = 0; code < std::size_t{1} << women; ++code) {
                const auto arms = arms_of(code, women);
                const double probability = sequence_probability(allocation, sizes, arms);
                if (probability > 0)
                    expected[std::count(arms.begin(), arms.end(), 1)] += probability;
            }
            CAPTURE(women);
            REQUIRE(distribution.size() == expected.size());
            for (const auto& [arm_sizes, probability] : distribution) {
                CHECK(arm_sizes.treated + arm_sizes.control == static_cast<std::int64_t>(women));
                CHECK(probability == Approx(expected[arm_sizes.treated]).epsilon(1e-12));
            }
        }
    }
}

// 14 examples, level 1e-4 each.
TEST_CASE("Arm sizes of large trials come up as often as their distribution says",
          "[statistical]") {
    constexpr std::size_t women = 149;
    constexpr std::int64_t trials = 8'000;
    for (const auto& example : examples()) {
        const auto& allocation = example.allocation;
        const auto distribution =
            replicate::arm_size_distribution(allocation, sizes_for(allocation, women));
        if (distribution.empty()) continue;
        CAPTURE(example.name);
        std::vector<double> counts(women + 1);
        std::vector<double> expected(women + 1);
        double sum = 0;
        for (const auto& [sizes, probability] : distribution) {
            expected[static_cast<std::size_t>(sizes.treated)] = trials * probability;
            sum += probability;
        }
        CHECK(sum == Approx(1).epsilon(1e-12));
        allot_many(allocation, women, trials, [&](std::int64_t, const Allotment& trial) {
            ++counts[static_cast<std::size_t>(
                std::accumulate(trial.treated.begin(), trial.treated.end(), 0))];
        });
        CHECK(goodness_of_fit(counts, expected) > 1e-4);
    }
}
