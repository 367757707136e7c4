#include "allotments.hpp"
#include "sequence_law.hpp"

#include <cmath>
#include <map>

#include <boost/math/special_functions/binomial.hpp>
#include <catch2/catch.hpp>

using namespace rsasim;
using design::Scheme;

namespace {

struct Mean {
    double value;
    double error;
};

Mean mean_correct(const design::Allocation& allocation, std::size_t women, std::int64_t trials) {
    double sum = 0;
    double squares = 0;
    allot_many(allocation, women, trials, [&](std::int64_t, const Allotment& trial) {
        sum += trial.correct_guesses;
        squares += trial.correct_guesses * trial.correct_guesses;
    });
    const double mean = sum / static_cast<double>(trials);
    return {mean, std::sqrt((squares / static_cast<double>(trials) - mean * mean) /
                            static_cast<double>(trials))};
}

/// Blackwell & Hodges 1957: of 2m women, m of each arm in random order.
double blackwell_hodges(unsigned m) {
    return m + std::pow(4, m) / (2 * boost::math::binomial_coefficient<double>(2 * m, m)) - 0.5;
}

}  // namespace

TEST_CASE("The guess is the arm with fewer women so far for its share", "[exact]") {
    for (const auto& example : examples()) {
        CAPTURE(example.name);
        const auto& allocation = example.allocation;
        const bool by_stratum = allocation.scheme == Scheme::stratified_block;
        allot_many(allocation, 149, 16, [&](std::int64_t replicate, const Allotment& trial) {
            const auto levels = levels_of(allocation, replicate, 149);
            std::map<std::vector<int>, std::vector<double>> strata;
            double correct = 0;
            for (std::size_t woman = 0; woman < 149; ++woman) {
                std::vector<int> stratum;
                for (std::size_t factor = 0; by_stratum && factor < levels.size(); ++factor)
                    stratum.push_back(levels[factor][woman]);
                auto& number = strata[stratum];
                number.resize(2);
                const double treated = number[1] / static_cast<double>(allocation.treated_share);
                const double control = number[0] / static_cast<double>(allocation.control_share);
                const double guess = treated == control ? 0.5 : (treated < control ? 1 : 0);
                REQUIRE(trial.guess[woman] == guess);
                const int arm = trial.treated[woman];
                correct += guess == 0.5 ? 0.5 : (guess == arm ? 1 : 0);
                ++number[static_cast<std::size_t>(arm)];
            }
            CHECK(trial.correct_guesses == correct);
        });
    }
}

TEST_CASE("All sequences give the correct guesses of Blackwell and Hodges", "[exact]") {
    for (const unsigned m : {1, 2, 3, 5}) {
        const auto random = allocation_by(Scheme::random_allocation);
        CHECK(expected_correct_guesses(random, {m, m}) == Approx(blackwell_hodges(m)));
        const auto complete = allocation_by(Scheme::complete);
        CHECK(expected_correct_guesses(complete, {m, m}) == Approx(m));
    }
}

// |z| < 5 for each of 9: level 5e-6.
TEST_CASE("Correct guesses agree with closed forms", "[statistical]") {
    const auto check = [](const design::Allocation& allocation, std::size_t women,
                          double expected) {
        const Mean mean = mean_correct(allocation, women, 8'000);
        CAPTURE(design::name_of(allocation.scheme), mean.value, expected);
        CHECK(std::abs(mean.value - expected) < 5 * mean.error + 1e-12);
    };
    check(allocation_by(Scheme::complete), 40, 20);
    check(allocation_by(Scheme::random_allocation), 40, blackwell_hodges(20));
    for (const unsigned half : {1U, 2U, 5U, 10U}) {
        auto blocks = allocation_by(Scheme::permuted_block);
        blocks.block_sizes = {2 * static_cast<std::int64_t>(half)};
        check(blocks, 40, 20 / half * blackwell_hodges(half));
    }
    for (const auto& example : examples()) {
        const auto& allocation = example.allocation;
        if (allocation.scheme != Scheme::urn && allocation.scheme != Scheme::truncated_binomial)
            continue;
        check(allocation, 10, expected_correct_guesses(allocation, {5, 5}));
    }
}

// Efron 1971: the difference of the arms is a random walk that is at 0 for a share (p - q) / 2p of
// the time, where the guess is right with 1/2, and elsewhere with p. 400 trials of 2,000 women; the
// start at 0 adds less than 1 guess.
TEST_CASE("Efron's coin is guessed as often as its stationary law says", "[statistical]") {
    for (const double p : {0.6, 2.0 / 3, 0.8}) {
        auto coin = allocation_by(Scheme::biased_coin);
        coin.probability = p;
        const double at_zero = (2 * p - 1) / (2 * p);
        const Mean mean = mean_correct(coin, 2000, 400);
        CAPTURE(p, mean.value);
        CHECK(std::abs(mean.value - 2000 * (at_zero / 2 + (1 - at_zero) * p)) < 5 * mean.error + 1);
    }
}
