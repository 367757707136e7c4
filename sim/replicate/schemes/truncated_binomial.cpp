#include "in_turn.hpp"
#include "scheme_makers.hpp"

namespace rsasim::replicate {
namespace {

/// A fair coin until one arm is full.
struct TruncatedBinomial {
    design::ArmSizes quotas;

    [[nodiscard]] bool treats(std::uint32_t word, const design::ArmSizes& so_far) const {
        if (so_far.treated >= quotas.treated) return false;
        return so_far.control >= quotas.control || below(2, word) == 1;
    }
};

TruncatedBinomial truncated_binomial_of(const design::Allocation&, design::ArmSizes sizes) {
    return {sizes};
}

}  // namespace

SchemePointer make_truncated_binomial(const design::Allocation& allocation,
                                      design::ArmSizes sizes) {
    const Shares shares = shares_of(allocation);
    return std::make_unique<InTurn<TruncatedBinomial>>(truncated_binomial_of(allocation, sizes),
                                                       shares, women_of(sizes));
}

SizeDistribution sizes_of_truncated_binomial(const design::Allocation&, design::ArmSizes sizes) {
    return {{sizes, 1.0}};
}

}  // namespace rsasim::replicate
