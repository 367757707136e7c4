#include "trials.hpp"

#include <cmath>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <catch2/catch.hpp>

#include <rsasim/replicate/count_trial.hpp>

using namespace rsasim;

namespace {

double probability(const design::ArmCounts& arm, double rate) {
    return boost::math::pdf(boost::math::binomial(static_cast<double>(arm.n), rate),
                            static_cast<double>(arm.events));
}

}  // namespace

// Chi-square over all 6 x 5 tables, 4,000,000 trials, level 1e-4: also a test that the arms are
// independent of each other.
TEST_CASE("Small trials have the product of two binomial probabilities", "[statistical]") {
    constexpr std::int64_t trials = 4'000'000;
    const design::Rates rates{0.6, 0.45};
    const replicate::CountTrial trial(trial_of({5, 4}, rates), random::stream_key(301));
    std::vector<std::uint32_t> counts(trial.possible_tables());
    REQUIRE(counts.size() == 30);
    trial.count(0, trials, counts);
    double chi_square = 0;
    for (std::uint32_t number = 0; number < counts.size(); ++number) {
        const auto table = trial.numbered_table(number);
        const double expected = trials * probability(table.treated, rates.treated) *
                                probability(table.control, rates.control);
        chi_square += std::pow(counts[number] - expected, 2) / expected;
    }
    const boost::math::chi_squared reference(29);
    CHECK(boost::math::cdf(complement(reference, chi_square)) > 1e-4);
}

// Correlation of 2,000,000 pairs, |z| < 4 (level 6e-5 each): within a trial, between neighbours
// that share a block, and between neighbouring blocks.
TEST_CASE("Arms and neighbouring trials are uncorrelated", "[statistical]") {
    constexpr std::int64_t pairs = 2'000'000;
    const replicate::CountTrial trial(trial_of({75, 74}, {0.8, 0.6351}), random::stream_key(302));
    std::vector<std::uint32_t> numbers(2 * pairs + 1);
    trial.list(0, numbers);
    const double sd_treated = std::sqrt(75 * 0.8 * 0.2);
    const double sd_control = std::sqrt(74 * 0.6351 * 0.3649);
    double within = 0, sharing = 0, next = 0;
    for (std::size_t i = 0; i < 2 * pairs; i += 2) {
        const auto standard = [&](std::uint32_t number) {
            const auto table = trial.numbered_table(number);
            return std::pair(
                (static_cast<double>(table.treated.events) - 60) / sd_treated,
                (static_cast<double>(table.control.events) - 74 * 0.6351) / sd_control);
        };
        const auto even = standard(numbers[i]);
        const auto odd = standard(numbers[i + 1]);
        within += even.first * even.second;
        sharing += even.first * odd.first;
        next += odd.second * standard(numbers[i + 2]).second;
    }
    for (const double sum : {within, sharing, next}) {
        CHECK(std::abs(sum / std::sqrt(pairs)) < 4);
    }
}
