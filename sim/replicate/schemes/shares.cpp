#include "shares.hpp"

#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/replicate/schemes.hpp>

namespace rsasim::replicate {
namespace {

constexpr std::int64_t largest_share = 1'000'000;

bool is_share(std::int64_t share) {
    return share >= 1 && share <= largest_share;
}

}  // namespace

void require(bool holds, const design::Allocation& allocation, const char* rule) {
    if (holds) return;
    throw std::invalid_argument(fmt::format("{}: {}", design::name_of(allocation.scheme), rule));
}

Shares shares_of(const design::Allocation& allocation) {
    const std::int64_t treated = allocation.treated_share;
    const std::int64_t control = allocation.control_share;
    require(is_share(treated) && is_share(control), allocation,
            "both shares of the ratio must lie in 1 to 1,000,000");
    const SchemeRow* row = find_scheme(design::name_of(allocation.scheme));
    require(row->has_ratio || treated == control, allocation, "has no other ratio than 1:1");
    const std::int64_t divisor = std::gcd(treated, control);
    return {treated / divisor, control / divisor};
}

}  // namespace rsasim::replicate
