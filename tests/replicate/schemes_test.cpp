#include "allotments.hpp"

#include <cmath>
#include <map>
#include <stdexcept>

#include <catch2/catch.hpp>

using namespace rsasim;
using design::Scheme;

namespace {

/// Treated women less their share, in units of 1 / (sum of shares).
std::int64_t excess_of(const design::Allocation& allocation, int treated) {
    return treated == 1 ? allocation.control_share : -allocation.treated_share;
}

}  // namespace

TEST_CASE("The catalogue has a row for every scheme, under its name", "[exact]") {
    const auto rows = replicate::schemes();
    REQUIRE(rows.size() == static_cast<std::size_t>(Scheme::minimisation) + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(rows[i].name);
        CHECK(rows[i].scheme == static_cast<Scheme>(i));
        CHECK(rows[i].name == design::name_of(rows[i].scheme));
        CHECK(replicate::find_scheme(rows[i].name) == &rows[i]);
        CHECK(rows[i].doi.substr(0, 3) == "10.");
        CHECK_FALSE(rows[i].citation.empty());
        CHECK_FALSE(rows[i].definition.empty());
    }
    CHECK(replicate::find_scheme("coin") == nullptr);
}

TEST_CASE("Every scheme has an example among the tests", "[exact]") {
    for (const auto& row : replicate::schemes()) {
        bool has_one = false;
        for (const auto& example : examples())
            has_one = has_one || example.allocation.scheme == row.scheme;
        CAPTURE(row.name);
        CHECK(has_one);
    }
}

TEST_CASE("A replicate gets the same arms in any lane and alone", "[property]") {
    for (const auto& example : examples()) {
        CAPTURE(example.name);
        const auto together = allot(example.allocation, 149, 1000);
        for (std::size_t lane = 0; lane < together.size(); ++lane) {
            const auto replicate = 1000 + static_cast<std::int64_t>(lane);
            CHECK(allot(example.allocation, 149, replicate, 1)[0] == together[lane]);
        }
        CHECK(allot(example.allocation, 149, 1003, 3)[2] == together[5]);
        CHECK_FALSE(together[0] == together[1]);
    }
}

// 1,201 women in 6 strata are more than are drawn ahead.
TEST_CASE("Sequential schemes give the first women of a larger trial the same arms", "[property]") {
    for (const auto& example : examples()) {
        const auto* row = replicate::find_scheme(design::name_of(example.allocation.scheme));
        if (!row->is_sequential) continue;
        CAPTURE(example.name);
        const auto large = allot(example.allocation, 1201, 7);
        const auto small = allot(example.allocation, 149, 7);
        for (std::size_t lane = 0; lane < small.size(); ++lane) {
            CHECK(std::equal(small[lane].treated.begin(), small[lane].treated.end(),
                             large[lane].treated.begin()));
            CHECK(std::equal(small[lane].guess.begin(), small[lane].guess.end(),
                             large[lane].guess.begin()));
        }
    }
}

TEST_CASE("Blocks of one size are balanced wherever they end, in each stratum", "[property]") {
    for (const auto& example : examples()) {
        const auto& allocation = example.allocation;
        if (allocation.block_sizes.size() != 1) continue;
        CAPTURE(example.name);
        allot_many(allocation, 149, 200, [&](std::int64_t replicate, const Allotment& trial) {
            const auto levels = levels_of(allocation, replicate, 149);
            std::map<std::vector<int>, std::pair<std::int64_t, std::int64_t>> strata;
            for (std::size_t woman = 0; woman < 149; ++woman) {
                std::vector<int> stratum;
                for (const auto& factor : levels)
                    stratum.push_back(factor[woman]);
                auto& [women, excess] = strata[stratum];
                excess += excess_of(allocation, trial.treated[woman]);
                if (++women % allocation.block_sizes[0] == 0 && excess != 0)
                    FAIL("unbalanced after " << women << " women");
            }
        });
    }
}

