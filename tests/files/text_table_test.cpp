#include "text_table.hpp"

#include "number_text.hpp"

#include <cstdlib>
#include <limits>

#include <catch2/catch.hpp>

using namespace rsasim::files;

namespace {
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
}  // namespace

TEST_CASE("Columns are aligned by characters, not bytes", "[exact]") {
    TextTable table;
    table.add_column("name", Align::left);
    table.add_column("x", Align::right);
    table.add_row({"é ± ∞", "1"});
    table.add_row({"plain", "22"});
    CHECK(table.render({80, 2, false}).text ==
          "  name    x\n"
          "  é ± ∞   1\n"
          "  plain  22\n");
}

TEST_CASE("A table that is too wide leaves out its least important columns and says so",
          "[exact]") {
    TextTable table;
    table.add_column("a", Align::left);
    table.add_column("bbbb", Align::left, 1);
    table.add_column("cccc", Align::left, 2);
    table.add_row({"1", "2", "3"});
    CHECK(table.render({15, 2, false}).left_out.empty());
    CHECK(table.render({14, 2, false}).left_out == std::vector<std::string>{"cccc"});
    CHECK(table.render({3, 2, false}).left_out == std::vector<std::string>{"bbbb", "cccc"});
    CHECK(table.render({0, 2, false}).text == "  a\n  1\n");
}

TEST_CASE("A paragraph is broken at blanks", "[exact]") {
    CHECK(wrapped("aa bb cc", 7, 2) == "  aa bb\n  cc\n");
    CHECK(wrapped("toolongaword x", 5, 0) == "toolongaword\nx\n");
}

TEST_CASE("Decimals follow the Monte Carlo error and are at least four", "[exact]") {
    CHECK(decimals_for(0.000485) == 4);
    CHECK(decimals_for(0.02) == 4);
    CHECK(decimals_for(0.0000485) == 5);
    CHECK(decimals_for(1e-5) == 5);
    CHECK(decimals_for(0.0) == 6);
    CHECK(decimals_for(not_a_number) == 6);
    CHECK(figure_text({0.620341, 0.000485}, 4) == "0.6203 ± 0.0005");
    CHECK(figure_text({0.620347, 0}, 6) == "0.620347");
    CHECK(figure_text({not_a_number, not_a_number}, 4) == "–");
}

TEST_CASE("Numbers are written for a reader", "[exact]") {
    CHECK(fixed_text(-0.25, 2) == "−0.25");
    CHECK(fixed_text(-0.00001, 2) == "0.00");
    CHECK(fixed_text(infinite, 2) == "∞");
    CHECK(fixed_text(-infinite, 2) == "−∞");
    CHECK(p_value_text(0.02961) == "0.0296");
    CHECK(p_value_text(0.0000321) == "3.2e-05");
    CHECK(p_value_text(not_a_number) == "–");
    CHECK(count_text(1'000'000) == "1,000,000");
    CHECK(count_text(-100'000) == "-100,000");
    CHECK(count_text(999) == "999");
}

TEST_CASE("The shortest text reads back as the same double", "[property]") {
    for (const double x : {0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, -0.0, 123456789.0}) {
        CHECK(std::strtod(shortest_text(x).c_str(), nullptr) == x);
    }
    CHECK(shortest_text(0.6351) == "0.6351");
    CHECK(shortest_text(infinite) == "inf");
    CHECK(shortest_text(not_a_number).empty());
}
