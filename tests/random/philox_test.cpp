#include "golden.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <Random123/philox.h>
#include <catch2/catch.hpp>
#include <hwy/targets.h>
#include <support/reference.hpp>

#include <rsasim/random/philox.hpp>

using namespace rsasim::random;

namespace {

template <std::size_t n>
std::array<std::uint32_t, n> words_of(const reference::Json& hex) {
    std::array<std::uint32_t, n> words{};
    for (std::size_t i = 0; i < n; ++i) {
        words[i] =
            static_cast<std::uint32_t>(std::stoul(hex.at(i).get<std::string>(), nullptr, 16));
    }
    return words;
}

Address address_of(const Block& counter) {
    return {.purpose = static_cast<Purpose>(counter[1] >> 24),
            .replicate = counter[2] | (std::uint64_t{counter[3]} << 32),
            .position = counter[0],
            .draw = counter[1] & 0xFFFFFFU};
}

std::vector<reference::Json> known_answers(int rounds) {
    std::vector<reference::Json> found;
    for (const auto& entry : reference::entries("rng_kat")) {
        if (entry["input"].value("generator", "") == "philox4x32" &&
            entry["input"]["rounds"] == rounds) {
            found.push_back(entry);
        }
    }
    return found;
}

/// Runs `check` once with each instruction set of this processor.
template <class Check>
void with_each_target(Check check) {
    const std::int64_t supported = hwy::SupportedTargets();
    for (std::int64_t rest = supported; rest != 0; rest &= rest - 1) {
        const std::int64_t target = rest & -rest;
        INFO(hwy::TargetName(target));
        hwy::SetSupportedTargetsForTest(target);
        check();
        hwy::SetSupportedTargetsForTest(0);
    }
}

}  // namespace

TEST_CASE("Philox blocks equal the published known answers", "[reference]") {
    const auto answers = known_answers(10);
    REQUIRE(answers.size() == 3);
    for (const auto& entry : answers) {
        INFO(entry["id"]);
        const auto key = words_of<2>(entry["input"]["key_hex"]);
        const Address address = address_of(words_of<4>(entry["input"]["counter_hex"]));
        const auto expected = words_of<4>(entry["expected"]["output_hex"]);
        CHECK(block_at({key[0], key[1]}, address) == expected);
        with_each_target([&] {
            std::vector<Block> filled(1);
            fill_blocks({key[0], key[1]}, address, 1, filled);
            CHECK(filled[0] == expected);
        });
    }
}

TEST_CASE("The Philox code underneath meets the published answers at seven rounds", "[reference]") {
    const auto answers = known_answers(7);
    REQUIRE(answers.size() == 3);
    for (const auto& entry : answers) {
        const auto key = words_of<2>(entry["input"]["key_hex"]);
        const auto c = words_of<4>(entry["input"]["counter_hex"]);
        const auto words = r123::Philox4x32_R<7>()({{c[0], c[1], c[2], c[3]}}, {{key[0], key[1]}});
        const auto expected = words_of<4>(entry["expected"]["output_hex"]);
        for (unsigned i = 0; i < 4; ++i) {
            CHECK(words[i] == expected[i]);
        }
    }
}

TEST_CASE("Filled blocks are the same bits with every instruction set", "[property]") {
    const StreamKey key{0xA4093822, 0x299F31D0};
    const std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
    for (const std::uint64_t start : {std::uint64_t{0}, (std::uint64_t{1} << 32) - 5, last - 7}) {
        for (const std::uint64_t step : {1, 2, 1000}) {
            for (const std::size_t size : {0, 1, 2, 3, 7, 8, 9, 16, 31, 64, 100}) {
                const Address first{Purpose::outcomes, start, 17, 3};
                std::vector<Block> expected(size);
                for (std::size_t i = 0; i < size; ++i) {
                    expected[i] = block_at(key, {Purpose::outcomes, start + i * step, 17, 3});
                }
                with_each_target([&] {
                    std::vector<Block> filled(size);
                    fill_blocks(key, first, step, filled);
                    CHECK(filled == expected);
                });
            }
        }
    }
}

TEST_CASE("Every part of an address changes the block", "[property]") {
    const StreamKey key{1, 2};
    const Address address{Purpose::counts, 5, 6, 7};
    const Block block = block_at(key, address);
    CHECK(block_at(key, address) == block);
    CHECK(block_at({1, 3}, address) != block);
    CHECK(block_at({2, 2}, address) != block);
    CHECK(block_at(key, {Purpose::outcomes, 5, 6, 7}) != block);
    CHECK(block_at(key, {Purpose::counts, 6, 6, 7}) != block);
    CHECK(block_at(key, {Purpose::counts, 5 + (std::uint64_t{1} << 32), 6, 7}) != block);
    CHECK(block_at(key, {Purpose::counts, 5, 7, 7}) != block);
    CHECK(block_at(key, {Purpose::counts, 5, 6, 8}) != block);
}

TEST_CASE("The first 1,000 words of seed 1 are unchanged", "[golden]") {
    std::vector<Block> blocks(250);
    fill_blocks(stream_key(1), {Purpose::counts}, 1, blocks);
    std::vector<std::int64_t> words;
    for (const Block& block : blocks) {
        words.insert(words.end(), block.begin(), block.end());
    }
    check_golden(words,
                 {2762136845, 2221072160, 2057841849, 1643455297, 3653099151, 930858926, 1282128004,
                  2809500405, 4225219412, 4155622258},
                 "74eea4c66de79f49def197ce90dad54ac9827e147cb1f7414db7bea5f7c76c52");
}
