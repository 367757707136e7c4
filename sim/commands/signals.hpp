#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include <signal.h>

namespace rsasim::commands {

/// Blocks the signals that ask a program to stop until a StopWatcher reads them, so that one that
/// comes before is none too early. For the first line of a program.
void hold_stopping_signals();

/// Waits on a thread of its own for what asks a program to stop: SIGTERM, SIGINT, SIGUSR1, SIGUSR2,
/// SIGXCPU, or a time limit. While it lives these signals interrupt nothing: they are blocked in
/// the thread that made it, until it is gone, and in all that are started from then on. Those that
/// the caller of the program chose to ignore (nohup, a shell's background jobs) stay ignored.
class StopWatcher {
  public:
    using Clock = std::chrono::steady_clock;
    /// What is done when a stop is asked for; on the waiting thread.
    using Reaction = std::function<void(const std::string& cause)>;

    StopWatcher(std::optional<Clock::time_point> limit, Reaction reaction);
    ~StopWatcher();
    StopWatcher(const StopWatcher&) = delete;
    StopWatcher& operator=(const StopWatcher&) = delete;
    StopWatcher(StopWatcher&&) = delete;
    StopWatcher& operator=(StopWatcher&&) = delete;

    /// From here on another reaction. Waits for one that is under way. Each is called for the first
    /// cause alone, and none for a cause from before its time: ask cause().
    void react_with(Reaction reaction);

    /// "SIGTERM", "the time limit"; empty where nothing has asked for a stop.
    [[nodiscard]] std::string cause() const;

  private:
    void wait();
    void react(const std::string& cause);

    std::optional<Clock::time_point> limit_;
    sigset_t signals_{};
    int arrived_ = -1;  ///< readable when a signal is there
    int ended_ = -1;    ///< readable when the wait is over
    mutable std::mutex mutex_;
    Reaction reaction_;
    std::string cause_;
    std::thread thread_;
};

}  // namespace rsasim::commands
