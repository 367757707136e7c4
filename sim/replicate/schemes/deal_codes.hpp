#pragma once

#include <cstddef>
#include <cstdint>

#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::replicate {

/// The codes of the women of one or two strata, in the order in which the women come. Those of
/// stratum s and lane l begin at codes[(s * lanes + l) * room], as many as there are women.
struct StackedCodes {
    const std::uint8_t* codes = nullptr;
    std::size_t room = 0;
};

/// Gives each woman the next code of her stratum in her lane, and counts the correct guesses.
/// `strata`: a column of 0 and 1; null: all women are of stratum 0.
void deal(const StackedCodes& from, const double* strata, const AllocationTask& task,
          const AllottedArms& arms);

}  // namespace rsasim::replicate
