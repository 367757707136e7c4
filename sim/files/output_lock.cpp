#include "lock_owner.hpp"

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <rsasim/files/output_lock.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::files {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto heartbeat = 30s;
/// A lock is written right after it was made; one that stays unfinished so long is abandoned.
constexpr auto longest_writing = 2s;
constexpr auto pause_between_attempts = 50ms;

enum class Access { read, written };

[[noreturn]] void fail_lock(const fs::path& path, int error, Access access = Access::written) {
    throw FileError(fmt::format("{}: cannot be {}: {}", path.string(),
                                access == Access::read ? "read" : "written",
                                std::generic_category().message(error)));
}

/// Makes a file with these bytes; false where the name is taken.
bool make_new_file(const fs::path& path, const std::string& text) {
    const int descriptor = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST) return false;
    if (descriptor < 0) fail_lock(path, errno);
    const auto written = write(descriptor, text.data(), text.size());
    const int write_error = written < 0 ? errno : ENOSPC;
    const bool is_written = written == static_cast<ssize_t>(text.size());
    const bool is_closed = close(descriptor) == 0;
    if (is_written && is_closed) return true;
    const int error = is_written ? errno : write_error;
    unlink(path.c_str());
    fail_lock(path, error);
}

/// The bytes of a lock, or of what stands in its place; empty where nothing does.
std::string content_of(const fs::path& path) {
    constexpr std::size_t most_bytes = std::size_t{1} << 16;
    const int descriptor = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) return "";
    if (descriptor < 0) fail_lock(path, errno, Access::read);
    std::string text(most_bytes, '\0');
    const auto length = read(descriptor, text.data(), text.size());
    const int error = errno;
    close(descriptor);
    if (length < 0) fail_lock(path, error, Access::read);
    text.resize(static_cast<std::size_t>(length));
    return text;
}

/// How long ago a file was touched by the clock of its own file system, which may differ from ours.
std::chrono::seconds silence_of(const fs::path& path, const std::string& token) {
    const fs::path probe = fmt::format("{}.{}", path.string(), token);
    struct stat now {};
    struct stat then {};
    const bool is_made = make_new_file(probe, "");
    const bool is_known =
        is_made && stat(probe.c_str(), &now) == 0 && stat(path.c_str(), &then) == 0;
    unlink(probe.c_str());
    return std::chrono::seconds(is_known ? now.st_mtim.tv_sec - then.st_mtim.tv_sec : 0);
}

/// Takes a stale lock away, but not one that another process put in its place meanwhile.
void remove_stale(const fs::path& path, const std::string& stale, const std::string& token) {
    const fs::path aside = fmt::format("{}.{}", path.string(), token);
    if (rename(path.c_str(), aside.c_str()) != 0) {
        if (errno == ENOENT) return;
        fail_lock(path, errno);
    }
    if (content_of(aside) != stale) {
        // Fails only where yet another one is there: its owner finds out on its next writing.
        [[maybe_unused]] const int result = link(aside.c_str(), path.c_str());
    }
    unlink(aside.c_str());
}

/// Beside the file that a link points at.
fs::path lock_path(const fs::path& output) {
    std::error_code error;
    const auto target =
        fs::is_symlink(output, error) ? fs::weakly_canonical(output, error) : output;
    return (error ? output : target).string().append(".lock");
}

[[noreturn]] void refuse_held(const fs::path& output, const fs::path& lock,
                              const LockOwner& owner) {
    const auto job = owner.job.empty() ? "" : fmt::format(", Slurm job {}", owner.job);
    throw FileError(fmt::format(
        "{}: is being written by another process: {} on {}{}, since {}. Wait for it or choose "
        "another name with -o. If that process is gone for certain, remove {}.",
        output.string(), owner.pid, owner.host, job, owner.since, lock.string()));
}

}  // namespace

class OutputLock::Holder {
  public:
    explicit Holder(const fs::path& output) : output_(output), lock_(lock_path(output)) {
        acquire();
        beat_ = std::jthread([this](const std::stop_token& ended) { keep_alive(ended); });
    }

    void confirm() {
        const auto owner = parse_lock(content_of(lock_));
        if (owner && owner->token == self_.token) return;
        if (!owner && make_own_lock()) return;
        throw LockTaken(fmt::format(
            "{}: another process has taken over the lock {} while this one was silent; nothing "
            "more is written here. Its checkpoint is the one to go on from.",
            output_.string(), lock_.string()));
    }

    [[nodiscard]] bool was_left_over() const { return was_left_over_; }

    void release() noexcept {
        const std::lock_guard guard(mutex_);
        if (is_released_) return;
        is_released_ = true;
        if (is_ours()) unlink(lock_.c_str());
    }

  private:
    /// One file among all of a machine.
    struct FileId {
        dev_t device = 0;
        ino_t inode = 0;

        bool operator==(const FileId&) const = default;

        /// Zeros where there is no file.
        static FileId of(const fs::path& path) {
            struct stat found {};
            if (stat(path.c_str(), &found) != 0) return {};
            return {found.st_dev, found.st_ino};
        }
    };

    bool make_own_lock() {
        if (!make_new_file(lock_, text_of(self_))) return false;
        id_ = FileId::of(lock_);
        return true;
    }

    /// By its token; where that cannot be read, by its place on the disk.
    [[nodiscard]] bool is_ours() const noexcept {
        try {
            const auto owner = parse_lock(content_of(lock_));
            return owner && owner->token == self_.token;
        } catch (...) {
            return id_ == FileId::of(lock_);
        }
    }

    void acquire() {
        const auto start = std::chrono::steady_clock::now();
        while (!make_own_lock()) {
            const std::string text = content_of(lock_);
            const auto owner = parse_lock(text);
            const bool is_abandoned =
                !owner && std::chrono::steady_clock::now() - start > longest_writing;
            if (is_abandoned ||
                (owner && is_stale(*owner, self_, silence_of(lock_, self_.token)))) {
                remove_stale(lock_, text, self_.token);
                was_left_over_ = true;
            } else if (owner) {
                refuse_held(output_, lock_, *owner);
            } else {
                std::this_thread::sleep_for(pause_between_attempts);
            }
        }
    }

    void keep_alive(const std::stop_token& ended) {
        std::unique_lock guard(mutex_);
        while (!ended.stop_requested()) {
            wake_.wait_for(guard, ended, heartbeat, [] { return false; });
            if (!ended.stop_requested() && !is_released_) {
                utimensat(AT_FDCWD, lock_.c_str(), nullptr, 0);
            }
        }
    }

    fs::path output_, lock_;
    LockOwner self_ = this_process();
    FileId id_;
    bool was_left_over_ = false;
    bool is_released_ = false;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread beat_;  ///< last, so that it ends before what it uses
};

OutputLock::OutputLock(const fs::path& output) : holder_(std::make_unique<Holder>(output)) {}

OutputLock::~OutputLock() {
    release();
}

void OutputLock::confirm() {
    holder_->confirm();
}

bool OutputLock::was_left_over() const {
    return holder_->was_left_over();
}

void OutputLock::release() noexcept {
    holder_->release();
}

void remove_stale_lock(const fs::path& output) noexcept {
    try {
        if (!fs::exists(lock_path(output))) return;
        const OutputLock lock(output);
        if (lock.was_left_over()) remove_leftovers(output);
    } catch (const std::exception&) {  // another holds it, or it cannot be removed: no harm done
        return;
    }
}

}  // namespace rsasim::files
