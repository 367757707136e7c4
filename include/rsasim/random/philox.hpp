#pragma once

#include <array>
#include <cstdint>
#include <span>

#include <rsasim/random/address.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::random {

/// Four random words, each uniform on 0 to 2^32 - 1.
using Block = std::array<std::uint32_t, 4>;

/// The block at an address: Philox4x32 with 10 rounds (Salmon, Moraes, Dror & Shaw 2011,
/// doi:10.1145/2063384.2063405) of the counter {position, purpose << 24 | draw, replicate low,
/// replicate high}. Computed by Random123's own code, one block at a time; reference tests compare
/// it with the published known answers. Requires draw < draws_per_address.
Block block_at(StreamKey key, const Address& address);

/// blocks[i] = the block at `first` with its replicate advanced by i * replicate_step. The bits are
/// those of block_at on every processor; vector instructions are chosen when the program runs.
void fill_blocks(StreamKey key, const Address& first, std::uint64_t replicate_step,
                 std::span<Block> blocks);

}  // namespace rsasim::random
