#include "arrangements.hpp"
#include "block_schemes.hpp"

#include <cstring>
#include <utility>

namespace rsasim::replicate {
namespace {

constexpr std::array<double, Code::end + 1> arm_of = [] {
    std::array<double, Code::end + 1> arms{};
    for (std::size_t code = 0; code < arms.size(); ++code)
        arms[code] = Code::arm(static_cast<std::uint8_t>(code));
    return arms;
}();

/// The codes of the women of every stratum and lane, drawn before it is known how many each has.
/// Word w of stratum s is word w mod 4 of the block at position (w / 4) strata + s.
class CodesAhead {
  public:
    static constexpr std::size_t most_codes = 49'152;
    static constexpr std::size_t most_chunks = 48;

    /// Blocks of four words that hold all women, should they be of one stratum.
    static std::size_t chunks(const AllocationTask& task, const Arrangements& arrangements) {
        const std::size_t of_chunk = words_per_block * arrangements.least_women();
        return (task.women + of_chunk - 1) / of_chunk;
    }
    static std::size_t room(const AllocationTask& task) {
        return task.women + sizeof(ArrangementRow);
    }
    static bool can_hold(const AllocationTask& task, std::size_t strata,
                         const Arrangements& arrangements) {
        return strata <= most_chunks && strata * chunks(task, arrangements) <= most_chunks &&
               strata * design::lanes * room(task) <= most_codes;
    }

    CodesAhead(const AllocationTask& task, std::size_t strata, const Arrangements& arrangements)
        : room_(static_cast<std::uint32_t>(room(task))) {
        const std::size_t positions = strata * chunks(task, arrangements);
        for (std::size_t i = 0; i < strata * design::lanes; ++i)
            ends_[i] = first_of(i);
        std::array<random::Block, design::lanes> blocks;
        for (std::size_t position = 0; position < positions; ++position) {
            fill_lanes(task, static_cast<std::uint32_t>(position),
                       std::span(blocks).first(task.live));
            for (std::size_t lane = 0; lane < task.live; ++lane)
                append(blocks[lane], position % strata * design::lanes + lane, task, arrangements);
        }
        for (std::size_t i = 0; i < strata * design::lanes; ++i)
            ends_[i] = first_of(i);
    }

    /// The code of the next woman of a stratum's lane, i = stratum * lanes + lane.
    std::uint8_t next(std::size_t i) { return codes_[ends_[i]++]; }

    [[nodiscard]] std::uint32_t doubled_correct(std::size_t i) const {
        std::uint32_t sum = 0;
        for (std::uint32_t place = first_of(i); place < ends_[i]; ++place)
            sum += Code::doubled_correct(codes_[place]);
        return sum;
    }

  private:
    [[nodiscard]] std::uint32_t first_of(std::size_t i) const {
        return static_cast<std::uint32_t>(i) * room_;
    }
    void append(const random::Block& words, std::size_t i, const AllocationTask& task,
                const Arrangements& arrangements) {
        for (const std::uint32_t word : words) {
            if (ends_[i] - first_of(i) >= task.women) return;
            const ArrangementRow& row = arrangements.row(word);
            std::memcpy(&codes_[ends_[i]], row.codes.data(), row.codes.size());
            ends_[i] += row.women;
        }
    }

    std::uint32_t room_;
    std::array<std::uint32_t, most_chunks * design::lanes> ends_;  ///< one past the last taken
    std::array<std::uint8_t, most_codes> codes_;
};

/// The women still to come of a word's blocks, in one stratum of one trial.
struct OpenWord {
    const std::uint8_t* next = &Code::end;
    std::uint32_t words = 0;  ///< used so far
};

class TabledBlocks final : public AllocationScheme {
  public:
    explicit TabledBlocks(BlockPlan plan)
        : plan_(std::move(plan)), arrangements_(plan_.block_sizes, plan_.shares) {}

    void allocate(const AllocationTask& task, const AllottedArms& arms) const override {
        with_strata(plan_, task, [&](auto stratum_of) {
            if (CodesAhead::can_hold(task, plan_.strata, arrangements_)) {
                allot_ahead(task, arms, stratum_of);
            } else {
                allot_by_need(task, arms, stratum_of);
            }
        });
    }

  private:
    template <class StratumOf>
    void allot_ahead(const AllocationTask& task, const AllottedArms& arms,
                     StratumOf stratum_of) const {
        CodesAhead codes(task, plan_.strata, arrangements_);
        write(task, arms, [&](std::size_t place, std::size_t lane) {
            return codes.next(stratum_of(place) * design::lanes + lane);
        });
        if (arms.correct_guesses == nullptr) return;
        for (std::size_t lane = 0; lane < task.live; ++lane) {
            std::uint32_t doubled = 0;
            for (std::size_t stratum = 0; stratum < plan_.strata; ++stratum)
                doubled += codes.doubled_correct(stratum * design::lanes + lane);
            arms.correct_guesses[lane] = 0.5 * doubled;
        }
    }

    template <class StratumOf>
    void allot_by_need(const AllocationTask& task, const AllottedArms& arms,
                       StratumOf stratum_of) const {
        StratumStates<OpenWord> open(plan_.strata);
        std::array<std::uint32_t, design::lanes> doubled_correct{};
        write(task, arms, [&](std::size_t place, std::size_t lane) {
            const std::size_t stratum = stratum_of(place);
            OpenWord& word = open.of(stratum, lane);
            if (*word.next == Code::end) word.next = codes_at(task, stratum, lane, word.words++);
            const std::uint8_t code = *word.next++;
            doubled_correct[lane] += Code::doubled_correct(code);
            return code;
        });
        if (arms.correct_guesses == nullptr) return;
        for (std::size_t lane = 0; lane < task.live; ++lane)
            arms.correct_guesses[lane] = 0.5 * doubled_correct[lane];
    }

    /// Asks for the code of every woman in turn.
    template <class NextCode>
    static void write(const AllocationTask& task, const AllottedArms& arms, NextCode next_code) {
        double* const treated = arms.treated;
        double* const guess = arms.guess;
        for (std::size_t woman = 0; woman < task.women; ++woman) {
            for (std::size_t lane = 0; lane < task.live; ++lane) {
                const std::size_t place = woman * design::lanes + lane;
                const std::uint8_t code = next_code(place, lane);
                treated[place] = arm_of[code];
                if (guess != nullptr) guess[place] = Code::guess(code);
            }
        }
    }

    [[nodiscard]] const std::uint8_t* codes_at(const AllocationTask& task, std::size_t stratum,
                                               std::size_t lane, std::uint32_t word) const {
        const std::size_t position = word / words_per_block * plan_.strata + stratum;
        const random::Block words =
            random::block_at(task.key, place_of(task, lane, static_cast<std::uint32_t>(position)));
        return arrangements_.row(words[word % words_per_block]).codes.data();
    }

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
