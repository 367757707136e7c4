#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include <rsasim/random/philox.hpp>

namespace rsasim::random {

/// The words of one address as a uniform random bit generator, for the distributions of
/// Boost.Random and the algorithms of the standard library: the words of block `start`, then of its
/// next draws.
///
/// It cannot be copied, because two copies would hand out the same numbers.
class WordSource {
  public:
    using result_type = std::uint32_t;

    WordSource(StreamKey key, const Address& start) : key_(key), next_(start) {}
    WordSource(const WordSource&) = delete;
    WordSource& operator=(const WordSource&) = delete;
    WordSource(WordSource&&) = delete;
    WordSource& operator=(WordSource&&) = delete;
    ~WordSource() = default;

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    /// Throws std::length_error once the draws of the address are used up.
    result_type operator()() {
        if (used_ == words_.size()) refill();
        return words_[used_++];
    }

  private:
    void refill();

    StreamKey key_;
    Address next_;
    Block words_{};
    std::size_t used_ = words_.size();
};

}  // namespace rsasim::random
