#include "counter.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <rsasim/random/philox.hpp>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fill_blocks.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rsasim::random::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR  // no vectors: processors without SSSE3

void fill(StreamKey key, const Address& first, std::uint64_t replicate_step,
          std::span<Block> blocks) {
    Address next = first;
    for (Block& block : blocks) {
        block = block_at(key, next);
        next.replicate += replicate_step;
    }
}

#else

namespace hn = hwy::HWY_NAMESPACE;

// One lane of 64 bits per block. A word is the lower half of its lane; the upper half may hold
// anything, since MulEven multiplies the lower halves only.
using Lanes = hn::ScalableTag<std::uint64_t>;
using Halves = hn::Repartition<std::uint32_t, Lanes>;
using Words = hn::Vec<Lanes>;

struct Counters {
    Words c0, c1, c2, c3;
};

// Multipliers and key increments of Philox4x32 (Salmon et al. 2011, section 3.3 and table 2).
constexpr std::uint32_t multiplier_0 = 0xD2511F53;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t key_step_0 = 0x9E3779B9;
constexpr std::uint32_t key_step_1 = 0xBB67AE85;
constexpr int rounds = 10;

HWY_INLINE Words product(Words word, std::uint32_t multiplier) {
    const Halves halves;
    return hn::MulEven(hn::BitCast(halves, word), hn::Set(halves, multiplier));
}

HWY_INLINE Counters scramble(Counters c, StreamKey key) {
    const Lanes lanes;
    for (int round = 0; round < rounds; ++round) {
        const Words product_0 = product(c.c0, multiplier_0);
        const Words product_1 = product(c.c2, multiplier_1);
        c.c0 = hn::Xor(hn::ShiftRight<32>(product_1), hn::Xor(c.c1, hn::Set(lanes, key.low)));
        c.c2 = hn::Xor(hn::ShiftRight<32>(product_0), hn::Xor(c.c3, hn::Set(lanes, key.high)));
        c.c1 = product_1;
        c.c3 = product_0;
        key = {key.low + key_step_0, key.high + key_step_1};
    }
    return c;
}

/// The lower halves of two words of each block, side by side as in memory.
HWY_INLINE Words side_by_side(Words first, Words second) {
    const Halves halves;
    return hn::BitCast(Lanes(), hn::OddEven(hn::BitCast(halves, hn::ShiftLeft<32>(second)),
                                            hn::BitCast(halves, first)));
}

/// Scrambles one block per lane and stores them in order.
HWY_INLINE void store_blocks(const Counters& counters, StreamKey key, Block* blocks) {
    const Counters words = scramble(counters, key);
    hn::StoreInterleaved2(side_by_side(words.c0, words.c1), side_by_side(words.c2, words.c3),
                          Lanes(), reinterpret_cast<std::uint64_t*>(blocks));
}

void fill(StreamKey key, const Address& first, std::uint64_t replicate_step,
          std::span<Block> blocks) {
    const Lanes lanes;
    const std::size_t width = hn::Lanes(lanes);
    const Block counter = counter_of(first);
    const Words position = hn::Set(lanes, counter[0]);
    const Words purpose_and_draw = hn::Set(lanes, counter[1]);
    HWY_ALIGN std::array<std::uint64_t, hn::MaxLanes(lanes)> replicates;
    for (std::size_t i = 0; i < width; ++i) {
        replicates[i] = first.replicate + i * replicate_step;
    }
    Words replicate = hn::Load(lanes, replicates.data());
    const Words stride = hn::Set(lanes, replicate_step * width);
    const auto next = [&](Block* place) HWY_ATTR {
        store_blocks({position, purpose_and_draw, replicate, hn::ShiftRight<32>(replicate)}, key,
                     place);
        replicate = hn::Add(replicate, stride);
    };

    const std::size_t whole = blocks.size() - blocks.size() % width;
    for (std::size_t i = 0; i < whole; i += width) {
        next(&blocks[i]);
    }
    if (whole < blocks.size()) {
        std::array<Block, hn::MaxLanes(lanes)> rest;
        next(rest.data());
        const std::span<Block> place = blocks.subspan(whole);
        std::copy_n(rest.begin(), place.size(), place.begin());
    }
}

#endif

}  // namespace rsasim::random::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::random {

HWY_EXPORT(fill);

void fill_blocks(StreamKey key, const Address& first, std::uint64_t replicate_step,
                 std::span<Block> blocks) {
    HWY_DYNAMIC_DISPATCH(fill)(key, first, replicate_step, blocks);
}

}  // namespace rsasim::random
#endif
