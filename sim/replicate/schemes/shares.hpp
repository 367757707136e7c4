#pragma once

#include <cstdint>

#include <rsasim/design/allocation.hpp>

namespace rsasim::replicate {

/// A ratio in lowest terms.
struct Shares {
    std::int64_t treated = 1;
    std::int64_t control = 1;
    [[nodiscard]] std::int64_t sum() const { return treated + control; }
};

/// The ratio of an allocation. Throws std::invalid_argument unless both shares lie in 1 to
/// 1,000,000 and, in lowest terms, are 1:1 where the scheme has no other ratio.
Shares shares_of(const design::Allocation& allocation);

/// Throws std::invalid_argument with the scheme's name before `rule` where it does not hold.
void require(bool holds, const design::Allocation& allocation, const char* rule);

}  // namespace rsasim::replicate
