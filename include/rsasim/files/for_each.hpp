#pragma once

#include <cstddef>
#include <functional>

namespace rsasim::files {

/// Calls `body(i)` once for each i in [0, n), in any order and on any threads, and returns when all
/// are done; rethrows an exception of the body.
using ForEach = std::function<void(std::size_t n, const std::function<void(std::size_t i)>& body)>;

/// The ForEach of the calling thread alone.
inline void for_each_in_order(std::size_t n, const std::function<void(std::size_t i)>& body) {
    for (std::size_t i = 0; i < n; ++i)
        body(i);
}

}  // namespace rsasim::files
