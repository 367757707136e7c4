#include "progress.hpp"

#include <catch2/catch.hpp>

using rsasim::commands::duration_text;

TEST_CASE("A duration is told in the two units that matter to a reader", "[exact]") {
    CHECK(duration_text(0) == "0.0 s");
    CHECK(duration_text(1.23) == "1.2 s");
    CHECK(duration_text(59) == "59 s");
    CHECK(duration_text(200) == "3 min 20 s");
    CHECK(duration_text(3600) == "1 h 00 min");
    CHECK(duration_text(7500) == "2 h 05 min");
    CHECK(duration_text(10.0 * 86400) == "10 days");
}

TEST_CASE("A duration just below a unit is not rounded up into sixty of the smaller", "[exact]") {
    CHECK(duration_text(59.7) == "1 min 00 s");
    CHECK(duration_text(119.99) == "1 min 59 s");
    CHECK(duration_text(9.97) == "10 s");
}

TEST_CASE("A line of progress has what is done, the rate, the time left and the worst error",
          "[exact]") {
    using rsasim::commands::progress_line;
    const std::int64_t cells[] = {10'000, 0, 40'000};
    CHECK(progress_line({25'000, 100'000, 50, cells}) ==
          "25000 of 100000 replicates (25.0 %), 500 a second, 2 min 30 s left, Monte Carlo errors "
          "of shares at most 0.005 in the 2 of 3 cells begun");
    const std::int64_t nothing[] = {0};
    CHECK(progress_line({0, 100, 60, nothing}) == "0 of 100 replicates (0.0 %), 0 a second");
}

TEST_CASE("A bar's rate has digits for women and for counts", "[exact]") {
    using rsasim::commands::rate_and_rest;
    CHECK(rate_and_rest("replicates", 24e6, 72e6, 20) == "1.2 million replicates/s  40 s left");
    CHECK(rate_and_rest("replicates", 123'000, 246'000, 10) == "12300 replicates/s  10 s left");
    CHECK(rate_and_rest("models", 30, 60, 20) == "1.5 models/s  20 s left");
}
