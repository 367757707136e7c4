#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <rsasim/design/design.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/random/guided_binomial.hpp>
#include <rsasim/random/philox.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::replicate {

/// Simulates trials of a design that reduces to the events of two independent binomial arms.
///
/// One random block serves two replicates: the block at {position 0, Purpose::counts, draw 0,
/// replicate 2j} gives replicate 2j with its words 0 (treated) and 1 (control), and replicate 2j +
/// 1 with its words 2 and 3. Any replicate can therefore be drawn alone.
///
/// Only tables that some pair of words gives can come up. They are numbered row by row, the control
/// arm moving fastest, so that the order of numbers is the order of (treated, control) events.
class CountTrial {
  public:
    CountTrial(const design::Design& design, random::StreamKey key);

    /// One replicate by itself; replicate >= 0.
    [[nodiscard]] design::Table2x2 table(std::int64_t replicate) const;

    /// How many tables can come up; below 2^32.
    [[nodiscard]] std::uint64_t possible_tables() const { return possible_tables_; }
    /// The table with this number, below possible_tables().
    [[nodiscard]] design::Table2x2 numbered_table(std::uint32_t number) const;

    /// Adds to counts[t] how many of the replicates first, ..., last - 1 give table t.
    /// Requires counts.size() == possible_tables() and last - first < 2^32.
    void count(std::int64_t first, std::int64_t last, std::span<std::uint32_t> counts) const;

    /// numbers[i] = the number of the table that replicate first + i gives.
    void list(std::int64_t first, std::span<std::uint32_t> numbers) const;

  private:
    [[nodiscard]] std::uint32_t number_of(std::uint32_t treated_word,
                                          std::uint32_t control_word) const {
        return treated_.offset(treated_word) * control_width_ + control_.offset(control_word);
    }
    [[nodiscard]] std::uint32_t number_of_replicate(std::int64_t replicate) const;
    template <class Take>
    void for_each_number(std::int64_t first, std::int64_t last, Take take) const;

    design::ArmSizes sizes_;
    random::StreamKey key_;
    random::GuidedBinomial treated_;
    random::GuidedBinomial control_;
    std::uint32_t control_width_;
    std::uint64_t possible_tables_;
};

}  // namespace rsasim::replicate
