#include "block_schemes.hpp"

#include <map>

namespace rsasim::replicate {
namespace {

/// Treated women among the first `cut` of a block, hypergeometric: adds them to `sizes`.
void add_cut_block(const design::ArmSizes& block, std::int64_t cut, const WeightedSizes& before,
                   std::map<std::int64_t, double>& treated) {
    std::vector<double> distribution{1.0};  // by the number treated
    for (std::int64_t woman = 0; woman < cut; ++woman) {
        distribution.push_back(0);
        const auto left = static_cast<double>(block.treated + block.control - woman);
        for (std::size_t count = distribution.size() - 1; count-- > 0;) {
            const auto lacking = block.treated - static_cast<std::int64_t>(count);
            const double share = static_cast<double>(lacking) / left;
            distribution[count + 1] += distribution[count] * share;
            distribution[count] *= 1 - share;
        }
    }
    for (std::size_t count = 0; count < distribution.size(); ++count) {
        const double probability = before.probability * distribution[count];
        if (probability > 0)
            treated[before.sizes.treated + static_cast<std::int64_t>(count)] += probability;
    }
}

}  // namespace

SchemePointer make_permuted_block(const design::Allocation& allocation, design::ArmSizes sizes) {
    return make_block_scheme(block_plan(allocation, sizes, {}));
}

SizeDistribution sizes_of_permuted_block(const design::Allocation& allocation,
                                         design::ArmSizes sizes) {
    const BlockPlan plan = block_plan(allocation, sizes, {});
    const std::int64_t women = sizes.treated + sizes.control;
    // begins[i]: a block begins with woman i.
    std::vector<double> begins(static_cast<std::size_t>(women) + 1);
    begins[0] = 1;
    std::map<std::int64_t, double> treated;
    for (std::int64_t first = 0; first < women; ++first) {
        const double here =
            begins[static_cast<std::size_t>(first)] / static_cast<double>(plan.block_sizes.size());
        if (here == 0) continue;
        for (const std::int64_t size : plan.block_sizes) {
            if (first + size <= women) {
                begins[static_cast<std::size_t>(first + size)] += here;
                continue;
            }
            const design::ArmSizes block{size / plan.shares.sum() * plan.shares.treated,
                                         size / plan.shares.sum() * plan.shares.control};
            const std::int64_t before = first / plan.shares.sum() * plan.shares.treated;
            add_cut_block(block, women - first, {{before, first - before}, here}, treated);
        }
    }
    if (begins.back() > 0)
        treated[women / plan.shares.sum() * plan.shares.treated] += begins.back();
    SizeDistribution distribution;
    for (const auto& [count, probability] : treated)
        distribution.push_back({{count, women - count}, probability});
    return distribution;
}

}  // namespace rsasim::replicate
