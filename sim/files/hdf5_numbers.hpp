#pragma once

#include "hdf5_handle.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <type_traits>

namespace rsasim::files::hdf5 {

/// The numbers of a dataset in C order, made piece by piece where they are wanted, so that a whole
/// dataset need not be in memory.
struct Numbers {
    hid_t in_file, in_memory;
    std::size_t bytes_each;
    std::size_t size;
    /// Puts the numbers from `first` on into `to`, as many as it has room for. On any thread.
    std::function<void(std::size_t first, std::span<std::byte> to)> fill;
};

/// Numbers that `fill(first, to)` puts into a span of them.
template <class Number, class Fill>
Numbers numbers_by(std::size_t size, Fill fill) {
    using Type = NumberType<Number>;
    return {Type::in_file(), Type::in_memory(), sizeof(Number), size,
            [fill](std::size_t first, std::span<std::byte> to) {
                fill(first,
                     std::span(reinterpret_cast<Number*>(to.data()), to.size() / sizeof(Number)));
            }};
}

/// Numbers that are in memory and stay there.
template <class List>
Numbers numbers_in(const List& list) {
    const std::span values(list);
    using Number = std::remove_const_t<typename decltype(values)::element_type>;
    return numbers_by<Number>(values.size(), [values](std::size_t first, std::span<Number> to) {
        std::ranges::copy(values.subspan(first, to.size()), to.begin());
    });
}

template <class List>
Numbers numbers_in(const List&& list) = delete;  // they would not stay

/// 0, 1, 2, ... as 64-bit integers.
inline Numbers steps(std::size_t size) {
    return numbers_by<std::int64_t>(size, [](std::size_t first, std::span<std::int64_t> to) {
        for (std::size_t i = 0; i < to.size(); ++i)
            to[i] = static_cast<std::int64_t>(first + i);
    });
}

}  // namespace rsasim::files::hdf5
