#include "trials.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <catch2/catch.hpp>

#include <rsasim/engine/enumerate.hpp>
#include <rsasim/engine/simulate.hpp>

using namespace rsasim;

// 6 designs of 2^21 replicates on one seed, all tables with 25 or more expected: |z| <= 5.5 each,
// level 4e-8 for each of some 8,000 tables, 3e-4 for the suite.
TEST_CASE("Simulated counts of every frequent table agree with its exact probability",
          "[statistical]") {
    constexpr std::int64_t replicates = std::int64_t{1} << 21;
    constexpr double largest_z = 5.5;
    std::vector<engine::CellTask> tasks;
    for (const auto& [sizes, rates] :
         {std::pair(design::ArmSizes{1, 1}, design::Rates{0.5, 0.01}),
          std::pair(design::ArmSizes{75, 74}, design::Rates{0.80, 0.6351}),
          std::pair(design::ArmSizes{75, 74}, design::Rates{0, 0.6351}),
          std::pair(design::ArmSizes{4, 300}, design::Rates{0.3, 0.001}),
          std::pair(design::ArmSizes{300, 200}, design::Rates{0.5, 0.5}),
          std::pair(design::ArmSizes{20, 20}, design::Rates{1, 0})}) {
        tasks.push_back({trial_of(sizes, rates), random::stream_key(401), {{0, replicates}}});
    }
    engine::SimulationOptions options;
    options.threads = 2;
    const auto totals = engine::simulate(tasks, options);
    for (std::size_t cell = 0; cell < tasks.size(); ++cell) {
        INFO("design " << cell);
        std::map<design::Table2x2, std::int64_t> counts;
        for (const auto& row : totals[cell].tables) {
            counts[row.table()] = row.weight;
        }
        double worst = 0;
        for (const auto& row : engine::enumerate(tasks[cell].design).tables) {
            const double p = row.weight;
            const double expected = p * replicates;
            const auto count = static_cast<double>(counts[row.table()]);
            if (p == 1) CHECK(count == replicates);
            if (expected < 25 || p == 1) continue;
            worst = std::max(worst, std::abs(count - expected) / std::sqrt(expected * (1 - p)));
        }
        CHECK(worst <= largest_z);
    }
}
