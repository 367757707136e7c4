#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

namespace rsasim::test {

/// The share of a test's work that is wanted, from RSASIM_EFFORT; 1 where it is not set.
inline double effort() {
    const char* text = std::getenv("RSASIM_EFFORT");
    return text == nullptr ? 1 : std::stod(text);
}

/// The largest arm of tests of every small table: their number rises with its fourth power.
inline std::int64_t largest_small_arm() {
    return effort() < 1 ? 6 : 12;
}

}  // namespace rsasim::test
