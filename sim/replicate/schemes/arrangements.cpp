#include "arrangements.hpp"

#include "guesses.hpp"

#include <algorithm>

namespace rsasim::replicate {
namespace {

constexpr std::int64_t most_women = 64 / Arrangements::bits;

/// All orders of a block's arms, as codes.
void add_arrangements(std::int64_t treated_left, std::int64_t control_left, std::int64_t excess,
                      const Shares& shares, std::vector<std::uint64_t>& codes,
                      std::vector<std::uint64_t>& patterns) {
    if (treated_left + control_left == 0) {
        std::uint64_t pattern = Arrangements::none;
        for (auto code = codes.rbegin(); code != codes.rend(); ++code)
            pattern = (pattern << Arrangements::bits) | *code;
        patterns.push_back(pattern);
        return;
    }
    const std::uint64_t guess = std::uint64_t{doubled_guess(excess)} << 1;
    if (control_left > 0) {
        codes.push_back(guess);
        add_arrangements(treated_left, control_left - 1, excess - shares.treated, shares, codes,
                         patterns);
        codes.pop_back();
    }
    if (treated_left > 0) {
        codes.push_back(guess | 1);
        add_arrangements(treated_left - 1, control_left, excess + shares.control, shares, codes,
                         patterns);
        codes.pop_back();
    }
}

std::vector<std::uint64_t> arrangements_of(std::int64_t block_size, const Shares& shares) {
    const std::int64_t parts = block_size / shares.sum();
    std::vector<std::uint64_t> codes;
    std::vector<std::uint64_t> patterns;
    add_arrangements(parts * shares.treated, parts * shares.control, 0, shares, codes, patterns);
    return patterns;
}

/// Binomial coefficient, or `most_patterns` + 1 where it is larger.
std::size_t number_of_arrangements(std::int64_t block_size, std::int64_t treated) {
    std::size_t number = 1;
    const std::int64_t fewer = std::min(treated, block_size - treated);
    for (std::int64_t i = 1; i <= fewer; ++i) {
        number =
            number * static_cast<std::size_t>(block_size - fewer + i) / static_cast<std::size_t>(i);
        if (number > Arrangements::most_patterns) return Arrangements::most_patterns + 1;
    }
    return number;
}

/// Each of `blocks` followed by each of `pattern`'s `women`.
std::vector<std::uint64_t> chained(const std::vector<std::uint64_t>& starts,
                                   std::int64_t women_of_start,
                                   const std::vector<std::uint64_t>& blocks) {
    const auto shift = static_cast<unsigned>(women_of_start) * Arrangements::bits;
    const std::uint64_t mark = Arrangements::none << shift;
    std::vector<std::uint64_t> patterns;
    for (const std::uint64_t start : starts)
        for (const std::uint64_t block : blocks)
            patterns.push_back((start ^ mark) | (block << shift));
    return patterns;
}

}  // namespace

bool Arrangements::can_hold(const std::vector<std::int64_t>& block_sizes, const Shares& shares) {
    std::size_t patterns = 0;
    for (const std::int64_t size : block_sizes) {
        if (size > most_women) return false;
        patterns += number_of_arrangements(size, size / shares.sum() * shares.treated);
    }
    return patterns <= most_patterns;
}

Arrangements::Arrangements(const std::vector<std::int64_t>& block_sizes, const Shares& shares)
    : least_women_(
          static_cast<std::size_t>(*std::min_element(block_sizes.begin(), block_sizes.end()))) {
    for (const std::int64_t size : block_sizes) {
        const std::vector<std::uint64_t> patterns = arrangements_of(size, shares);
        groups_.push_back({patterns_.size(), patterns.size()});
        patterns_.insert(patterns_.end(), patterns.begin(), patterns.end());
    }
    if (block_sizes.size() > 1) return;
    const std::vector<std::uint64_t> blocks = patterns_;
    std::int64_t women = block_sizes.front();
    while (women + block_sizes.front() <= most_women &&
           patterns_.size() * blocks.size() <= most_patterns) {
        patterns_ = chained(patterns_, women, blocks);
        women += block_sizes.front();
    }
    groups_.front().patterns = patterns_.size();
    least_women_ = static_cast<std::size_t>(women);
}

}  // namespace rsasim::replicate
