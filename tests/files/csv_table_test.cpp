#include "csv_table.hpp"

#include <catch2/catch.hpp>

#include <rsasim/scenario/scenario.hpp>

using Catch::Matchers::Contains;
using rsasim::files::parse_csv;
using rsasim::scenario::InputErrors;

TEST_CASE("Quoted cells keep commas, quotes and line ends", "[exact]") {
    const auto table = parse_csv("a.csv",
                                 "y,\"arm, of two\"\r\n1,\"say \"\"B\"\"\"\n0,\"two\nlines\"\n"
                                 "1,\n");
    CHECK(table.names == std::vector<std::string>{"y", "arm, of two"});
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0][1] == "say \"B\"");
    CHECK(table.rows[1][1] == "two\nlines");
    CHECK(table.rows[2][1].empty());
    CHECK(table.lines == std::vector<std::size_t>{2, 3, 5});
}

TEST_CASE("A byte order mark, blank lines and a missing last line end do not matter", "[exact]") {
    const auto table = parse_csv("a.csv", "\xEF\xBB\xBFy,arm\n\n1,2\n\n3,4");
    CHECK(table.names.front() == "y");
    CHECK(table.rows == std::vector<std::vector<std::string>>{{"1", "2"}, {"3", "4"}});
}

TEST_CASE("What is no table is refused with its line", "[exact]") {
    CHECK_THROWS_WITH(parse_csv("a.csv", ""), Contains("a.csv:1: is empty"));
    CHECK_THROWS_WITH(parse_csv("a.csv", "y,arm\n1,2\n1,2,3\n"), Contains("a.csv:3: 3 cells"));
    CHECK_THROWS_WITH(parse_csv("a.csv", "y,arm\n1,\"2\n3,4\n"), Contains("a.csv:2: a quote"));
    CHECK_THROWS_WITH(parse_csv("a.csv", "y,arm\n1,\"2\"x\n"), Contains("a.csv:2: text after"));
    CHECK_THROWS_WITH(parse_csv("a.csv", "y,,arm\n"), Contains("column 2 has no name"));
    CHECK_THROWS_WITH(parse_csv("a.csv", "y,y\n"), Contains("names two columns"));
    CHECK_THROWS_AS(parse_csv("a.csv", std::string(2000, ',')), InputErrors);
}
