#include "solving.hpp"

#include "console.hpp"
#include "progress.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes line_interval{1};

}  // namespace

void solve_models(scenario::Scenario& scenario, const std::vector<bool>& wanted, unsigned threads,
                  bool tells) {
    const bool has_bar = has_terminal_for_progress();
    ProgressBar bar("models and truths", tells && has_bar);
    auto told = Clock::now();
    const auto tell_of = [&](std::size_t found, std::size_t all) {
        bar.update(static_cast<std::int64_t>(found), static_cast<std::int64_t>(all));
        if (has_bar || !tells || Clock::now() - told < line_interval) return;
        told = Clock::now();
        tell(
            fmt::format("before the first replicate: {} of {} models and truths of the women are "
                        "found",
                        found, all));
    };
    scenario::solve(scenario, wanted, {threads, scenario::Truths::all, tell_of});
}

}  // namespace rsasim::commands
