#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rsasim::commands {

/// A bar on standard error with the rate and the time left, redrawn at most five times a second.
class ProgressBar {
  public:
    /// Draws nothing at all unless `is_shown`. `units` are what is counted: "replicates".
    ProgressBar(std::string units, bool is_shown);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ProgressBar(ProgressBar&&) = delete;
    ProgressBar& operator=(ProgressBar&&) = delete;

    /// Not to be called by two threads at once.
    void update(std::int64_t finished, std::int64_t total);

  private:
    using Clock = std::chrono::steady_clock;
    std::string units_;
    bool is_shown_;
    bool is_drawn_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = start_;
};

/// What a bar says after its share: "1.2 million replicates/s  3 min 20 s left".
std::string rate_and_rest(std::string_view units, double finished, double total,
                          double elapsed_seconds);

/// How far a simulation is.
struct ProgressReport {
    std::int64_t finished = 0;  ///< since the start
    std::int64_t to_do = 0;     ///< from the start on
    double elapsed_seconds = 0;
    std::span<const std::int64_t> by_cell;  ///< replicates of each cell, earlier ones too
};

/// One plain line: done, rate, time left, and the worst Monte Carlo error so far as a bound: that
/// of a share of one half in the cell with the fewest replicates, of those that are begun.
std::string progress_line(const ProgressReport& report);

/// "1.2 s", "3 min 20 s", "2 h 05 min", "12 days": what a person reads at a glance.
std::string duration_text(double seconds);

}  // namespace rsasim::commands
