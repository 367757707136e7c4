#include "arrangements.hpp"
#include "block_schemes.hpp"

#include <utility>

namespace rsasim::replicate {
namespace {

/// The women still to come of a word's blocks, in one stratum of one trial.
struct Blocks {
    std::uint64_t pattern = Arrangements::none;
    std::uint32_t words = 0;  ///< used so far
};

/// The numbers that a code of Arrangements stands for.
constexpr std::array<double, 8> arm_of{0, 1, 0, 1, 0, 1, 0, 1};
constexpr std::array<double, 8> guess_of{0, 0, 0.5, 0.5, 1, 1, 0, 0};
constexpr std::array<std::uint32_t, 8> doubled_correct_of{2, 0, 1, 1, 0, 2, 0, 0};

constexpr std::size_t most_drawn_ahead = 32;

/// Word w of stratum s is word w mod 4 of the block at position (w / 4) strata + s. The first words
/// of each stratum are drawn for all lanes at once, the others as they are needed.
class Words {
  public:
    Words(const AllocationTask& task, std::size_t strata, std::size_t women_of_word)
        : task_(task), strata_(static_cast<std::uint32_t>(strata)) {
        const std::size_t expected = task.women / (strata * women_of_word * words_per_block) + 1;
        ahead_ = static_cast<std::uint32_t>(std::min(expected, most_drawn_ahead / strata));
        for (std::uint32_t position = 0; position < ahead_ * strata_; ++position)
            fill_lanes(task, position,
                       std::span(drawn_).subspan(position * design::lanes, task.live));
    }

    std::uint32_t word(std::uint32_t stratum, std::size_t lane, std::uint32_t number) const {
        const auto chunk = static_cast<std::uint32_t>(number / words_per_block);
        const std::uint32_t position = chunk * strata_ + stratum;
        if (chunk < ahead_)
            return drawn_[position * design::lanes + lane][number % words_per_block];
        return random::block_at(task_.key,
                                place_of(task_, lane, position))[number % words_per_block];
    }

  private:
    const AllocationTask& task_;
    std::uint32_t strata_;
    std::uint32_t ahead_;  ///< chunks of each stratum drawn for all lanes
    std::array<random::Block, most_drawn_ahead * design::lanes> drawn_;
};

class TabledBlocks final : public AllocationScheme {
  public:
    explicit TabledBlocks(BlockPlan plan)
        : plan_(std::move(plan)), arrangements_(plan_.block_sizes, plan_.shares) {}

    void allocate(const AllocationTask& task, const AllottedArms& arms) const override {
        StratumStates<Blocks> blocks(plan_.strata);
        const Words words(task, plan_.strata, arrangements_.least_women());
        std::array<std::uint32_t, design::lanes> strata;
        std::array<std::uint32_t, design::lanes> doubled_correct{};
        for (std::size_t woman = 0; woman < task.women; ++woman) {
            find_strata(plan_, task, woman, strata);
            double* const treated = arms.treated + woman * design::lanes;
            for (std::size_t lane = 0; lane < task.live; ++lane) {
                Blocks& current = blocks.of(strata[lane], lane);
                if (current.pattern == Arrangements::none) {
                    const std::uint32_t word = words.word(strata[lane], lane, current.words++);
                    current.pattern = arrangements_.pattern(word);
                }
                const std::size_t code = current.pattern % 8;
                current.pattern >>= Arrangements::bits;
                treated[lane] = arm_of[code];
                doubled_correct[lane] += doubled_correct_of[code];
                if (arms.guess != nullptr)
                    arms.guess[woman * design::lanes + lane] = guess_of[code];
            }
        }
        if (arms.correct_guesses == nullptr) return;
        for (std::size_t lane = 0; lane < task.live; ++lane)
            arms.correct_guesses[lane] = 0.5 * doubled_correct[lane];
    }

  private:
    BlockPlan plan_;
    Arrangements arrangements_;
};

}  // namespace

SchemePointer make_tabled_blocks(BlockPlan plan) {
    return std::make_unique<TabledBlocks>(std::move(plan));
}

SchemePointer make_block_scheme(BlockPlan plan) {
    return Arrangements::can_hold(plan.block_sizes, plan.shares)
               ? make_tabled_blocks(std::move(plan))
               : make_long_blocks(std::move(plan));
}

}  // namespace rsasim::replicate
