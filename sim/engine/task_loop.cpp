#include "task_loop.hpp"

#include "thread_order.hpp"

#include <algorithm>

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace rsasim::engine {
namespace {

using Range = tbb::blocked_range<std::size_t>;

void run_in_order(const Range& range, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = range.begin(); i != range.end(); ++i) {
        task(i);
    }
}

}  // namespace

void for_each_task(std::size_t n, unsigned threads,
                   const std::function<void(std::size_t i)>& task) {
    const std::size_t useful = std::min<std::size_t>(std::max(threads, 1U), n);
    if (useful <= 1) {
        run_in_order(Range(0, n), task);
        return;
    }
    // The arena limits this loop; the control lets it have more threads than cores.
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, useful);
    tbb::task_arena arena(static_cast<int>(useful));
    ThreadOrder order;
    arena.execute([&] {
        tbb::parallel_for(
            Range(0, n, 1),
            [&](const Range& range) {
                const ThreadOrder::Task in_task(order);
                run_in_order(range, task);
            },
            tbb::simple_partitioner());
    });
}

}  // namespace rsasim::engine
