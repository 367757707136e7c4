#include <cmath>
#include <random>
#include <stdexcept>

#include <catch2/catch.hpp>

#include <rsasim/analysis/null_line.hpp>
#include <rsasim/math/binomial.hpp>

namespace {

using rsasim::analysis::NullLine;
using rsasim::analysis::Region;
using rsasim::design::ArmSizes;
using rsasim::design::Effect;
using rsasim::design::Measure;
using rsasim::design::Rates;
using rsasim::math::BernsteinRatio;

/// P(region) by direct summation of products of binomial probabilities.
double direct_probability(const NullLine& line, const Region& region, const Rates& rates) {
    double sum = 0;
    for (std::size_t i = 0; i < region.size(); ++i) {
        const auto table = line.grid().table(i);
        sum += region[i] *
               rsasim::math::binomial_probability(table.treated.events, table.treated.n,
                                                  rates.treated) *
               rsasim::math::binomial_probability(table.control.events, table.control.n,
                                                  rates.control);
    }
    return sum;
}

double value_of(const BernsteinRatio& ratio, double u) {
    const auto degree = static_cast<std::int64_t>(ratio.numerator.size()) - 1;
    double numerator = 0, denominator = 0;
    for (std::int64_t s = 0; s <= degree; ++s) {
        const double basis = rsasim::math::binomial_probability(s, degree, u);
        numerator += basis * ratio.numerator[s];
        denominator += basis * (ratio.denominator.empty() ? 1 : ratio.denominator[s]);
    }
    return numerator / denominator;
}

Region random_region(const NullLine& line, unsigned seed) {
    std::mt19937 words(seed);
    Region region(line.grid().size());
    for (double& member : region)
        member = words() % 3 == 0 ? 1 : 0;
    return region;
}

constexpr Effect all_nulls[] = {
    {Measure::odds_ratio, 1},        {Measure::odds_ratio, 0.5},
    {Measure::odds_ratio, 30},       {Measure::risk_difference, 0},
    {Measure::risk_difference, -.1}, {Measure::risk_difference, 0.35},
    {Measure::risk_ratio, 1},        {Measure::risk_ratio, 0.8},
    {Measure::risk_ratio, 2.5},
};

}  // namespace

TEST_CASE("A region's Bernstein form is its probability at every point of every null line",
          "[exact]") {
    for (const ArmSizes& sizes : {ArmSizes{7, 5}, ArmSizes{1, 1}, ArmSizes{31, 12}}) {
        for (const Effect& null : all_nulls) {
            const NullLine line(sizes, null);
            const Region region = random_region(line, 5);
            const BernsteinRatio ratio = line.probability_of(region);
            for (const double u : {0.0, 1e-6, 0.1, 0.37, 0.5, 0.93, 1.0}) {
                INFO(sizes.treated << " v " << sizes.control << ", null "
                                   << rsasim::design::name_of(null.measure) << " = " << null.value
                                   << " at " << u);
                CHECK(value_of(ratio, u) ==
                      Approx(direct_probability(line, region, line.rates(u))).epsilon(1e-11));
            }
        }
    }
}

TEST_CASE("All rates on a null line have its effect, and positions map back", "[property]") {
    for (const Effect& null : all_nulls) {
        const NullLine line({75, 74}, null);
        for (const double u : {0.01, 0.2, 0.5, 0.7, 0.99}) {
            const Rates rates = line.rates(u);
            CHECK(rsasim::design::effect_of(null.measure, rates) ==
                  Approx(null.value).margin(1e-12));
            CHECK(line.position(rates.control) == Approx(u).margin(1e-13));
        }
    }
}

TEST_CASE("A region that grows table by table has the probability of the whole", "[exact]") {
    for (const Effect& null : all_nulls) {
        const NullLine line({9, 6}, null);
        const Region region = random_region(line, 11);
        NullLine::GrowingRegion growing(line);
        for (std::size_t i = 0; i < region.size(); ++i) {
            if (region[i] > 0) growing.add(i);
        }
        const auto whole = line.probability_of(region), grown = growing.probability();
        REQUIRE(grown.numerator.size() == whole.numerator.size());
        for (std::size_t s = 0; s < whole.numerator.size(); ++s) {
            CHECK(grown.numerator[s] == Approx(whole.numerator[s]).epsilon(1e-13).margin(1e-300));
        }
    }
}

TEST_CASE("The totals of an odds ratio stay in range for a thousand women an arm", "[property]") {
    const NullLine line({1000, 1000}, {Measure::odds_ratio, 4});
    const Region everything(line.grid().size(), 1.0);
    const auto ratio = line.probability_of(everything);
    CHECK(value_of(ratio, 0.5) == Approx(1).epsilon(1e-10));
    CHECK(ratio.denominator.front() == 1);
    CHECK(ratio.denominator.back() == 1);
    for (const double total : ratio.denominator) {
        CHECK((total >= 1 && std::isfinite(total)));
    }
}

TEST_CASE("Effects that no pair of rates has are refused", "[exact]") {
    for (const Effect& null :
         {Effect{Measure::odds_ratio, 0}, Effect{Measure::odds_ratio, INFINITY},
          Effect{Measure::risk_difference, 1}, Effect{Measure::risk_difference, -1.5},
          Effect{Measure::risk_ratio, 0}, Effect{Measure::risk_ratio, NAN}}) {
        CHECK_THROWS_AS(NullLine({10, 10}, null), std::invalid_argument);
    }
}
