#include "in_turn.hpp"
#include "scheme_makers.hpp"

namespace rsasim::replicate {
namespace {

/// UD(alpha, beta): alpha balls of each colour; a ball is drawn and put back with beta of the other
/// colour. The first draw from an empty urn is a fair coin.
struct Urn {
    std::int64_t alpha, beta;

    [[nodiscard]] std::int64_t treated_balls(const design::ArmSizes& so_far) const {
        return alpha + beta * so_far.control;
    }
    [[nodiscard]] std::int64_t balls(const design::ArmSizes& so_far) const {
        return 2 * alpha + beta * (so_far.treated + so_far.control);
    }
    [[nodiscard]] bool treats(std::uint32_t word, const design::ArmSizes& so_far) const {
        const auto all = static_cast<std::uint32_t>(balls(so_far));
        if (all == 0) return below(2, word) == 1;
        return below(all, word) < static_cast<std::uint32_t>(treated_balls(so_far));
    }
    [[nodiscard]] double probability(const design::ArmSizes& so_far) const {
        if (balls(so_far) == 0) return 0.5;
        return static_cast<double>(treated_balls(so_far)) / static_cast<double>(balls(so_far));
    }
};

constexpr std::int64_t most_balls = std::int64_t{1} << 32;

Urn urn_of(const design::Allocation& allocation, design::ArmSizes sizes) {
    const std::int64_t alpha = allocation.urn_start;
    const std::int64_t beta = allocation.urn_added;
    require(alpha >= 0 && beta >= 0 && alpha + beta >= 1, allocation,
            "the balls at the start and those added must not be negative, nor both be 0");
    require(alpha < most_balls / 4 && beta < most_balls / 2 / (sizes.treated + sizes.control),
            allocation, "the urn would hold 2^32 balls or more");
    return {alpha, beta};
}

}  // namespace

SchemePointer make_urn(const design::Allocation& allocation, design::ArmSizes sizes) {
    const Shares shares = shares_of(allocation);
    return std::make_unique<InTurn<Urn>>(urn_of(allocation, sizes), shares);
}

SizeDistribution sizes_of_urn(const design::Allocation& allocation, design::ArmSizes sizes) {
    return sizes_in_turn(urn_of(allocation, sizes), sizes.treated + sizes.control);
}

}  // namespace rsasim::replicate
