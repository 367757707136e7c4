#include "trials.hpp"

#include <cmath>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <catch2/catch.hpp>

#include <rsasim/engine/enumerate.hpp>

using namespace rsasim;

namespace {

const std::vector<design::Design> designs{
    trial_of({1, 1}, {0.5, 0.25}),        trial_of({1, 1}, {0, 1}),
    trial_of({75, 74}, {0.80, 0.6351}),   trial_of({75, 74}, {1, 0.6351}),
    trial_of({3, 500}, {0.01, 0.999}),    trial_of({200, 10}, {1e-9, 0.5}),
    trial_of({1000, 1000}, {0.02, 0.03}),
};

double sum_of(const tally::TableProbabilities& rows) {
    double sum = 0;
    for (const auto& row : rows) {
        sum += row.weight;
    }
    return sum;
}

}  // namespace

TEST_CASE("Enumerated probabilities and the skipped one sum to 1", "[exact]") {
    for (const auto& design : designs) {
        const auto found = engine::enumerate(design);
        CHECK(std::abs(sum_of(found.tables) + found.skipped_probability - 1) < 1e-13);
        CHECK(found.skipped_probability >= 0);
        CHECK(found.skipped_probability <= 1e-12);
    }
}

TEST_CASE("Enumerated probabilities are products of Boost's binomial probabilities",
          "[reference]") {
    for (const auto& design : designs) {
        const boost::math::binomial treated(static_cast<double>(design.sizes().treated),
                                            design.rates().treated);
        const boost::math::binomial control(static_cast<double>(design.sizes().control),
                                            design.rates().control);
        for (const auto& row : engine::enumerate(design).tables) {
            const double expected =
                boost::math::pdf(treated, row.x_treated) * boost::math::pdf(control, row.x_control);
            REQUIRE(std::abs(row.weight - expected) <= 1e-11 * expected);
        }
    }
}

TEST_CASE("Enumerated tables are sorted, distinct and as many as counted", "[property]") {
    for (const auto& design : designs) {
        const auto rows = engine::enumerate(design).tables;
        CHECK(static_cast<std::int64_t>(rows.size()) == engine::count_tables(design));
        for (std::size_t i = 1; i < rows.size(); ++i) {
            REQUIRE(comes_before(rows[i - 1], rows[i]));
        }
    }
}

TEST_CASE("Tables that are left out are less probable than 1e-12", "[exact]") {
    const auto rows = engine::enumerate(trial_of({75, 74}, {0.80, 0.6351})).tables;
    CHECK(rows.size() < 75 * 74);
    CHECK(engine::enumerate(trial_of({10, 10}, {0.5, 0.5})).tables.size() == 121);
}

TEST_CASE("Rates of 0 and 1 give one certain table", "[exact]") {
    const auto found = engine::enumerate(trial_of({1, 4}, {1, 0}));
    REQUIRE(found.tables.size() == 1);
    CHECK(found.tables[0].table() == design::Table2x2{{1, 1}, {0, 4}});
    CHECK(found.tables[0].weight == 1);
    CHECK(found.skipped_probability == 0);
}

TEST_CASE("The tables of the largest arms are counted without being made", "[exact]") {
    const std::int64_t tables =
        engine::count_tables(trial_of({100'000'000, 100'000'000}, {0.5, 0.5}));
    CHECK(tables > 4'000'000'000);
    CHECK(tables < 6'000'000'000);
}
