#pragma once

#include <cstdint>

#include <rsasim/design/design.hpp>

namespace rsasim::commands {

/// Women in both arms of a trial that is planned, at most.
inline constexpr std::int64_t largest_total = 2 * design::Design::largest_arm;

}  // namespace rsasim::commands
