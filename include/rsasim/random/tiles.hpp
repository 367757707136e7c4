#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <rsasim/random/address.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::random {

/// Replicates that stand side by side in a tile.
inline constexpr std::size_t tile_replicates = 8;
/// 32-bit words of a block for each of them.
inline constexpr std::size_t tile_row = 4 * tile_replicates;

/// The blocks of positions first.position, first.position + 1, ... and of 8 replicates from
/// first.replicate on, word by word:
///
///     words[p * tile_row + w * tile_replicates + r] = word w of the block of position p, replicate
///     r
///
/// for words.size() / tile_row positions. The bits are those of block_at on every processor.
void fill_tile(StreamKey key, const Address& first, std::span<std::uint32_t> words);

/// The same for chosen places of such a tile: the block in row i / 8, column i % 8 is that of
/// position first.position + places[i] / 8 and replicate first.replicate + places[i] % 8.
/// Requires places.size() to be a multiple of 8 and words.size() = 4 places.size().
void fill_places(StreamKey key, const Address& first, std::span<const std::uint32_t> places,
                 std::span<std::uint32_t> words);

}  // namespace rsasim::random
