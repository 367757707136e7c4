// Two tasks of one loop write to the same variable without any order between them. Built only with
// the thread sanitizer, which must say so.

#include <atomic>
#include <cstdio>
#include <thread>

#include <rsasim/engine/parallel.hpp>

int main() {
    std::atomic<int> arrived = 0;
    long shared = 0;
    rsasim::engine::for_each_range(2, 1, 2, [&](std::size_t, std::size_t) {
        arrived.fetch_add(1, std::memory_order_relaxed);
        while (arrived.load(std::memory_order_relaxed) < 2) {
            std::this_thread::yield();
        }
        for (int i = 0; i < 1000; ++i) {
            ++shared;
        }
    });
    std::printf("%ld\n", shared);
    return 0;
}
