#include "golden.hpp"

#include <random>
#include <stdexcept>
#include <type_traits>

#include <boost/random/uniform_int_distribution.hpp>
#include <catch2/catch.hpp>

#include <rsasim/random/word_source.hpp>

using namespace rsasim::random;

static_assert(std::uniform_random_bit_generator<WordSource>);
static_assert(!std::is_copy_constructible_v<WordSource>);
static_assert(!std::is_move_constructible_v<WordSource>);

TEST_CASE("A word source gives the words of its draws in order", "[exact]") {
    const StreamKey key{3, 4};
    Address address{Purpose::allocation, 9, 2, 5};
    WordSource words(key, address);
    for (; address.draw < 8; ++address.draw) {
        for (const std::uint32_t word : block_at(key, address)) {
            CHECK(words() == word);
        }
    }
}

TEST_CASE("A word source throws when its draws are used up", "[exact]") {
    WordSource words({3, 4}, {.purpose = Purpose::allocation, .draw = draws_per_address - 1});
    for (int i = 0; i < 4; ++i) {
        CHECK_NOTHROW(words());
    }
    CHECK_THROWS_AS(words(), std::length_error);
    CHECK_THROWS_AS(words(), std::length_error);
}

TEST_CASE("The first 1,000 dice thrown by Boost.Random are unchanged", "[golden]") {
    WordSource words(stream_key(1), {.purpose = Purpose::allocation});
    boost::random::uniform_int_distribution<int> die(1, 6);
    std::vector<std::int64_t> draws;
    for (int i = 0; i < 1000; ++i) {
        draws.push_back(die(words));
    }
    check_golden(draws, {5, 6, 2, 4, 2, 4, 4, 2, 2, 4},
                 "f675e9d39ee97655c039ce898d441ad53a6e2a4cb4ab8413a8305df2c832eeb8");
}
