#include "signals.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace rsasim::commands {
namespace {

struct NamedSignal {
    int number;
    const char* name;
};
constexpr std::array stopping_signals{
    NamedSignal{SIGTERM, "SIGTERM"}, NamedSignal{SIGINT, "SIGINT"},
    NamedSignal{SIGUSR1, "SIGUSR1"}, NamedSignal{SIGUSR2, "SIGUSR2"},
    NamedSignal{SIGXCPU, "SIGXCPU"},
};

bool is_ignored(int number) {
    struct sigaction action {};
    return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Those of the stopping signals that are not ignored.
sigset_t heeded_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const auto& signal : stopping_signals) {
        if (!is_ignored(signal.number)) sigaddset(&signals, signal.number);
    }
    return signals;
}

int checked(int result, const char* action) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), action);
    return result;
}

/// The signal that is there to be read; empty where there is none.
std::string read_signal(int descriptor) {
    signalfd_siginfo found{};
    if (read(descriptor, &found, sizeof found) != sizeof found) return "";
    for (const auto& signal : stopping_signals) {
        if (signal.number == static_cast<int>(found.ssi_signo)) return signal.name;
    }
    return "a signal";
}

/// Milliseconds to wait for; rounded up, so that the limit has passed at their end.
int milliseconds_until(StopWatcher::Clock::time_point limit) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(limit - StopWatcher::Clock::now());
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, most));
}

}  // namespace

void hold_stopping_signals() {
    const auto signals = heeded_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

StopWatcher::StopWatcher(std::optional<Clock::time_point> limit, Reaction reaction)
    : limit_(limit), signals_(heeded_signals()), reaction_(std::move(reaction)) {
    ended_ = checked(eventfd(0, EFD_CLOEXEC), "make an event");
    arrived_ = checked(signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK), "wait for signals");
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this] { wait(); });
}

StopWatcher::~StopWatcher() {
    const std::uint64_t one = 1;
    while (write(ended_, &one, sizeof one) != sizeof one) {  // the thread waits for it alone
    }
    thread_.join();
    while (!read_signal(arrived_).empty()) {  // one that came late has nothing left to stop
    }
    close(arrived_);
    close(ended_);
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
}

void StopWatcher::react_with(Reaction reaction) {
    const std::lock_guard lock(mutex_);
    reaction_ = std::move(reaction);
}

std::string StopWatcher::cause() const {
    const std::lock_guard lock(mutex_);
    return cause_;
}

void StopWatcher::react(const std::string& cause) {
    const std::lock_guard lock(mutex_);
    if (!cause_.empty()) return;
    cause_ = cause;
    if (reaction_) reaction_(cause);
}

void StopWatcher::wait() {
    std::array<pollfd, 2> events{pollfd{ended_, POLLIN, 0}, pollfd{arrived_, POLLIN, 0}};
    while (true) {
        const bool has_limit = limit_ && cause().empty();
        const int found =
            poll(events.data(), events.size(), has_limit ? milliseconds_until(*limit_) : -1);
        if (found > 0 && events[0].revents != 0) return;
        if (found > 0 && events[1].revents != 0) {
            const auto name = read_signal(arrived_);
            if (!name.empty()) react(name);
        }
        if (has_limit && Clock::now() >= *limit_) react("the time limit");
    }
}

}  // namespace rsasim::commands
