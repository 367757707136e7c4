#include <set>

#include <catch2/catch.hpp>

#include <rsasim/design/grid.hpp>

using namespace rsasim::design;

namespace {

Axis axis(const std::string& name, std::size_t size) {
    return {name, {{"key." + name, name, std::vector<double>(size)}}};
}

}  // namespace

TEST_CASE("A grid without axes has its only cell nowhere", "[exact]") {
    CHECK(Grid{}.position_of(0).empty());
}

TEST_CASE("Cells are in row-major order: the last axis moves fastest", "[exact]") {
    const Grid grid{{axis("a", 2), axis("b", 1), axis("c", 3)}, {}};
    CHECK(grid.position_of(0) == std::vector<std::size_t>{0, 0, 0});
    CHECK(grid.position_of(1) == std::vector<std::size_t>{0, 0, 1});
    CHECK(grid.position_of(3) == std::vector<std::size_t>{1, 0, 0});
    CHECK(grid.position_of(5) == std::vector<std::size_t>{1, 0, 2});
}

TEST_CASE("Every cell has a position of its own", "[property]") {
    const Grid grid{{axis("a", 3), axis("b", 4), axis("c", 5)}, {}};
    std::set<std::vector<std::size_t>> positions;
    for (std::size_t cell = 0; cell < 60; ++cell)
        positions.insert(grid.position_of(cell));
    CHECK(positions.size() == 60);
}

TEST_CASE("An axis is as long as its keys, of whatever type", "[exact]") {
    const Axis whole{"n", {{"arms.total", "total", std::vector<std::int64_t>{1, 2, 3}}}};
    const Axis words{"r", {{"arms.ratio", "ratio", std::vector<std::string>{"1:1"}}}};
    CHECK(whole.size() == 3);
    CHECK(words.size() == 1);
    CHECK_FALSE(whole.is_zipped());
    CHECK(Axis{"zip", {whole.keys[0], whole.keys[0]}}.is_zipped());
}
