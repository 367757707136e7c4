#include "golden.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <catch2/catch.hpp>

#include <rsasim/random/guided_binomial.hpp>
#include <rsasim/random/philox.hpp>

using rsasim::random::GuidedBinomial;

namespace {

constexpr double unit = 0x1p-32;
constexpr std::uint32_t largest_word = std::numeric_limits<std::uint32_t>::max();

double threshold(const GuidedBinomial& binomial, std::int64_t k) {
    const auto place = static_cast<std::size_t>(k - binomial.lowest());
    return (static_cast<double>(binomial.last_words()[place]) + 1) * unit;
}

}  // namespace

TEST_CASE("A guided binomial with rate 0 or 1 has one value", "[exact]") {
    for (const std::int64_t n : {std::int64_t{1}, std::int64_t{75}, GuidedBinomial::largest_n}) {
        const GuidedBinomial none(n, 0);
        CHECK(none.lowest() == 0);
        CHECK(none.highest() == 0);
        const GuidedBinomial all(n, 1);
        CHECK(all.lowest() == n);
        CHECK(all.highest() == n);
        for (const std::uint32_t word : {std::uint32_t{0}, std::uint32_t{1} << 31, largest_word}) {
            CHECK(none(word) == 0);
            CHECK(all(word) == n);
        }
    }
}

TEST_CASE("A guided binomial of one woman has its event above the word 2^32 (1 - p)", "[exact]") {
    const GuidedBinomial one(1, 0.25);
    CHECK(one.lowest() == 0);
    CHECK(one.highest() == 1);
    const std::uint32_t first_event = 3U << 30;
    CHECK(one(0) == 0);
    CHECK(one(first_event - 1) == 0);
    CHECK(one(first_event) == 1);
    CHECK(one(largest_word) == 1);
}

TEST_CASE("Sizes and rates out of range are refused by the guided binomial", "[exact]") {
    CHECK_THROWS_AS(GuidedBinomial(0, 0.5), std::invalid_argument);
    CHECK_THROWS_AS(GuidedBinomial(-1, 0.5), std::invalid_argument);
    CHECK_THROWS_AS(GuidedBinomial(GuidedBinomial::largest_n + 1, 0.5), std::invalid_argument);
    CHECK_THROWS_AS(GuidedBinomial(5, -0.1), std::invalid_argument);
    CHECK_THROWS_AS(GuidedBinomial(5, 1.1), std::invalid_argument);
    CHECK_THROWS_AS(GuidedBinomial(5, std::nan("")), std::invalid_argument);
}

TEST_CASE("Thresholds of the guided binomial meet the exact distribution to 2^-32", "[exact]") {
    for (const std::int64_t n : {1, 2, 10, 75, 1000, 100'000, 100'000'000}) {
        for (const double p : {1e-300, 1e-9, 0.001, 0.3, 0.5, 0.6351, 0.8, 0.999999, 1 - 1e-16}) {
            INFO("n = " << n << ", p = " << p);
            const GuidedBinomial binomial(n, p);
            const boost::math::binomial exact(static_cast<double>(n), p);
            const auto at_most = [&](std::int64_t k) {
                return boost::math::cdf(exact, static_cast<double>(k));
            };
            const std::int64_t step = (binomial.highest() - binomial.lowest()) / 500 + 1;
            for (auto k = binomial.lowest(); k <= binomial.highest(); k += step) {
                CHECK(std::abs(threshold(binomial, k) - at_most(k)) <= unit);
            }
            CHECK(threshold(binomial, binomial.highest()) == 1);
            CHECK(1 - at_most(binomial.highest()) <= unit);
            if (binomial.lowest() > 0) CHECK(at_most(binomial.lowest() - 1) <= unit);
        }
    }
}

TEST_CASE("The number drawn is the smallest whose threshold lies above the word", "[property]") {
    for (const std::int64_t n : {1, 3, 75, 1000, 100'000}) {
        for (const double p : {0.001, 0.5, 0.8}) {
            const GuidedBinomial binomial(n, p);
            std::int64_t expected = binomial.lowest();
            for (const std::uint32_t last_word : binomial.last_words()) {
                CHECK(binomial(last_word) <= expected);
                if (last_word < largest_word) CHECK(binomial(last_word + 1) > expected);
                ++expected;
            }
            CHECK(binomial(0) == binomial.lowest());
            CHECK(binomial(largest_word) == binomial.highest());
        }
    }
}

TEST_CASE("A larger word or a larger rate never lowers the number drawn", "[property]") {
    const std::vector<double> rates{0, 1e-6, 0.1, 0.3, 0.3000001, 0.5, 0.6351, 0.8, 0.99, 1};
    for (const std::int64_t n : {1, 75, 1000}) {
        std::vector<GuidedBinomial> binomials;
        for (const double p : rates) {
            binomials.emplace_back(n, p);
        }
        std::vector<std::int64_t> before(rates.size(), 0);
        for (std::uint64_t word = 0; word <= largest_word; word += 1'048'573) {
            std::int64_t of_lower_rate = 0;
            for (std::size_t i = 0; i < rates.size(); ++i) {
                const std::int64_t x = binomials[i](static_cast<std::uint32_t>(word));
                CHECK(x >= of_lower_rate);
                CHECK(x >= before[i]);
                of_lower_rate = before[i] = x;
            }
        }
    }
}

TEST_CASE("The first 1,000 guided binomials of seed 1 are unchanged", "[golden]") {
    using namespace rsasim::random;
    const GuidedBinomial small(75, 0.8);
    const GuidedBinomial large(100'000'000, 0.3);
    std::vector<std::int64_t> small_draws, large_draws;
    for (std::uint64_t replicate = 0; replicate < 1000; ++replicate) {
        const Block words = block_at(stream_key(1), {Purpose::counts, replicate});
        small_draws.push_back(small(words[0]));
        large_draws.push_back(large(words[1]));
    }
    check_golden(small_draws, {61, 64, 67, 64, 54, 66, 55, 61, 60, 51},
                 "0137653a3735d1b80a99500ed3bf3e957f8dc60ed4322e55d236b9d4821c3557");
    check_golden(large_draws,
                 {30000197, 29996411, 30008460, 29997552, 30002829, 29998777, 29998994, 29992276,
                  29998693, 30000995},
                 "6eb92bf42f0a85ff650eb303df0fc3269dc2b0c39a8298b7e85b8fb3454e8be4");
}
