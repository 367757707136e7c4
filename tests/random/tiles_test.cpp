#include <cstddef>
#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>
#include <hwy/targets.h>

#include <rsasim/random/philox.hpp>
#include <rsasim/random/tiles.hpp>

using namespace rsasim::random;

namespace {

constexpr StreamKey key{0xA4093822, 0x299F31D0};
constexpr Address first{Purpose::covariates, (std::uint64_t{1} << 32) - 3, 17, 300};

/// Runs `check` once with each instruction set of this processor.
template <class Check>
void with_each_target(Check check) {
    for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
        INFO(hwy::TargetName(rest & -rest));
        hwy::SetSupportedTargetsForTest(rest & -rest);
        check();
        hwy::SetSupportedTargetsForTest(0);
    }
}

std::vector<std::uint32_t> one_by_one(const std::vector<std::uint32_t>& places) {
    std::vector<std::uint32_t> words(places.size() * 4);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Block block = block_at(key, {first.purpose, first.replicate + places[i] % 8,
                                           first.position + places[i] / 8, first.draw});
        for (std::size_t w = 0; w < 4; ++w)
            words[i / 8 * tile_row + w * 8 + i % 8] = block[w];
    }
    return words;
}

}  // namespace

TEST_CASE("A tile holds the blocks of its positions and replicates", "[property]") {
    for (const std::size_t rows : {0, 1, 2, 3, 8, 37}) {
        std::vector<std::uint32_t> places(rows * tile_replicates);
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i] = static_cast<std::uint32_t>(i);
        const auto expected = one_by_one(places);
        with_each_target([&] {
            std::vector<std::uint32_t> words(rows * tile_row);
            fill_tile(key, first, words);
            CHECK(words == expected);
        });
    }
}

TEST_CASE("Chosen places of a tile hold their own blocks", "[property]") {
    std::vector<std::uint32_t> places;
    for (std::uint32_t i = 0; i < 40; ++i)
        places.push_back(i * i * 7 % 1201);
    const auto expected = one_by_one(places);
    with_each_target([&] {
        std::vector<std::uint32_t> words(places.size() * 4);
        fill_places(key, first, places, words);
        CHECK(words == expected);
    });
}