TEST_CASE("The arms never differ by more than the limit of the big stick", "[property]") {
    for (const std::int64_t limit : {1, 2, 5}) {
        auto allocation = allocation_by(Scheme::big_stick);
        allocation.limit = limit;
        std::int64_t largest = 0;
        allot_many(allocation, 149, 400, [&](std::int64_t, const Allotment& trial) {
            std::int64_t difference = 0;
            for (const int treated : trial.treated) {
                difference += treated == 1 ? 1 : -1;
                largest = std::max(largest, std::abs(difference));
            }
        });
        CHECK(largest == limit);
    }
}

TEST_CASE("Fixed totals are met", "[property]") {
    for (const auto scheme : {Scheme::random_allocation, Scheme::truncated_binomial}) {
        const auto allocation = allocation_by(scheme);
        allot_many(allocation, 149, 400, [&](std::int64_t, const Allotment& trial) {
            REQUIRE(std::count(trial.treated.begin(), trial.treated.end(), 1) == 75);
        });
    }
}

// 19 examples x 24 women, |z| < 5 each: level 2.6e-4 over all.
TEST_CASE("Every woman is treated with the probability of the ratio", "[statistical]") {
    constexpr std::size_t women = 24;
    constexpr std::int64_t trials = 8000;
    for (const auto& example : examples()) {
        CAPTURE(example.name);
        std::vector<double> treated(women);
        allot_many(example.allocation, women, trials, [&](std::int64_t, const Allotment& trial) {
            for (std::size_t woman = 0; woman < women; ++woman)
                treated[woman] += trial.treated[woman];
        });
        const auto& ratio = example.allocation;
        const double share = static_cast<double>(ratio.treated_share) /
                             static_cast<double>(ratio.treated_share + ratio.control_share);
        for (std::size_t woman = 0; woman < women; ++woman) {
            CAPTURE(woman);
            CHECK(std::abs(treated[woman] / trials - share) <
                  5 * std::sqrt(share * (1 - share) / trials));
        }
    }
}

TEST_CASE("Schemes refuse ratios and parameters that they do not have", "[exact]") {
    const auto refuses = [](const design::Allocation& allocation) {
        CHECK_THROWS_AS(replicate::make_scheme(allocation, {75, 74}), std::invalid_argument);
    };
    for (const auto& row : replicate::schemes()) {
        if (row.has_ratio) continue;
        CAPTURE(row.name);
        auto allocation = allocation_by(row.scheme);
        allocation.strata = {{0, {1}, "factor"}};
        CHECK_NOTHROW(replicate::make_scheme(allocation, {75, 74}));
        allocation.treated_share = 2;
        refuses(allocation);
        allocation.control_share = 2;
        CHECK_NOTHROW(replicate::make_scheme(allocation, {75, 74}));
    }
    auto blocks = allocation_by(Scheme::permuted_block);
    refuses(blocks);
    for (const std::int64_t size : {-2, 0, 3}) {
        blocks.block_sizes = {4, size};
        refuses(blocks);
    }
    blocks.scheme = Scheme::stratified_block;
    blocks.block_sizes = {4};
    refuses(blocks);
    const auto refuses_with = [&](Scheme scheme, auto change) {
        auto allocation = allocation_by(scheme);
        change(allocation);
        refuses(allocation);
    };
    refuses_with(Scheme::complete, [](auto& a) { a.treated_share = 0; });
    refuses_with(Scheme::biased_coin, [](auto& a) { a.probability = 0.4; });
    refuses_with(Scheme::biased_coin, [](auto& a) { a.probability = std::nan(""); });
    refuses_with(Scheme::big_stick, [](auto& a) { a.limit = 0; });
    refuses_with(Scheme::urn, [](auto& a) { a.urn_added = 0; });
    refuses_with(Scheme::urn, [](auto& a) { a.urn_start = -1; });
    refuses_with(Scheme::urn, [](auto& a) { a.urn_added = 1'000'000'000; });
    auto weighted = allocation_by(Scheme::minimisation);
    refuses(weighted);
    weighted.strata = {{0, {1}, "factor"}};
    weighted.weights = {0};
    refuses(weighted);
    weighted.weights = {1, 1};
    refuses(weighted);
}
