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
    return (excess < 0 ? 1U : 0U) + (excess <= 0 ? 1U : 0U);
}

/// The guesses of one trial, or of the open block of a stratum. Without branches, because arms and
/// guesses cannot be foreseen.
struct Guesses {
    std::int64_t excess = 0;
    std::uint32_t doubled_correct = 0;

    /// Takes the next arm, 1 or 0; twice what was guessed.
    std::uint32_t take(std::uint32_t treated, const Shares& shares) {
        const std::uint32_t guess = doubled_guess(excess);
        doubled_correct += treated * guess + (1 - treated) * (2 - guess);
        excess += std::int64_t{treated} * shares.sum() - shares.treated;
        return guess;
    }
};

/// Fills guess and correct_guesses, where they are asked for, from the column `treated`, guessing
/// by all women so far.
void guess_overall(const AllocationTask& task, const Shares& shares, const AllottedArms& arms);

}  // namespace rsasim::replicate
