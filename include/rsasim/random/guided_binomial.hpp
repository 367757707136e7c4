#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rsasim::random {

/// Binomial numbers by inversion of the distribution function with a guide table (Chen & Asau 1974,
/// doi:10.1080/05695557408974949), from one 32-bit word each.
///
/// With the thresholds T_k = 2^32 P(X <= k), rounded to an integer, the number drawn from the word
/// u is the smallest k with u < T_k. Hence it never falls when u or p rises: common random numbers
/// stay common. Each P(X <= k) is met to 2^-32. Values that no word reaches are not stored, so that
/// an arm of 10^8 women needs at most 64,000 thresholds.
///
/// The thresholds come from the ratio of neighbouring probabilities, starting at the mode, with
/// basic arithmetic only: the same bits on every processor.
class GuidedBinomial {
  public:
    /// Requires 1 <= n <= 10^8 and 0 <= p <= 1. Throws std::invalid_argument.
    GuidedBinomial(std::int64_t n, double p);

    /// The smallest and the largest number that some word gives.
    [[nodiscard]] std::int64_t lowest() const { return lowest_; }
    [[nodiscard]] std::int64_t highest() const {
        return lowest_ + static_cast<std::int64_t>(last_words_.size()) - 1;
    }

    /// The number drawn from a uniform word, counted from lowest().
    [[nodiscard]] std::uint32_t offset(std::uint32_t word) const {
        const std::uint32_t* const last_word = last_words_.data();
        std::uint32_t k = guide_[word >> guide_shift];
        k += word > last_word[k] ? 1 : 0;  // one step without a branch: the usual way to go further
        while (word > last_word[k]) {
            ++k;
        }
        return k;
    }

    /// The number drawn from a uniform word.
    [[nodiscard]] std::int64_t operator()(std::uint32_t word) const {
        return lowest_ + offset(word);
    }

    /// T_k - 1 for k = lowest(), ..., highest(): the last word that gives k or less.
    [[nodiscard]] const std::vector<std::uint32_t>& last_words() const { return last_words_; }

    static constexpr std::int64_t largest_n = 100'000'000;

  private:
    static constexpr int guide_bits = 10;
    static constexpr int guide_shift = 32 - guide_bits;

    std::array<std::uint32_t, std::size_t{1} << guide_bits> guide_{};
    std::vector<std::uint32_t> last_words_;
    std::int64_t lowest_ = 0;
};

}  // namespace rsasim::random
