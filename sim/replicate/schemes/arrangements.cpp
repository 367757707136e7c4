#include "arrangements.hpp"

#include "guesses.hpp"

#include <algorithm>

namespace rsasim::replicate {
namespace {

using Rows = std::vector<ArrangementRow>;

void close(ArrangementRow& row) {
    std::fill(row.codes.begin() + row.women, row.codes.end(), Code::end);
}

/// All orders of what a block lacks after the women of `begun`.
void add_arrangements(const ArrangementRow& begun, const design::ArmSizes& lacking,
                      std::int64_t excess, const Shares& shares, Rows& rows) {
    if (lacking.treated + lacking.control == 0) {
        rows.push_back(begun);
        return;
    }
    const auto guess = static_cast<int>(doubled_guess(excess));
    ArrangementRow next = begun;
    std::uint8_t& code = next.codes[next.women++];
    if (lacking.control > 0) {
        code = Code::of(0, guess);
        add_arrangements(next, {lacking.treated, lacking.control - 1}, excess - shares.treated,
                         shares, rows);
    }
    if (lacking.treated > 0) {
        code = Code::of(1, guess);
        add_arrangements(next, {lacking.treated - 1, lacking.control}, excess + shares.control,
                         shares, rows);
    }
}

Rows arrangements_of(std::int64_t block_size, const Shares& shares) {
    const std::int64_t parts = block_size / shares.sum();
    ArrangementRow begun{};
    close(begun);
    Rows rows;
    add_arrangements(begun, {parts * shares.treated, parts * shares.control}, 0, shares, rows);
    return rows;
}

/// Binomial coefficient, or `most_rows` + 1 where it is larger.
std::size_t number_of_arrangements(std::int64_t block_size, std::int64_t treated) {
    std::size_t number = 1;
    const std::int64_t fewer = std::min(treated, block_size - treated);
    for (std::int64_t i = 1; i <= fewer; ++i) {
        number =
            number * static_cast<std::size_t>(block_size - fewer + i) / static_cast<std::size_t>(i);
        if (number > Arrangements::most_rows) return Arrangements::most_rows + 1;
    }
    return number;
}

/// Each of `starts` followed by each of `blocks`.
Rows chained(const Rows& starts, const Rows& blocks) {
    Rows rows;
    for (const ArrangementRow& start : starts) {
        for (const ArrangementRow& block : blocks) {
            ArrangementRow both = start;
            std::copy_n(block.codes.begin(), block.women, both.codes.begin() + start.women);
            both.women = static_cast<std::uint8_t>(start.women + block.women);
            close(both);
            rows.push_back(both);
        }
    }
    return rows;
}

}  // namespace

bool Arrangements::can_hold(const std::vector<std::int64_t>& block_sizes, const Shares& shares) {
    std::size_t rows = 0;
    for (const std::int64_t size : block_sizes) {
        if (size > most_women) return false;
        rows += number_of_arrangements(size, size / shares.sum() * shares.treated);
    }
    return rows <= most_rows;
}

Arrangements::Arrangements(const std::vector<std::int64_t>& block_sizes, const Shares& shares)
    : least_women_(
          static_cast<std::size_t>(*std::min_element(block_sizes.begin(), block_sizes.end()))) {
    for (const std::int64_t size : block_sizes) {
        const Rows rows = arrangements_of(size, shares);
        groups_.push_back({rows_.size(), rows.size()});
        rows_.insert(rows_.end(), rows.begin(), rows.end());
    }
    if (block_sizes.size() > 1) return;
    const Rows blocks = rows_;
    while (rows_.front().women + blocks.front().women <= most_women &&
           rows_.size() * blocks.size() <= most_rows)
        rows_ = chained(rows_, blocks);
    groups_.front().rows = rows_.size();
    least_women_ = rows_.front().women;
}

}  // namespace rsasim::replicate
