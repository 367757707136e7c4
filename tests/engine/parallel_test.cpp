#include "task_loop.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/engine/parallel.hpp>

using rsasim::engine::for_each_range;

TEST_CASE("A loop over nothing calls nothing", "[exact]") {
    for_each_range(0, 1, 4, [](std::size_t, std::size_t) { FAIL("called"); });
    rsasim::engine::for_each_task(0, 4, [](std::size_t) { FAIL("called"); });
}

TEST_CASE("Every item is visited once in pieces of at least the grain", "[threads]") {
    for (const unsigned threads : {0, 1, 2, 3, 7}) {
        for (const std::size_t n : {1, 2, 5, 99, 1000}) {
            for (const std::size_t grain : {0, 1, 3, 100, 5000}) {
                std::vector<std::atomic<int>> visits(n);
                std::atomic<bool> is_large_enough = true;
                for_each_range(n, grain, threads, [&](std::size_t first, std::size_t last) {
                    if (last - first < std::min(grain, n)) is_large_enough = false;
                    for (std::size_t i = first; i < last; ++i) {
                        ++visits[i];
                    }
                });
                CHECK(is_large_enough);
                CHECK(std::all_of(visits.begin(), visits.end(), [](int v) { return v == 1; }));
            }
        }
    }
}

TEST_CASE("No more threads work than were asked for", "[threads]") {
    for (const unsigned threads : {1U, 2U, 3U, 7U}) {
        std::mutex lock;
        std::set<std::thread::id> seen;
        std::atomic<unsigned> at_once = 0, most = 0;
        for_each_range(50, 1, threads, [&](std::size_t, std::size_t) {
            const unsigned now = ++at_once;
            for (unsigned known = most; now > known && !most.compare_exchange_weak(known, now);) {
            }
            {
                const std::lock_guard guard(lock);
                seen.insert(std::this_thread::get_id());
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            --at_once;
        });
        CHECK(most <= threads);
        CHECK(seen.size() <= threads);
    }
}

TEST_CASE("The first exception of a loop reaches the caller", "[threads]") {
    for (const unsigned threads : {1, 2, 7}) {
        CHECK_THROWS_WITH(for_each_range(100, 1, threads,
                                         [](std::size_t first, std::size_t) {
                                             if (first == 63) throw std::runtime_error("at 63");
                                         }),
                          "at 63");
    }
}

TEST_CASE("What a loop's tasks wrote is seen after it", "[threads]") {
    for (int repeat = 0; repeat < 50; ++repeat) {
        std::vector<int> plain(1000, 1);
        for_each_range(plain.size(), 10, 3, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i) {
                plain[i] += 1;
            }
        });
        REQUIRE(std::all_of(plain.begin(), plain.end(), [](int value) { return value == 2; }));
    }
}

TEST_CASE("Loops within loops visit every pair", "[threads]") {
    std::atomic<int> pairs = 0;
    for_each_range(10, 1, 3, [&](std::size_t, std::size_t) {
        for_each_range(10, 1, 3, [&](std::size_t first, std::size_t last) {
            pairs += static_cast<int>(last - first);
        });
    });
    CHECK(pairs == 100);
}
