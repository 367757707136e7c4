#pragma once

#include "shares.hpp"

#include <cstddef>
#include <cstdint>

#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::replicate {

/// Twice the arm that the convergence strategy of Blackwell & Hodges 1957
/// (doi:10.1214/aoms/1177706973) guesses: the one with fewer women for its share; 1 at a tie.
/// `excess` = n1 share0 - n0 share1.
constexpr std::uint32_t doubled_guess(std::int64_t excess) {
    return excess < 0 ? 2 : (excess == 0 ? 1 : 0);
}

/// Fills guess and correct_guesses, where they are asked for, from the column `treated`, guessing
/// by all women so far.
void guess_overall(const AllocationTask& task, const Shares& shares, const AllottedArms& arms);

}  // namespace rsasim::replicate
