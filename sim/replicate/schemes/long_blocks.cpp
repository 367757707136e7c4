#include "block_schemes.hpp"
#include "guesses.hpp"

#include <utility>

namespace rsasim::replicate {
namespace {

/// Words of one Philox block, in the width of positions.
constexpr auto words_each = static_cast<std::uint32_t>(words_per_block);

/// The block that is being filled, in one stratum of one trial.
struct OpenBlock {
    design::ArmSizes lacking;
    std::uint32_t women = 0;   ///< of the stratum
    std::uint32_t blocks = 0;  ///< begun in the stratum
    random::Block words{};     ///< of the next women
    Guesses guesses;           ///< of the stratum
};

/// Woman i of stratum s has word i mod 4 of the block at position 2 (i / 4 strata + s); the size of
/// block j, where there are several, word j mod 4 of the block at 2 (j / 4 strata + s) + 1.
class LongBlocks final : public AllocationScheme {
  public:
    explicit LongBlocks(BlockPlan plan) : plan_(std::move(plan)) {}

    void allocate(const AllocationTask& task, const AllottedArms& arms) const override {
        with_strata(plan_, task, [&](auto stratum_of) { allot_all(task, arms, stratum_of); });
    }

  private:
    struct Place {
        std::uint32_t stratum;
        std::size_t lane;
    };

    template <class StratumOf>
    void allot_all(const AllocationTask& task, const AllottedArms& arms,
                   StratumOf stratum_of) const {
        StratumStates<OpenBlock> blocks(plan_.strata);
        for (std::size_t woman = 0; woman < task.women; ++woman) {
            for (std::size_t lane = 0; lane < task.live; ++lane) {
                const std::size_t place = woman * design::lanes + lane;
                const std::size_t stratum = stratum_of(place);
                OpenBlock& block = blocks.of(stratum, lane);
                const std::uint32_t treated =
                    allot(task, {static_cast<std::uint32_t>(stratum), lane}, block);
                const std::uint32_t guess = block.guesses.take(treated, plan_.shares);
                arms.treated[place] = treated;
                if (arms.guess != nullptr) arms.guess[place] = 0.5 * guess;
            }
        }
        if (arms.correct_guesses == nullptr) return;
        for (std::size_t lane = 0; lane < task.live; ++lane) {
            arms.correct_guesses[lane] = 0;
            for (std::size_t stratum = 0; stratum < plan_.strata; ++stratum) {
                arms.correct_guesses[lane] +=
                    0.5 * blocks.of(stratum, lane).guesses.doubled_correct;
            }
        }
    }

    [[nodiscard]] random::Block words_at(const AllocationTask& task, const Place& place,
                                         std::uint32_t chunk, std::uint32_t odd) const {
        const auto strata = static_cast<std::uint32_t>(plan_.strata);
        const std::uint32_t position = 2 * (chunk * strata + place.stratum) + odd;
        return random::block_at(task.key, place_of(task, place.lane, position));
    }

    void open(const AllocationTask& task, const Place& place, OpenBlock& block) const {
        std::size_t size = 0;
        if (plan_.block_sizes.size() > 1) {
            const random::Block words = words_at(task, place, block.blocks / words_each, 1);
            size = below(static_cast<std::uint32_t>(plan_.block_sizes.size()),
                         words[block.blocks % words_each]);
        }
        ++block.blocks;
        const std::int64_t parts = plan_.block_sizes[size] / plan_.shares.sum();
        block.lacking = {parts * plan_.shares.treated, parts * plan_.shares.control};
    }

    std::uint32_t allot(const AllocationTask& task, const Place& place, OpenBlock& block) const {
        if (block.lacking.treated + block.lacking.control == 0) open(task, place, block);
        const std::uint32_t word = block.women % words_each;
        if (word == 0) block.words = words_at(task, place, block.women / words_each, 0);
        ++block.women;
        const std::int64_t left = block.lacking.treated + block.lacking.control;
        const std::uint32_t treated =
            below(static_cast<std::uint32_t>(left), block.words[word]) < block.lacking.treated ? 1
                                                                                               : 0;
        block.lacking.treated -= treated;
        block.lacking.control -= 1 - treated;
        return treated;
    }

    BlockPlan plan_;
};

}  // namespace

SchemePointer make_long_blocks(BlockPlan plan) {
    return std::make_unique<LongBlocks>(std::move(plan));
}

}  // namespace rsasim::replicate
