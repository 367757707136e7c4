#include "in_turn.hpp"
#include "scheme_makers.hpp"

namespace rsasim::replicate {
namespace {

/// P(treated) = share1 / (share1 + share0).
struct Complete {
    std::uint32_t treated_share, sum;

    [[nodiscard]] bool treats(std::uint32_t word, const design::ArmSizes&) const {
        return below(sum, word) < treated_share;
    }
    [[nodiscard]] double probability(const design::ArmSizes&) const {
        return static_cast<double>(treated_share) / sum;
    }
};

Complete complete_randomisation_of(const design::Allocation& allocation, design::ArmSizes) {
    const Shares shares = shares_of(allocation);
    return {static_cast<std::uint32_t>(shares.treated), static_cast<std::uint32_t>(shares.sum())};
}

}  // namespace

SchemePointer make_complete(const design::Allocation& allocation, design::ArmSizes sizes) {
    const Shares shares = shares_of(allocation);
    return std::make_unique<InTurn<Complete>>(complete_randomisation_of(allocation, sizes), shares);
}

SizeDistribution sizes_of_complete(const design::Allocation& allocation, design::ArmSizes sizes) {
    return sizes_in_turn(complete_randomisation_of(allocation, sizes),
                         sizes.treated + sizes.control);
}

}  // namespace rsasim::replicate
