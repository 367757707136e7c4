#include "in_turn.hpp"
#include "scheme_makers.hpp"

namespace rsasim::replicate {
namespace {

/// The arm with fewer women has the probability p; a fair coin where the arms are equal.
struct BiasedCoin {
    double p;
    /// Words below them treat: where the treated arm is ahead, equal, behind.
    std::array<std::uint64_t, 3> words;

    [[nodiscard]] bool treats(std::uint32_t word, const design::ArmSizes& so_far) const {
        const std::int64_t difference = so_far.treated - so_far.control;
        const std::size_t side = doubled_guess(difference);
        return word < words[side];
    }
    [[nodiscard]] double probability(const design::ArmSizes& so_far) const {
        const std::int64_t difference = so_far.treated - so_far.control;
        return difference < 0 ? p : (difference > 0 ? 1 - p : 0.5);
    }

    static constexpr std::uint64_t two_to_31 = std::uint64_t{1} << 31;
};

BiasedCoin biased_coin_of(const design::Allocation& allocation, design::ArmSizes) {
    const double p = allocation.probability;
    require(p >= 0.5 && p <= 1, allocation, "the probability must lie in 0.5 to 1");
    const auto behind = static_cast<std::uint64_t>(p * 0x1p32 + 0.5);
    return {p, {2 * BiasedCoin::two_to_31 - behind, BiasedCoin::two_to_31, behind}};
}

}  // namespace

SchemePointer make_biased_coin(const design::Allocation& allocation, design::ArmSizes sizes) {
    const Shares shares = shares_of(allocation);
    return std::make_unique<InTurn<BiasedCoin>>(biased_coin_of(allocation, sizes), shares);
}

SizeDistribution sizes_of_biased_coin(const design::Allocation& allocation,
                                      design::ArmSizes sizes) {
    return sizes_in_turn(biased_coin_of(allocation, sizes), sizes.treated + sizes.control);
}

}  // namespace rsasim::replicate
