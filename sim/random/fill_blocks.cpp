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
// clang-format off: once for each instruction set, after foreach_target.h
#include "scramble-inl.hpp"
// clang-format on

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
