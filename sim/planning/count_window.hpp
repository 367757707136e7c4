#pragma once

#include <cstdint>

namespace rsasim::planning {

/// Numbers of events, first to last.
struct CountWindow {
    std::int64_t first = 0;
    std::int64_t last = 0;
    [[nodiscard]] std::int64_t size() const { return last - first + 1; }
};

/// The counts of an arm that matter: those outside have a probability of at most 1e-13 together, by
/// Bernstein's inequality P(|X - np| >= t) <= 2 exp(-t^2 / (2 (np(1 - p) + t/3))).
CountWindow window_of(std::int64_t n, double rate);

}  // namespace rsasim::planning
