#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace rsasim::summary {

/// term(0) + ... + term(n - 1), always added in the same way: eight interleaved partial sums per
/// block, which the compiler may keep in vector registers, and blocks in long double. The error is
/// at most about (block / 8 + 3) epsilon times the sum of |term|, whatever n.
template <class Term>
double sum(std::size_t n, Term term) {
    constexpr std::size_t lanes = 8;
    constexpr std::size_t block = 512;
    long double total = 0;
    for (std::size_t first = 0; first < n; first += block) {
        const std::size_t last = std::min(n, first + block);
        std::array<double, lanes> partial{};
        std::size_t i = first;
        for (; i + lanes <= last; i += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                partial[lane] += term(i + lane);
            }
        }
        for (; i < last; ++i) {
            partial[i % lanes] += term(i);
        }
        for (const double part : partial) {
            total += part;
        }
    }
    return static_cast<double>(total);
}

}  // namespace rsasim::summary
