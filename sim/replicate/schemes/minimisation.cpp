#include "block_plan.hpp"
#include "guesses.hpp"
#include "in_turn.hpp"
#include "scheme_makers.hpp"

#include <cmath>
#include <utility>

namespace rsasim::replicate {
namespace {

/// Imbalances closer than this, relative to the sum of the weights, are ties: weights such as 0.1 +
/// 0.2 and 0.3 differ in their last bits.
constexpr double tie = 1e-9;

struct MinimisedFactor {
    double weight;
    std::size_t first_level;  ///< among the levels of all factors
};

struct Minimised {
    std::vector<MinimisedFactor> factors;
    std::size_t levels = 0;  ///< of all factors
    double slack = 0;        ///< of ties
    /// Words below them treat: where the treated arm is preferred, neither is, the other is.
    std::array<std::uint64_t, 3> words{};
};

/// With d_f the difference of the arms among women of her level of factor f, the imbalance (range)
/// after treating her is sum w_f |d_f + 1|, after the other arm sum w_f |d_f - 1|. As d_f are whole
/// numbers, half their difference is sum w_f sign(d_f).
///
/// Woman i has word i mod 4 of the block at position i / 4.
class Minimisation final : public AllocationScheme {
  public:
    explicit Minimisation(Minimised plan) : plan_(std::move(plan)) {}

    void allocate(const AllocationTask& task, const AllottedArms& arms) const override {
        StratumStates<std::int32_t> differences(plan_.levels);
        std::array<random::Block, design::lanes> blocks;
        for (std::size_t woman = 0; woman < task.women; ++woman) {
            if (woman % words_per_block == 0)
                fill_lanes(task, static_cast<std::uint32_t>(woman / words_per_block),
                           std::span(blocks).first(task.live));
            for (std::size_t lane = 0; lane < task.live; ++lane) {
                const std::size_t place = woman * design::lanes + lane;
                const bool is_treated =
                    allot(task, place, blocks[lane][woman % words_per_block], differences);
                arms.treated[place] = is_treated ? 1 : 0;
            }
        }
        guess_overall(task, {}, arms);
    }

  private:
    bool allot(const AllocationTask& task, std::size_t place, std::uint32_t word,
               StratumStates<std::int32_t>& differences) const {
        const auto of_her = [&](std::size_t factor) -> std::int32_t& {
            const auto level = static_cast<std::int64_t>(task.levels[factor][place]);
            return differences.of(
                plan_.factors[factor].first_level + static_cast<std::size_t>(level),
                place % design::lanes);
        };
        double excess = 0;
        for (std::size_t factor = 0; factor < plan_.factors.size(); ++factor) {
            const std::int32_t d = of_her(factor);
            excess += plan_.factors[factor].weight * ((d > 0 ? 1 : 0) - (d < 0 ? 1 : 0));
        }
        const int side = 1 + (excess > plan_.slack ? 1 : 0) - (excess < -plan_.slack ? 1 : 0);
        const bool is_treated = word < plan_.words[static_cast<std::size_t>(side)];
        for (std::size_t factor = 0; factor < plan_.factors.size(); ++factor)
            of_her(factor) += is_treated ? 1 : -1;
        return is_treated;
    }

    Minimised plan_;
};

Minimised minimised(const design::Allocation& allocation) {
    require(!allocation.strata.empty(), allocation, "needs factors");
    require(allocation.weights.empty() || allocation.weights.size() == allocation.strata.size(),
            allocation, "needs a weight for each factor, or none");
    require(allocation.probability >= 0.5 && allocation.probability <= 1, allocation,
            "the probability must lie in 0.5 to 1");
    Minimised plan;
    for (std::size_t factor = 0; factor < allocation.strata.size(); ++factor) {
        const double weight = allocation.weights.empty() ? 1 : allocation.weights[factor];
        require(weight >= 0 && std::isfinite(weight), allocation,
                "weights must be finite and not negative");
        plan.factors.push_back({weight, plan.levels});
        plan.levels += allocation.strata[factor].levels();
        plan.slack += tie * weight;
    }
    require(plan.slack > 0, allocation, "needs a weight above 0");
    constexpr std::uint64_t all_words = std::uint64_t{1} << 32;
    const auto preferred = static_cast<std::uint64_t>(allocation.probability * 0x1p32 + 0.5);
    plan.words = {preferred, all_words / 2, all_words - preferred};
    return plan;
}

}  // namespace

SchemePointer make_minimisation(const design::Allocation& allocation, design::ArmSizes) {
    shares_of(allocation);
    return std::make_unique<Minimisation>(minimised(allocation));
}

}  // namespace rsasim::replicate
