#pragma once

#include <cstddef>

namespace rsasim::analysis {

/// Methods that order every table give the status `too_large` beyond this many tables.
inline constexpr std::size_t most_unconditional_tables = std::size_t{1} << 22;

}  // namespace rsasim::analysis
