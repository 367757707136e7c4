#include "arrangements.hpp"
#include "block_schemes.hpp"
#include "deal_codes.hpp"

#include <cmath>
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

/// Where the words of a scheme come from: word w of stratum s is word w mod 4 of the block at
/// position (w / 4) strata + s.
struct WordPlace {
    const AllocationTask& task;
    std::size_t strata;
    const Arrangements& arrangements;

    [[nodiscard]] std::uint32_t position(std::size_t chunk, std::size_t stratum) const {
        return static_cast<std::uint32_t>(chunk * strata + stratum);
    }
    [[nodiscard]] const ArrangementRow& row(std::size_t stratum, std::size_t lane,
                                            std::uint32_t word) const {
        const random::Block words = random::block_at(
            task.key, place_of(task, lane, position(word / words_per_block, stratum)));
        return arrangements.row(words[word % words_per_block]);
    }
};

/// The codes of the women of every stratum and lane. As many as a stratum may be expected to need
/// are drawn ahead, for all lanes at once, the others as they are needed.
class CodesAhead {
  public:
    static constexpr std::size_t most_codes = 49'152;
    static constexpr std::size_t most_strata = 48;

    static bool can_hold(const WordPlace& words) {
        return words.strata <= most_strata &&
               words.strata * design::lanes * room(words.task) <= most_codes;
    }

    /// With few strata drawing all is cheaper than asking each time whether enough is there.
    static bool is_complete(const WordPlace& words) { return words.strata <= 2; }

    /// Of complete codes.
    [[nodiscard]] StackedCodes stacked() const { return {codes_.data(), room_}; }

    explicit CodesAhead(const WordPlace& words) : words_(words), room_(room(words.task)) {
        const double mean =
            static_cast<double>(words.task.women) / static_cast<double>(words.strata);
        const double likely = mean + 2 * std::sqrt(mean);
        const auto women = is_complete(words)
                               ? words.task.women
                               : std::min(words.task.women, static_cast<std::size_t>(likely) + 1);
        const std::size_t of_chunk = words_per_block * words.arrangements.least_women();
        std::array<random::Block, design::lanes> blocks;
        for (std::size_t stratum = 0; stratum < words.strata; ++stratum) {
            for (std::size_t lane = 0; lane < design::lanes; ++lane)
                next_[stratum * design::lanes + lane] = first_of(stratum * design::lanes + lane);
            for (std::size_t chunk = 0; chunk * of_chunk < women; ++chunk) {
                fill_lanes(words.task, words.position(chunk, stratum),
                           std::span(blocks).first(words.task.live));
                for (std::size_t lane = 0; lane < words.task.live; ++lane)
                    append_until(women, blocks[lane], stratum * design::lanes + lane);
            }
            for (std::size_t lane = 0; lane < design::lanes; ++lane)
                next_[stratum * design::lanes + lane] = first_of(stratum * design::lanes + lane);
        }
    }

    std::uint8_t next(std::size_t stratum, std::size_t lane) {
        const std::size_t i = stratum * design::lanes + lane;
        if (codes_[next_[i]] == Code::end) [[unlikely]]
            write(words_.row(stratum, lane, drawn_[i]), i);
        return codes_[next_[i]++];
    }

    [[nodiscard]] std::uint32_t doubled_correct(std::size_t stratum, std::size_t lane) const {
        const std::size_t i = stratum * design::lanes + lane;
        std::uint32_t sum = 0;
        for (std::size_t place = first_of(i); place < next_[i]; ++place)
            sum += Code::doubled_correct(codes_[place]);
        return sum;
    }

  private:
    /// Rows begin at the last woman or before, and end with Code::end.
    static std::size_t room(const AllocationTask& task) {
        return task.women + sizeof(ArrangementRow);
    }
    [[nodiscard]] std::uint32_t first_of(std::size_t i) const {
        return static_cast<std::uint32_t>(i * room_);
    }
    void append_until(std::size_t women, const random::Block& words, std::size_t i) {
        for (const std::uint32_t word : words) {
            if (next_[i] - first_of(i) >= women) return;
            const ArrangementRow& row = words_.arrangements.row(word);
            write(row, i);
            next_[i] += row.women;
        }
    }
    void write(const ArrangementRow& row, std::size_t i) {
        std::memcpy(&codes_[next_[i]], row.codes.data(), row.codes.size());
        ++drawn_[i];
    }

    WordPlace words_;
    std::size_t room_;
    std::array<std::uint32_t, most_strata * design::lanes> next_;     ///< code
    std::array<std::uint32_t, most_strata * design::lanes> drawn_{};  ///< words
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
        const WordPlace words{task, plan_.strata, arrangements_};
        const bool fits = CodesAhead::can_hold(words);
        if (fits && CodesAhead::is_complete(words) && plan_.levels.size() <= 1) {
            const CodesAhead codes(words);
            deal(codes.stacked(), plan_.levels.empty() ? nullptr : task.levels.at(0), task, arms);
            return;
        }
        with_strata(plan_, task, [&](auto stratum_of) {
            if (fits) {
                allot_ahead(words, arms, stratum_of);
            } else {
                allot_by_need(words, arms, stratum_of);
            }
        });
    }

  private:
    template <class StratumOf>
    static void allot_ahead(const WordPlace& words, const AllottedArms& arms,
                            StratumOf stratum_of) {
        CodesAhead codes(words);
        write(words.task, arms, [&](std::size_t place, std::size_t lane) {
            return codes.next(stratum_of(place), lane);
        });
        if (arms.correct_guesses == nullptr) return;
        for (std::size_t lane = 0; lane < words.task.live; ++lane) {
            std::uint32_t doubled = 0;
            for (std::size_t stratum = 0; stratum < words.strata; ++stratum)
                doubled += codes.doubled_correct(stratum, lane);
            arms.correct_guesses[lane] = 0.5 * doubled;
        }
    }

    template <class StratumOf>
    static void allot_by_need(const WordPlace& words, const AllottedArms& arms,
                              StratumOf stratum_of) {
        StratumStates<OpenWord> open(words.strata);
        std::array<std::uint32_t, design::lanes> doubled_correct{};
        write(words.task, arms, [&](std::size_t place, std::size_t lane) {
            const std::size_t stratum = stratum_of(place);
            OpenWord& word = open.of(stratum, lane);
            if (*word.next == Code::end)
                word.next = words.row(stratum, lane, word.words++).codes.data();
            const std::uint8_t code = *word.next++;
            doubled_correct[lane] += Code::doubled_correct(code);
            return code;
        });
        if (arms.correct_guesses == nullptr) return;
        for (std::size_t lane = 0; lane < words.task.live; ++lane)
            arms.correct_guesses[lane] = 0.5 * doubled_correct[lane];
    }

    /// Asks for the code of every woman in turn.
    template <class NextCode>
    static void write(const AllocationTask& task, const AllottedArms& arms, NextCode next_code) {
        double* const treated = arms.treated;
        double* const guess = arms.guess;
        const auto write_at = [&](std::size_t place, std::size_t lane) {
            const std::uint8_t code = next_code(place, lane);
            treated[place] = arm_of[code];
            if (guess != nullptr) guess[place] = Code::guess(code);
        };
        for (std::size_t first = 0; first < task.women * design::lanes; first += design::lanes) {
            if (task.live == design::lanes) {  // the usual number, for the compiler
                for (std::size_t lane = 0; lane < design::lanes; ++lane)
                    write_at(first + lane, lane);
            } else {
                for (std::size_t lane = 0; lane < task.live; ++lane)
                    write_at(first + lane, lane);
            }
        }
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
