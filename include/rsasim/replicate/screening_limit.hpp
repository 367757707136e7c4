#pragma once

#include <cstdint>

namespace rsasim::replicate {

/// The smallest share of eligible women for whom trials are simulated: ten thousand are screened
/// for each who enters.
inline constexpr double least_eligible = 1e-4;

/// Women screened for one place before screening fails: at the least share that happens to one of
/// 1e10 places with a probability below 1e-12.
inline constexpr std::uint32_t most_screened = std::uint32_t{1} << 19;

}  // namespace rsasim::replicate
