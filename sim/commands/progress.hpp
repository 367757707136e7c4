#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace rsasim::commands {

/// A bar on standard error with the rate and the time left, redrawn at most five times a second.
class ProgressBar {
  public:
    /// Draws nothing at all unless `is_shown`.
    ProgressBar(std::int64_t total, bool is_shown);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ProgressBar(ProgressBar&&) = delete;
    ProgressBar& operator=(ProgressBar&&) = delete;

    /// Not to be called by two threads at once.
    void update(std::int64_t finished);

  private:
    using Clock = std::chrono::steady_clock;
    std::int64_t total_;
    bool is_shown_;
    bool is_drawn_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = start_;
};

/// "1.2 s", "3 min 20 s", "2 h 05 min", "12 days": what a person reads at a glance.
std::string duration_text(double seconds);

}  // namespace rsasim::commands
