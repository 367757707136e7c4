#pragma once

#include "block_plan.hpp"
#include "scheme_makers.hpp"

namespace rsasim::replicate {

/// Blocks small enough for tables of their arrangements, or any blocks.
SchemePointer make_block_scheme(BlockPlan plan);

/// From tables. Requires Arrangements::can_hold.
SchemePointer make_tabled_blocks(BlockPlan plan);

/// Woman by woman, as random allocation within the block.
SchemePointer make_long_blocks(BlockPlan plan);

}  // namespace rsasim::replicate
