#include "signals.hpp"

#include <future>

#include <catch2/catch.hpp>
#include <unistd.h>

using namespace rsasim;
using commands::StopWatcher;
using namespace std::chrono_literals;

namespace {

/// The cause that the watcher reacts with to what `act` does.
template <class Act>
std::string cause_after(Act act, std::optional<StopWatcher::Clock::time_point> limit = {}) {
    std::promise<std::string> told;
    auto cause = told.get_future();
    StopWatcher watcher(limit, [&](const std::string& text) { told.set_value(text); });
    act();
    REQUIRE(cause.wait_for(10s) == std::future_status::ready);
    return cause.get();
}

}  // namespace

TEST_CASE("Each stopping signal is told by its name and does not end the process", "[exact]") {
    CHECK(cause_after([] { kill(getpid(), SIGTERM); }) == "SIGTERM");
    CHECK(cause_after([] { kill(getpid(), SIGUSR1); }) == "SIGUSR1");
    CHECK(cause_after([] { kill(getpid(), SIGUSR2); }) == "SIGUSR2");
    CHECK(cause_after([] { kill(getpid(), SIGXCPU); }) == "SIGXCPU");
}

TEST_CASE("A time limit is a cause like a signal", "[exact]") {
    CHECK(cause_after([] {}, StopWatcher::Clock::now() + 20ms) == "the time limit");
    CHECK(cause_after([] {}, StopWatcher::Clock::now() - 1s) == "the time limit");
}

TEST_CASE("Only the first cause is reacted to, and later reactions can ask for it", "[exact]") {
    std::promise<void> told;
    int reactions = 0;
    StopWatcher watcher({}, [&](const std::string&) {
        ++reactions;
        told.set_value();
    });
    CHECK(watcher.cause().empty());
    kill(getpid(), SIGUSR1);
    told.get_future().wait();
    watcher.react_with([&](const std::string&) { ++reactions; });
    kill(getpid(), SIGUSR2);
    CHECK(watcher.cause() == "SIGUSR1");
    watcher.react_with({});
    CHECK(reactions == 1);
}

TEST_CASE("A signal that the caller ignores is no cause", "[exact]") {
    struct sigaction ignore {};
    struct sigaction earlier {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGUSR1, &ignore, &earlier);
    {
        StopWatcher watcher({}, {});
        kill(getpid(), SIGUSR1);
        usleep(20'000);
        CHECK(watcher.cause().empty());
    }
    sigaction(SIGUSR1, &earlier, nullptr);
}

TEST_CASE("The signals are as before once the watcher is gone", "[exact]") {
    sigset_t before{}, after{};
    pthread_sigmask(SIG_BLOCK, nullptr, &before);
    { const StopWatcher watcher({}, {}); }
    pthread_sigmask(SIG_BLOCK, nullptr, &after);
    for (const int signal : {SIGTERM, SIGINT, SIGUSR1, SIGUSR2, SIGXCPU})
        CHECK(sigismember(&before, signal) == sigismember(&after, signal));
}
