#pragma once

#include <cstddef>
#include <functional>

namespace rsasim::engine {

/// Runs `task(i)` for each i in [0, n) on at most `threads` threads (0 counts as 1); one thread is
/// the calling one and takes them in order. Returns when all are done. After an exception no
/// further task is begun, and the first one is rethrown here.
void for_each_task(std::size_t n, unsigned threads, const std::function<void(std::size_t i)>& task);

}  // namespace rsasim::engine
