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
