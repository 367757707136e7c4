#include "in_turn.hpp"
#include "scheme_makers.hpp"

namespace rsasim::replicate {
namespace {

/// Drawing without replacement: of the places left, as many are treated as the arm lacks.
struct RandomAllocation {
    design::ArmSizes totals;

    [[nodiscard]] bool treats(std::uint32_t word, const design::ArmSizes& so_far) const {
        const std::int64_t lacking = totals.treated - so_far.treated;
        const std::int64_t left = lacking + totals.control - so_far.control;
        return below(static_cast<std::uint32_t>(left), word) < static_cast<std::uint32_t>(lacking);
    }
};

RandomAllocation random_allocation_of(const design::Allocation&, design::ArmSizes sizes) {
    return {sizes};
}

}  // namespace

SchemePointer make_random_allocation(const design::Allocation& allocation, design::ArmSizes sizes) {
    const Shares shares = shares_of(allocation);
    return std::make_unique<InTurn<RandomAllocation>>(random_allocation_of(allocation, sizes),
                                                      shares, women_of(sizes));
}

SizeDistribution sizes_of_random_allocation(const design::Allocation&, design::ArmSizes sizes) {
    return {{sizes, 1.0}};
}

}  // namespace rsasim::replicate
