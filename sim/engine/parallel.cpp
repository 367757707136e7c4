#include "task_loop.hpp"

#include <algorithm>

#include <rsasim/engine/parallel.hpp>

namespace rsasim::engine {

void for_each_range(std::size_t n, std::size_t grain, unsigned threads,
                    const std::function<void(std::size_t first, std::size_t last)>& body) {
    if (n == 0) return;
    const std::size_t pieces = std::max<std::size_t>(n / std::max<std::size_t>(grain, 1), 1);
    const std::size_t size = n / pieces;
    const std::size_t longer = n % pieces;  // the first pieces have one item more
    for_each_task(pieces, threads, [&](std::size_t piece) {
        const std::size_t first = piece * size + std::min(piece, longer);
        body(first, first + size + (piece < longer ? 1 : 0));
    });
}

}  // namespace rsasim::engine
