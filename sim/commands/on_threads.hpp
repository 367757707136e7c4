#pragma once

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/for_each.hpp>

namespace rsasim::commands {

/// A ForEach on at most so many threads, for work that no simulation runs beside.
inline files::ForEach on_threads(unsigned threads) {
    return [threads](std::size_t n, const std::function<void(std::size_t i)>& body) {
        engine::for_each_range(n, 1, threads, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i)
                body(i);
        });
    };
}

}  // namespace rsasim::commands
