#include "time_limit.hpp"

#include <catch2/catch.hpp>

#include <rsasim/scenario/scenario.hpp>

using namespace rsasim;

namespace {

std::int64_t milliseconds(const char* text) {
    return commands::parse_duration(text, "--max-time").count();
}

}  // namespace

TEST_CASE("A time is read as seconds, with units, and as Slurm prints it", "[exact]") {
    CHECK(milliseconds("90") == 90'000);
    CHECK(milliseconds("0.25") == 250);
    CHECK(milliseconds("90s") == 90'000);
    CHECK(milliseconds("90m") == 5'400'000);
    CHECK(milliseconds("1.5h") == 5'400'000);
    CHECK(milliseconds("1h30m") == 5'400'000);
    CHECK(milliseconds("1d2h3m4s") == 93'784'000);
    CHECK(milliseconds("01:30:00") == 5'400'000);
    CHECK(milliseconds("29:58") == 1'798'000);
    CHECK(milliseconds("1-02:03:04") == 93'784'000);
}

TEST_CASE("What is no time above zero is refused with a remedy", "[exact]") {
    for (const char* text :
         {"",    "0",     "-5",  "abc", "1x",  "30m1h", "1h1h", "5 m",  "1:60", "1:2:3:4",
          "1-2", "1-2:3", ":30", "1:",  "1e3", "nan",   "inf",  "1..5", "h",    "99999999999999"}) {
        INFO(text);
        CHECK_THROWS_WITH(commands::parse_duration(text, "--max-time"),
                          Catch::Matchers::Contains("01:30:00"));
    }
}
