#include "counter.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include <rsasim/random/philox.hpp>
#include <rsasim/random/tiles.hpp>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fill_tiles.cpp"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format off: once for each instruction set, after foreach_target.h
#include "scramble-inl.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace rsasim::random::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR  // no vectors: processors without SSSE3

void store_block(StreamKey key, const Address& address, std::uint32_t* place) {
    const Block block = block_at(key, address);
    for (std::size_t word = 0; word < block.size(); ++word)
        place[word * tile_replicates] = block[word];
}

void tile(StreamKey key, const Address& first, std::span<std::uint32_t> words) {
    Address next = first;
    for (std::size_t row = 0; row < words.size(); row += tile_row, ++next.position) {
        for (std::size_t r = 0; r < tile_replicates; ++r) {
            next.replicate = first.replicate + r;
            store_block(key, next, &words[row + r]);
        }
    }
}

void chosen(StreamKey key, const Address& first, std::span<const std::uint32_t> places,
            std::span<std::uint32_t> words) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        Address next = first;
        next.position += places[i] / static_cast<std::uint32_t>(tile_replicates);
        next.replicate += places[i] % tile_replicates;
        store_block(key, next, &words[i / tile_replicates * tile_row + i % tile_replicates]);
    }
}

#else

using Narrow = hn::Rebind<std::uint32_t, Lanes>;

HWY_INLINE void store(const Counters& c, std::uint32_t* place) {
    const Narrow narrow;
    hn::StoreU(hn::TruncateTo(narrow, c.c0), narrow, place);
    hn::StoreU(hn::TruncateTo(narrow, c.c1), narrow, place + tile_replicates);
    hn::StoreU(hn::TruncateTo(narrow, c.c2), narrow, place + 2 * tile_replicates);
    hn::StoreU(hn::TruncateTo(narrow, c.c3), narrow, place + 3 * tile_replicates);
}

/// Where the next vector of a tile begins: in the same row, or at the next one.
struct Corner {
    std::size_t row = 0, column = 0;
    HWY_INLINE void advance(std::size_t width) {
        column += width;
        row += column / tile_replicates;
        column %= tile_replicates;
    }
};

/// The counters of the vectors of a tile.
struct TileCounters {
    Block start;
    std::uint64_t replicate;

    HWY_INLINE Counters operator()(const Corner& at) const {
        const Lanes lanes;
        const auto position = start[0] + static_cast<std::uint32_t>(at.row);
        const Words replicates = hn::Iota(lanes, replicate + at.column);
        return {hn::Set(lanes, position), hn::Set(lanes, start[1]), replicates,
                hn::ShiftRight<32>(replicates)};
    }
};

/// The counters of chosen places.
struct ChosenCounters {
    Block start;
    std::uint64_t replicate;
    const std::uint32_t* places;

    HWY_INLINE Counters operator()(const Corner& at) const {
        const Lanes lanes;
        const Words place = hn::PromoteTo(
            lanes, hn::LoadU(Narrow(), places + at.row * tile_replicates + at.column));
        const Words replicates =
            hn::Add(hn::Set(lanes, replicate), hn::And(place, hn::Set(lanes, tile_replicates - 1)));
        return {hn::Add(hn::Set(lanes, start[0]), hn::ShiftRight<3>(place)),
                hn::Set(lanes, start[1]), replicates, hn::ShiftRight<32>(replicates)};
    }
};

template <class Source>
HWY_INLINE void fill_rows(StreamKey key, const Source& counters, std::span<std::uint32_t> words) {
    const std::size_t width = hn::Lanes(Lanes());
    const std::size_t rows = words.size() / tile_row;
    const auto place = [&](const Corner& at) { return &words[at.row * tile_row + at.column]; };
    Corner at;
    while (at.row < rows) {
        const Corner first = at;
        Counters a = counters(first);
        at.advance(width);
        if (at.row < rows) {
            const Corner second = at;
            Counters b = counters(second);
            scramble_two(a, b, key);
            store(b, place(second));
            at.advance(width);
        } else {
            a = scramble(a, key);
        }
        store(a, place(first));
    }
}

void tile(StreamKey key, const Address& first, std::span<std::uint32_t> words) {
    fill_rows(key, TileCounters{counter_of(first), first.replicate}, words);
}

void chosen(StreamKey key, const Address& first, std::span<const std::uint32_t> places,
            std::span<std::uint32_t> words) {
    fill_rows(key, ChosenCounters{counter_of(first), first.replicate, places.data()}, words);
}

#endif

}  // namespace rsasim::random::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rsasim::random {

HWY_EXPORT(tile);
HWY_EXPORT(chosen);

void fill_tile(StreamKey key, const Address& first, std::span<std::uint32_t> words) {
    HWY_DYNAMIC_DISPATCH(tile)(key, first, words);
}

void fill_places(StreamKey key, const Address& first, std::span<const std::uint32_t> places,
                 std::span<std::uint32_t> words) {
    HWY_DYNAMIC_DISPATCH(chosen)(key, first, places, words);
}

}  // namespace rsasim::random
#endif
