// Philox rounds on vectors, once for each instruction set.

#if defined(RSASIM_RANDOM_SCRAMBLE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef RSASIM_RANDOM_SCRAMBLE_INL_HPP
#undef RSASIM_RANDOM_SCRAMBLE_INL_HPP
#else
#define RSASIM_RANDOM_SCRAMBLE_INL_HPP
#endif

#include <array>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include <rsasim/random/stream_key.hpp>

HWY_BEFORE_NAMESPACE();
namespace rsasim::random::HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR

namespace hn = hwy::HWY_NAMESPACE;

// One lane of 64 bits per block. A word is the lower half of its lane; the upper half may hold
// anything, since MulEven multiplies the lower halves only.
using Lanes = hn::CappedTag<std::uint64_t, 8>;
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

HWY_INLINE void scramble_once(Counters& c, Words key_low, Words key_high) {
    const Words product_0 = product(c.c0, multiplier_0);
    const Words product_1 = product(c.c2, multiplier_1);
    c.c0 = hn::Xor(hn::ShiftRight<32>(product_1), hn::Xor(c.c1, key_low));
    c.c2 = hn::Xor(hn::ShiftRight<32>(product_0), hn::Xor(c.c3, key_high));
    c.c1 = product_1;
    c.c3 = product_0;
}

HWY_INLINE Counters scramble(Counters c, StreamKey key) {
    const Lanes lanes;
    for (int round = 0; round < rounds; ++round) {
        scramble_once(c, hn::Set(lanes, key.low), hn::Set(lanes, key.high));
        key = {key.low + key_step_0, key.high + key_step_1};
    }
    return c;
}

/// Two vectors of blocks at once, so that one multiplies while the other waits.
HWY_INLINE void scramble_two(Counters& a, Counters& b, StreamKey key) {
    const Lanes lanes;
    for (int round = 0; round < rounds; ++round) {
        const Words low = hn::Set(lanes, key.low), high = hn::Set(lanes, key.high);
        scramble_once(a, low, high);
        scramble_once(b, low, high);
        key = {key.low + key_step_0, key.high + key_step_1};
    }
}

#endif

}  // namespace rsasim::random::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
