#include "block_plan.hpp"

namespace rsasim::replicate {

BlockPlan block_plan(const design::Allocation& allocation, design::ArmSizes sizes,
                     const std::vector<design::Factor>& factors) {
    BlockPlan plan{allocation.block_sizes, shares_of(allocation), {}, 1};
    require(!plan.block_sizes.empty(), allocation, "needs a block size");
    for (const std::int64_t size : plan.block_sizes) {
        require(size >= 1 && size <= design::Design::largest_arm, allocation,
                "block sizes must lie in 1 to 100,000,000");
        require(size % plan.shares.sum() == 0, allocation,
                "block sizes must be multiples of the sum of the ratio's shares");
    }
    // Positions 2 (chunk strata + stratum) + 1 at most, one chunk for each woman at worst.
    const auto women = static_cast<std::uint64_t>(sizes.treated + sizes.control);
    constexpr std::uint64_t positions = std::uint64_t{1} << 31;
    for (const design::Factor& factor : factors) {
        plan.levels.push_back(factor.levels());
        plan.strata *= factor.levels();
        require(plan.strata < positions / (women / words_per_block + 1), allocation,
                "has too many strata for the number of women");
    }
    return plan;
}

}  // namespace rsasim::replicate
