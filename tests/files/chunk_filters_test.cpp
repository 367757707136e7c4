#include "chunk_filters.hpp"

#include <initializer_list>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

using namespace rsasim;

namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
    std::vector<std::byte> bytes;
    for (const int value : values)
        bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

}  // namespace

TEST_CASE("Shuffling puts the first bytes of all numbers first, then the second ones", "[exact]") {
    const auto bytes = bytes_of({1, 2, 3, 4, 5, 6});
    CHECK(files::shuffled(bytes, 1) == bytes);
    CHECK(files::shuffled(bytes, 2) == bytes_of({1, 3, 5, 2, 4, 6}));
    CHECK(files::shuffled(bytes, 3) == bytes_of({1, 4, 2, 5, 3, 6}));
    CHECK(files::shuffled(bytes, 6) == bytes);
    CHECK(files::shuffled({}, 8).empty());
}

TEST_CASE("Bytes that are not whole numbers are not shuffled", "[exact]") {
    CHECK_THROWS_AS(files::shuffled(bytes_of({1, 2, 3}), 2), std::invalid_argument);
    CHECK_THROWS_AS(files::shuffled(bytes_of({1}), 0), std::invalid_argument);
}

TEST_CASE("Fletcher's sums are over big-endian words, the last one filled with zero", "[exact]") {
    CHECK(files::fletcher32({}) == 0);
    CHECK(files::fletcher32(bytes_of({1, 2})) == 0x01020102);
    CHECK(files::fletcher32(bytes_of({1, 2, 3})) == 0x05040402);  // 0x0102, then 0x0300
    CHECK(files::fletcher32(bytes_of({1, 2, 3, 4})) == 0x05080406);
}

TEST_CASE("Fletcher's sums are 65535 where they are a multiple of it, and 0 for zeros alone",
          "[exact]") {
    CHECK(files::fletcher32(bytes_of({0, 0, 0, 0})) == 0);
    CHECK(files::fletcher32(bytes_of({0xFF, 0xFF})) == 0xFFFFFFFF);
    // 65534 + 1 and 2 x 65534 + 1, the latter less 65535
    CHECK(files::fletcher32(bytes_of({0xFF, 0xFE, 0, 1})) == 0xFFFEFFFF);
}

TEST_CASE("A checksum stands behind its bytes, the least byte first", "[exact]") {
    auto bytes = bytes_of({1, 2, 3, 4});
    files::append_fletcher32(bytes);
    CHECK(bytes == bytes_of({1, 2, 3, 4, 0x06, 0x04, 0x08, 0x05}));
}
