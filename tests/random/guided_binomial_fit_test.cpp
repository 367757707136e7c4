#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <catch2/catch.hpp>

#include <rsasim/random/guided_binomial.hpp>
#include <rsasim/random/philox.hpp>
#include <rsasim/random/word_source.hpp>

using namespace rsasim::random;

namespace {

/// Level of each test of fit; 21 tests, so that a correct sampler fails one in 500 seeds.
constexpr double level = 1e-4;
constexpr std::size_t draws = 2'000'000;
/// Neighbouring values are put together until this many draws are expected.
constexpr double least_expected = 10;

/// Counts of 0, ..., n.
std::vector<double> guided_counts(std::int64_t n, double p, std::uint64_t seed) {
    const GuidedBinomial binomial(n, p);
    std::vector<Block> blocks(draws / 4);
    fill_blocks(stream_key(seed), {Purpose::counts}, 1, blocks);
    std::vector<double> counts(static_cast<std::size_t>(n) + 1);
    for (const Block& block : blocks) {
        for (const std::uint32_t word : block) {
            ++counts[static_cast<std::size_t>(binomial(word))];
        }
    }
    return counts;
}

double upper_tail(double chi_square, double degrees) {
    if (degrees < 1) return 1;
    return boost::math::cdf(complement(boost::math::chi_squared(degrees), chi_square));
}

/// Pearson's P-value of counts of 0, ..., n against the exact probabilities.
double p_value_of_fit(const std::vector<double>& counts, double p) {
    const boost::math::binomial exact(static_cast<double>(counts.size() - 1), p);
    double chi_square = 0, degrees = -1, observed = 0, expected = 0, expected_before = 0;
    for (std::size_t x = 0; x < counts.size(); ++x) {
        observed += counts[x];
        expected += draws * boost::math::pdf(exact, static_cast<double>(x));
        const double rest = draws - expected_before - expected;
        if (x + 1 < counts.size() && (expected < least_expected || rest < least_expected)) continue;
        chi_square += (observed - expected) * (observed - expected) / expected;
        ++degrees;
        expected_before += expected;
        observed = expected = 0;
    }
    return upper_tail(chi_square, degrees);
}

/// P-value of "two samples of equal size have one distribution".
double p_value_of_homogeneity(const std::vector<double>& a, const std::vector<double>& b) {
    double chi_square = 0, degrees = -1, of_a = 0, of_b = 0;
    for (std::size_t x = 0; x < a.size(); ++x) {
        of_a += a[x];
        of_b += b[x];
        if (of_a + of_b < 4 * least_expected) continue;
        chi_square += (of_a - of_b) * (of_a - of_b) / (of_a + of_b);
        ++degrees;
        of_a = of_b = 0;
    }
    return upper_tail(chi_square, degrees);
}

}  // namespace

// Chi-square on 2,000,000 draws each, level 1e-4.
TEST_CASE("Guided binomials have the exact binomial probabilities", "[statistical]") {
    std::uint64_t seed = 100;
    for (const std::int64_t n : {1, 2, 10, 75, 1000, 20'000}) {
        for (const double p : {0.0005, 0.5, 0.8}) {
            INFO("n = " << n << ", p = " << p);
            CHECK(p_value_of_fit(guided_counts(n, p, ++seed), p) > level);
        }
    }
}

// Two samples of 2,000,000 draws each, chi-square for homogeneity, level 1e-4.
TEST_CASE("Guided binomials are distributed as those of Boost.Random", "[statistical]") {
    std::uint64_t seed = 200;
    for (const auto& [n, p] : {std::pair(5, 0.3), std::pair(75, 0.8), std::pair(1000, 0.6351)}) {
        INFO("n = " << n << ", p = " << p);
        WordSource words(stream_key(++seed), {.purpose = Purpose::allocation});
        boost::random::binomial_distribution<int> oracle(n, p);
        std::vector<double> counts(static_cast<std::size_t>(n) + 1);
        for (std::size_t i = 0; i < draws; ++i) {
            ++counts[static_cast<std::size_t>(oracle(words))];
        }
        CHECK(p_value_of_homogeneity(guided_counts(n, p, seed), counts) > level);
    }
}
