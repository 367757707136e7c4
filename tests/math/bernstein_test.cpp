#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <catch2/catch.hpp>

#include <rsasim/math/bernstein.hpp>

namespace {

using rsasim::math::BernsteinRatio;
using rsasim::math::BracketGoal;
using rsasim::math::supremum;
using rsasim::math::UnitRange;

/// sum c_s B_s(u) from Boost's binomial probabilities.
double value_of(const std::vector<double>& coefficients, double u) {
    const boost::math::binomial binomial(static_cast<double>(coefficients.size() - 1), u);
    double sum = 0;
    for (std::size_t s = 0; s < coefficients.size(); ++s) {
        sum += coefficients[s] * pdf(binomial, static_cast<double>(s));
    }
    return sum;
}

double value_of(const BernsteinRatio& ratio, double u) {
    const double numerator = value_of(ratio.numerator, u);
    return ratio.denominator.empty() ? numerator : numerator / value_of(ratio.denominator, u);
}

/// The largest of 4,001 values over the range.
double dense_maximum(const BernsteinRatio& ratio, UnitRange range) {
    double largest = 0;
    for (int i = 0; i <= 4000; ++i) {
        const double u = range.first + (range.last - range.first) * i / 4000;
        largest = std::max(largest, value_of(ratio, u));
    }
    return largest;
}

BernsteinRatio random_ratio(std::mt19937& words, std::size_t size, bool has_denominator) {
    std::uniform_real_distribution<double> uniform(0, 1);
    BernsteinRatio ratio;
    for (std::size_t s = 0; s < size; ++s) {
        const double numerator = uniform(words);
        ratio.numerator.push_back(numerator < 0.5 ? 0 : numerator);
        if (has_denominator) ratio.denominator.push_back(std::exp(20 * uniform(words)));
    }
    return ratio;
}

}  // namespace

TEST_CASE("The supremum of one Bernstein polynomial is its value at s / N", "[exact]") {
    for (const std::size_t degree : {2U, 10U, 149U}) {
        for (std::size_t s = 1; s < degree; s += 1 + degree / 7) {
            BernsteinRatio ratio;
            ratio.numerator.assign(degree + 1, 0.0);
            ratio.numerator[s] = 1;
            const double peak = static_cast<double>(s) / static_cast<double>(degree);
            const auto bracket = supremum(ratio, {}, {});
            INFO("degree " << degree << ", s = " << s);
            CHECK(bracket.upper - bracket.lower <= 1e-10);
            CHECK(bracket.upper >= value_of(ratio, peak) * (1 - 1e-13));
            CHECK(bracket.lower <= value_of(ratio, peak) * (1 + 1e-13));
            CHECK(bracket.at == Approx(peak).margin(1e-4));
        }
    }
}

TEST_CASE("No point of a dense search exceeds the proved supremum of a random ratio",
          "[property]") {
    std::mt19937 words(20230313);
    for (int round = 0; round < 24; ++round) {
        const BernsteinRatio ratio = random_ratio(words, 5 + 9 * (round % 8), round % 2 == 1);
        const UnitRange range =
            round % 3 == 0 ? UnitRange{} : UnitRange{0.1 * (round % 5), 0.95 - 0.02 * round};
        const auto bracket = supremum(ratio, range, {});
        const double largest = dense_maximum(ratio, range);
        INFO("round " << round << ": " << bracket.lower << " to " << bracket.upper << ", found "
                      << largest);
        CHECK(largest <= bracket.upper * (1 + 1e-12));
        CHECK(bracket.lower <= largest * (1 + 1e-2));  // the search may miss a peak
        CHECK(value_of(ratio, bracket.at) == Approx(bracket.lower).epsilon(1e-11));
        CHECK(bracket.at >= range.first);
        CHECK(bracket.at <= range.last);
    }
}

TEST_CASE("A search for a level stops on the right side of it", "[property]") {
    std::mt19937 words(7);
    for (int round = 0; round < 20; ++round) {
        const BernsteinRatio ratio = random_ratio(words, 60, false);
        const auto full = supremum(ratio, {}, {});
        for (const double level : {0.5 * full.lower, 0.999 * full.lower, 1.001 * full.upper, 1.0}) {
            BracketGoal goal;
            goal.level = level;
            const auto bracket = supremum(ratio, {}, goal);
            INFO("level " << level << ": " << bracket.lower << " to " << bracket.upper);
            CHECK((level < full.lower ? bracket.lower > level : bracket.upper <= level));
        }
    }
}

TEST_CASE("The supremum over a range of one point is the value there", "[exact]") {
    const BernsteinRatio ratio{{0, 1, 0.25, 0.75, 0}, {}, 0};
    for (const double u : {0.0, 0.3, 0.5, 1.0}) {
        const auto bracket = supremum(ratio, {u, u}, {});
        CHECK(bracket.upper == Approx(value_of(ratio, u)).margin(1e-13));
        CHECK(bracket.lower == Approx(value_of(ratio, u)).margin(1e-13));
    }
}

TEST_CASE("Zero coefficients have the supremum 0", "[exact]") {
    const auto bracket = supremum({{0, 0, 0}, {}, 0}, {}, {});
    CHECK(bracket.lower == 0);
    CHECK(bracket.upper <= 1e-200);
}
