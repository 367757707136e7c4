#pragma once

#include <cstdint>

#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::engine {

/// Of a shard on the line of all work.
inline constexpr std::int64_t shard_length = std::int64_t{1} << 24;

/// Part of the line of all work, on which shard i is [i, i + 1) times shard_length.
struct Stretch {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// How the blocks of a cell are dealt to the shards under its stretch. Where the stretch is within
/// a shard, or at most 1/8 of one, the shard of its middle has all. Else blocks go round: a round
/// deals to every shard that the stretch covers whole, from the middle one on, then to the two at
/// its edges, which are left out of so many rounds that their share is what the stretch covers of
/// them. After 64 rounds each deal is of two blocks in place of one, after 64 more of four, and so
/// on. No end of the work is known to it, so that blocks can be added.
class Dealing {
  public:
    /// `count` shards there are.
    Dealing(Stretch stretch, std::int64_t count);

    /// Whether the shard may have blocks.
    [[nodiscard]] bool reaches(std::int64_t shard) const;

    /// The numbers of the first `blocks` blocks that are the shard's, as ranges. Needs time in
    /// proportion to their number, or to its logarithm beyond 64.
    [[nodiscard]] tally::ReplicateRanges blocks_of(std::int64_t shard, std::int64_t blocks) const;

  private:
    struct Deal {
        std::int64_t place = 0;  ///< among those of its round
        bool is_due = false;
    };
    /// How many of the whole shards and edges a level's first rounds deal to.
    [[nodiscard]] std::int64_t deals_before(std::int64_t round) const;
    [[nodiscard]] Deal deal_to(std::int64_t shard, std::int64_t round) const;

    std::int64_t lowest_ = 0, highest_ = 0;  ///< shards with blocks
    std::int64_t middle_ = 0;
    std::int64_t whole_first_ = 0, whole_ = 0;  ///< shards covered whole, and their number
    std::int64_t left_ = 0, right_ = 0;         ///< lengths at the edges, below shard_length
};

}  // namespace rsasim::engine
