#include "lock_owner.hpp"
#include "temporary_folder.hpp"

#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <rsasim/files/output_lock.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;
using files::LockOwner;
using files::OutputLock;
using namespace std::chrono_literals;

namespace {

void put(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// A process that has ended.
pid_t dead_process() {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    return child;
}

/// A lock of this process's with a field changed.
template <class Change>
LockOwner changed(Change change) {
    LockOwner owner = files::this_process();
    change(owner);
    return owner;
}

}  // namespace

TEST_CASE("A lock is there while it is held, and gone after", "[exact]") {
    const TemporaryFolder folder;
    const auto lock = folder / "r.h5.lock";
    {
        OutputLock held(folder / "r.h5");
        CHECK(std::filesystem::exists(lock));
        held.confirm();
        CHECK_THROWS_WITH(
            OutputLock(folder / "r.h5"),
            Contains("is being written by another process: " + std::to_string(getpid())) &&
                Contains("r.h5.lock"));
        held.confirm();
    }
    CHECK(std::filesystem::is_empty(folder / ""));
    OutputLock again(folder / "r.h5");
    again.release();
    again.release();
    CHECK(std::filesystem::is_empty(folder / ""));
}

TEST_CASE("What a dead process left is taken over", "[exact]") {
    const TemporaryFolder folder;
    const auto lock = folder / "r.h5.lock";
    const auto dead = dead_process();
    put(lock, text_of(changed([&](auto& owner) { owner.pid = dead; })));
    CHECK(OutputLock(folder / "r.h5").was_left_over());
    CHECK_FALSE(OutputLock(folder / "r.h5").was_left_over());
    put(lock, text_of(changed([](auto& owner) { owner.started -= 1; })));  // the pid was used again
    OutputLock(folder / "r.h5").confirm();
    put(lock, "rsasim lock 1\npid=");  // killed while it wrote
    OutputLock(folder / "r.h5").confirm();
    put(lock, "");
    OutputLock(folder / "r.h5").confirm();
    CHECK(std::filesystem::is_empty(folder / ""));
}

TEST_CASE("A lock of another host holds until its heartbeat is old", "[exact]") {
    const TemporaryFolder folder;
    const auto lock = folder / "r.h5.lock";
    put(lock, text_of(changed([](auto& owner) { owner.host = "elsewhere"; })));
    CHECK_THROWS_WITH(OutputLock(folder / "r.h5"), Contains(" on elsewhere"));
    CHECK(std::filesystem::exists(lock));
    const timespec old[2] = {{time(nullptr) - 400, 0}, {time(nullptr) - 400, 0}};
    REQUIRE(utimensat(AT_FDCWD, lock.c_str(), old, 0) == 0);
    OutputLock(folder / "r.h5").confirm();
}

TEST_CASE("Who is alive is decided by process, job and heartbeat", "[exact]") {
    const LockOwner self = changed([](auto& owner) {
        owner.job = "17";
        owner.restarts = 1;
    });
    CHECK_FALSE(is_stale(self, self, 0s));
    const auto stale = [&](auto change) {
        LockOwner owner = self;
        change(owner);
        return is_stale(owner, self, 10s);
    };
    CHECK(stale([](auto& owner) { owner.restarts = 0; }));
    CHECK(stale([](auto& owner) { owner.boot = "an earlier one"; }));
    CHECK(stale([](auto& owner) { owner.started += 1; }));
    CHECK_FALSE(stale([](auto& owner) {
        owner.job = "18";
        owner.restarts = 0;
    }));
    CHECK_FALSE(stale([](auto& owner) {
        owner.machine = "another";
        owner.boot = "another";
        owner.started += 1;
    }));
    CHECK_FALSE(stale([](auto& owner) {
        owner.processes = "another container";
        owner.started += 1;
    }));
    CHECK(is_stale(changed([](auto& owner) { owner.host = "elsewhere"; }), self, 301s));
}

TEST_CASE("A lock reads back as it was written, and one cut short does not", "[property]") {
    const LockOwner owner = files::this_process();
    const auto text = text_of(owner);
    REQUIRE(files::parse_lock(text));
    CHECK(*files::parse_lock(text) == owner);
    CHECK(files::this_process().token != owner.token);
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK_FALSE(files::parse_lock(text.substr(0, length)));
    CHECK_FALSE(files::parse_lock("another file\n" + text));
}

TEST_CASE("Who lost its lock is told so and leaves the new one alone", "[exact]") {
    const TemporaryFolder folder;
    const auto lock = folder / "r.h5.lock";
    {
        OutputLock held(folder / "r.h5");
        std::filesystem::remove(lock);
        held.confirm();  // made again
        CHECK(std::filesystem::exists(lock));
        put(lock, text_of(changed([](auto& owner) { owner.host = "elsewhere"; })));
        CHECK_THROWS_WITH(held.confirm(), Contains("another process has taken over the lock"));
    }
    CHECK(std::filesystem::exists(lock));
}
