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
using Task = std::function<void(std::size_t)>;

void run_in_order(std::size_t first, std::size_t last, const Task& task) {
    for (std::size_t i = first; i != last; ++i) {
        task(i);
    }
}

/// What oneTBB copies from task to task when it splits a range. The copies are handed over inside
/// its uninstrumented library, so the sanitizer must not look at them being read.
class LoopBody {
  public:
    explicit LoopBody(const Task& task) : task_(&task) {}

    RSASIM_UNSEEN_BY_THREAD_SANITIZER void operator()(const Range& range) const {
        const ThreadOrder::Task in_task;
        run_in_order(range.begin(), range.end(), *task_);
    }

  private:
    const Task* task_;
};

}  // namespace

void for_each_task(std::size_t n, unsigned threads,
                   const std::function<void(std::size_t i)>& task) {
    const std::size_t useful = std::min<std::size_t>(std::max(threads, 1U), n);
    if (useful <= 1) {
        run_in_order(0, n, task);
        return;
    }
    // The arena limits this loop; the control lets it have more threads than cores.
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, useful);
    tbb::task_arena arena(static_cast<int>(useful));
    const ThreadOrder order;
    arena.execute(
        [&] { tbb::parallel_for(Range(0, n, 1), LoopBody(task), tbb::simple_partitioner()); });
}

}  // namespace rsasim::engine
