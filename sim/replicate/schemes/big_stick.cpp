#include "in_turn.hpp"
#include "scheme_makers.hpp"

namespace rsasim::replicate {
namespace {

/// A fair coin unless the difference of the arms is at its limit, then the arm behind.
struct BigStick {
    std::int64_t limit;

    [[nodiscard]] bool treats(std::uint32_t word, const design::ArmSizes& so_far) const {
        const std::int64_t difference = so_far.treated - so_far.control;
        const std::uint32_t is_behind = difference <= -limit ? 1 : 0;
        const std::uint32_t is_ahead = difference >= limit ? 1 : 0;
        return ((below(2, word) | is_behind) & ~is_ahead) == 1;
    }
    [[nodiscard]] double probability(const design::ArmSizes& so_far) const {
        const std::int64_t difference = so_far.treated - so_far.control;
        return difference >= limit ? 0 : (difference <= -limit ? 1 : 0.5);
    }
};

BigStick big_stick_of(const design::Allocation& allocation, design::ArmSizes) {
    require(allocation.limit >= 1, allocation, "the limit must be at least 1");
    return {allocation.limit};
}

}  // namespace

SchemePointer make_big_stick(const design::Allocation& allocation, design::ArmSizes sizes) {
    const Shares shares = shares_of(allocation);
    return std::make_unique<InTurn<BigStick>>(big_stick_of(allocation, sizes), shares);
}

SizeDistribution sizes_of_big_stick(const design::Allocation& allocation, design::ArmSizes sizes) {
    return sizes_in_turn(big_stick_of(allocation, sizes), sizes.treated + sizes.control);
}

}  // namespace rsasim::replicate
