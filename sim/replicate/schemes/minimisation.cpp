#include "block_plan.hpp"
#include "guesses.hpp"
#include "in_turn.hpp"
#include "scheme_makers.hpp"

#include <cmath>
#include <utility>

namespace rsasim::replicate {
namespace {

/// Weights are whole numbers of this sum, so that ties are found however they round: 0.1 + 0.2 and
/// 0.3 differ as doubles.
constexpr double sum_of_weights = 0x1p30;

struct MinimisedFactor {
    std::int64_t weight;
    std::size_t first_level;  ///< among the levels of all factors
};

struct Minimised {
    std::vector<MinimisedFactor> factors;
    std::size_t levels = 0;  ///< of all factors
    std::int64_t slack = 0;  ///< of ties: what rounding of the weights can do, and one more
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
        if (task.levels.size() < plan_.factors.size())
            throw std::invalid_argument("allocate: a factor of the minimisation has no levels");
        StratumStates<std::int32_t> differences(plan_.levels);
        std::array<random::Block, design::lanes> blocks;
        for (std::size_t woman = 0; woman < task.women; ++woman) {
            if (woman % words_per_block == 0) {
                fill_lanes(task, static_cast<std::uint32_t>(woman / words_per_block),
                           std::span(blocks).first(task.live));
            }
            for (std::size_t lane = 0; lane < task.live; ++lane) {
                const std::size_t place = woman * design::lanes + lane;
                arms.treated[place] =
                    allot(task, place, blocks[lane][woman % words_per_block], differences);
            }
        }
        guess_overall(task, {}, arms);
    }

  private:
    std::uint32_t allot(const AllocationTask& task, std::size_t place, std::uint32_t word,
                        StratumStates<std::int32_t>& differences) const {
        const auto of_her = [&](const MinimisedFactor& factor,
                                const double* levels) -> std::int32_t& {
            return differences.of(factor.first_level + level_at(levels, place),
                                  place % design::lanes);
        };
        const double* const* levels = task.levels.data();
        std::int64_t excess = 0;
        for (const MinimisedFactor& factor : plan_.factors) {
            const std::int32_t d = of_her(factor, *levels++);
            excess += factor.weight * ((d > 0 ? 1 : 0) - (d < 0 ? 1 : 0));
        }
        const int side = 1 + (excess > plan_.slack ? 1 : 0) - (excess < -plan_.slack ? 1 : 0);
        const std::uint32_t treated = word < plan_.words[static_cast<std::size_t>(side)] ? 1 : 0;
        levels = task.levels.data();
        for (const MinimisedFactor& factor : plan_.factors)
            of_her(factor, *levels++) += static_cast<std::int32_t>(2 * treated) - 1;
        return treated;
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
    double sum = 0;
    for (const double weight : allocation.weights) {
        require(weight >= 0 && std::isfinite(weight), allocation,
                "weights must be finite and not negative");
        sum += weight;
    }
    if (allocation.weights.empty()) sum = static_cast<double>(allocation.strata.size());
    require(sum > 0 && std::isfinite(sum), allocation, "needs a finite weight above 0");
    for (std::size_t factor = 0; factor < allocation.strata.size(); ++factor) {
        const double weight = allocation.weights.empty() ? 1 : allocation.weights[factor];
        plan.factors.push_back({std::llround(weight / sum * sum_of_weights), plan.levels});
        plan.levels += allocation.strata[factor].levels();
    }
    plan.slack = static_cast<std::int64_t>(allocation.strata.size()) + 1;
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
