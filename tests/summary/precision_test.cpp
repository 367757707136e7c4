#include <cmath>
#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/summary/precision.hpp>

using namespace rsasim::summary;

TEST_CASE("A stopping error is that of two successes and two failures more", "[exact]") {
    CHECK(stopping_error(0, 96) == Approx(std::sqrt(0.02 * 0.98 / 100)).epsilon(1e-14));
    CHECK(stopping_error(48, 96) == Approx(0.05).epsilon(1e-14));
    CHECK(stopping_error(96, 96) == Approx(stopping_error(0, 96)).epsilon(1e-14));
}

TEST_CASE("Wilson limits agree with R's prop.test without correction", "[reference]") {
    // prop.test(0, 1000, correct = FALSE), and (81, 263): Newcombe 1998, table I, method 3.
    const auto none = wilson_limits(0, 1000);
    CHECK(none.lower == 0);
    CHECK(none.upper == Approx(0.0038267585).epsilon(1e-7));
    const auto some = wilson_limits(81.0 / 263, 263);
    CHECK(some.lower == Approx(0.2553).margin(5e-5));
    CHECK(some.upper == Approx(0.3662).margin(5e-5));
    CHECK(wilson_limits(1, 1000).upper == 1);
    const auto most = wilson_limits(0.8, 10);
    CHECK(most.lower == Approx(0.4901625).epsilon(1e-6));
    CHECK(most.upper == Approx(0.9433178).epsilon(1e-6));
    // Without successes the upper limit is z^2 / (n + z^2), with z^2 = 3.841458820694.
    CHECK(wilson_limits(0, 100).upper == Approx(3.841458820694 / 103.841458820694).epsilon(1e-12));
    CHECK(wilson_limits(1, 100).lower == Approx(100 / 103.841458820694).epsilon(1e-12));
    CHECK(wilson_limits(0.25, 0).lower == 0.25);  // enumerated
}

TEST_CASE("Looks are multiples of a quarter of a power of two, each found from any number before",
          "[property]") {
    std::vector<std::int64_t> looks;
    for (std::int64_t power = 4096; power <= (std::int64_t{1} << 40); power *= 2) {
        for (std::int64_t quarters = 4; quarters < 8; ++quarters)
            looks.push_back(quarters * (power / 4));
    }
    CHECK(look_from(0) == 4096);
    for (std::size_t i = 0; i + 1 < looks.size(); ++i) {
        REQUIRE(look_from(looks[i]) == looks[i]);
        REQUIRE(look_from(looks[i] + 1) == looks[i + 1]);
        REQUIRE(look_from(looks[i + 1] - 1) == looks[i + 1]);
    }
}

TEST_CASE("A look that is left out could not have been passed whatever came", "[property]") {
    const double wanted = 0.002;
    for (const std::int64_t count : {0, 1, 50, 1000, 2048, 4000, 4096}) {
        const std::int64_t next = next_look({count}, 4096, wanted, 1'000'000);
        for (std::int64_t look = look_from(4097); look < next; look = look_from(look + 1)) {
            for (std::int64_t more = 0; more <= look - 4096; ++more)
                REQUIRE(stopping_error(count + more, look) > wanted);
        }
    }
}

TEST_CASE("The next look is the cap where none before can be passed", "[exact]") {
    CHECK(next_look({2048}, 4096, 0.0001, 5000) == 5000);
    CHECK(next_look({2048}, 4096, 0.0001, 400'000) == 400'000);
}

TEST_CASE("A quarter over the square of the error is enough for any share", "[property]") {
    for (const double wanted : {0.01, 0.003, 0.0005}) {
        const auto enough = static_cast<std::int64_t>(std::ceil(0.25 / (wanted * wanted)));
        for (std::int64_t tenths = 0; tenths <= 10; ++tenths)
            CHECK(stopping_error(enough * tenths / 10, enough) <= wanted);
    }
}

TEST_CASE("Every power, favourable power and coverage of a cell counts, and the worst decides",
          "[exact]") {
    CellSummary cell;
    cell.tests.resize(2);
    cell.intervals.resize(1);
    cell.tests[0].n_reject = 900;
    cell.tests[0].n_reject_favourable = 500;
    cell.tests[1].n_reject = 3;
    cell.intervals[0].n_cover = 950;
    CHECK(counts_of_shares(cell) == std::vector<std::int64_t>{900, 500, 3, 0, 950});
    CHECK(largest_error(cell, 1000) == stopping_error(500, 1000));
    CHECK(largest_error(CellSummary{}, 1000) == 0);
}
