#include "dealing.hpp"

#include <algorithm>

namespace rsasim::engine {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t rounds_of_level = 64;
/// A shorter stretch is not worth being split: it is one range in one file, and made ready once.
constexpr std::int64_t longest_undivided = shard_length / 8;

/// How often a part of a shard is dealt to in the first rounds: in proportion, rounded.
std::int64_t times_due(std::int64_t length, std::int64_t rounds) {
    return (length * rounds + shard_length / 2) / shard_length;
}

bool is_due(std::int64_t length, std::int64_t round) {
    return times_due(length, round + 1) > times_due(length, round);
}

}  // namespace

Dealing::Dealing(Stretch stretch, std::int64_t count)
    : lowest_(stretch.first / shard_length),
      highest_((stretch.last - 1) / shard_length),
      middle_(std::min((stretch.first + stretch.last) / 2 / shard_length, count - 1)) {
    const bool is_undivided =
        lowest_ >= highest_ || stretch.last - stretch.first <= longest_undivided;
    if (is_undivided) {
        lowest_ = highest_ = whole_first_ = middle_;
        whole_ = 1;
        return;
    }
    whole_first_ = (stretch.first + shard_length - 1) / shard_length;
    const std::int64_t whole_last = stretch.last / shard_length;
    whole_ = whole_last - whole_first_;
    left_ = whole_first_ * shard_length - stretch.first;
    right_ = stretch.last - whole_last * shard_length;
}

bool Dealing::reaches(std::int64_t shard) const {
    return lowest_ <= shard && shard <= highest_;
}

std::int64_t Dealing::deals_before(std::int64_t round) const {
    return whole_ * round + times_due(left_, round) + times_due(right_, round);
}

Dealing::Deal Dealing::deal_to(std::int64_t shard, std::int64_t round) const {
    const std::int64_t from_whole = shard - whole_first_;
    if (0 <= from_whole && from_whole < whole_) {
        const std::int64_t from_middle = shard - middle_;
        return {from_middle + (from_middle < 0 ? whole_ : 0), true};
    }
    // The longer of the two edges comes first, of like ones the later: where nothing is covered
    // whole it has the middle.
    const bool is_left = from_whole < 0;
    const std::int64_t own = is_left ? left_ : right_, other = is_left ? right_ : left_;
    const bool is_second = is_left ? own <= other : own < other;
    return {whole_ + (is_second && is_due(other, round) ? 1 : 0), is_due(own, round)};
}

tally::ReplicateRanges Dealing::blocks_of(std::int64_t shard, std::int64_t blocks) const {
    tally::ReplicateRanges found;
    if (lowest_ == highest_) {
        tally::add_range(found, {0, blocks});
        return found;
    }
    Wide before = 0;  // blocks of earlier levels; the last level may reach beyond 64 bits
    for (Wide size = 1; before < blocks; size *= 2) {
        for (std::int64_t round = 0; round < rounds_of_level; ++round) {
            const Deal deal = deal_to(shard, round);
            const Wide first = before + size * (deals_before(round) + deal.place);
            if (!deal.is_due || first >= blocks) continue;
            const Wide last = std::min<Wide>(first + size, blocks);
            tally::add_range(found,
                             {static_cast<std::int64_t>(first), static_cast<std::int64_t>(last)});
        }
        before += size * deals_before(rounds_of_level);
    }
    return found;
}

}  // namespace rsasim::engine
