#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/planning/allocation_ratio.hpp>

namespace rsasim::planning {

AllocationRatio::AllocationRatio(std::int64_t treated, std::int64_t control)
    : treated_(treated), control_(control) {
    if (treated < 1 || control < 1) {
        throw std::invalid_argument(
            fmt::format("ratio {},{}: every arm needs a positive share", treated, control));
    }
    const std::int64_t divisor = std::gcd(treated, control);
    treated_ /= divisor;
    control_ /= divisor;
}

}  // namespace rsasim::planning
