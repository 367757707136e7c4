#include "replace_file.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <rsasim/digest/sha256.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::files {
namespace {

namespace fs = std::filesystem;

constexpr mode_t everyone_as_umask_allows = 0666;
constexpr mode_t permission_bits = 07777;

[[noreturn]] void fail(const fs::path& path, int error) {
    throw FileError(fmt::format("{}: cannot be written: {}", path.string(),
                                std::generic_category().message(error)));
}

/// A write past the file size limit raises SIGXFSZ, which ends the process. While this lives the
/// signal stays pending, and it is taken away at the end.
class HeldSizeSignal {
  public:
    HeldSizeSignal() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGXFSZ);
        pthread_sigmask(SIG_BLOCK, &signals_, &earlier_);
    }
    ~HeldSizeSignal() {
        const timespec no_wait{};
        while (sigtimedwait(&signals_, nullptr, &no_wait) == SIGXFSZ) {
        }
        pthread_sigmask(SIG_SETMASK, &earlier_, nullptr);
    }
    HeldSizeSignal(const HeldSizeSignal&) = delete;
    HeldSizeSignal& operator=(const HeldSizeSignal&) = delete;
    HeldSizeSignal(HeldSizeSignal&&) = delete;
    HeldSizeSignal& operator=(HeldSizeSignal&&) = delete;

  private:
    sigset_t signals_{};
    sigset_t earlier_{};
};

constexpr std::string_view name_ending = ".tmp";

fs::path folder_of(const fs::path& target) {
    return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

/// How the names of the temporaries for a target begin: of one length, however long its own name.
std::string start_of_name(const fs::path& target) {
    constexpr std::size_t digits = 16;
    digest::Sha256 name;
    name.add(target.filename().string());
    return fmt::format(".rsasim-{:.{}}-", digest::to_hex(name.finish()), digits);
}

/// A second name for the file that is to be replaced, so that it can be put back. Where a file
/// system has no second names there is none, and nothing is put back.
class EarlierFile {
  public:
    EarlierFile(const fs::path& target, const fs::path& temporary)
        : target_(target), second_name_(temporary.string().append(name_ending)) {
        const bool is_linked = link(target_.c_str(), second_name_.c_str()) == 0;
        state_ = is_linked ? State::linked : errno == ENOENT ? State::absent : State::unknown;
    }
    ~EarlierFile() {
        if (state_ == State::linked) unlink(second_name_.c_str());
    }
    EarlierFile(const EarlierFile&) = delete;
    EarlierFile& operator=(const EarlierFile&) = delete;
    EarlierFile(EarlierFile&&) = delete;
    EarlierFile& operator=(EarlierFile&&) = delete;

    /// Whether all is as it was.
    [[nodiscard]] bool put_back() const {
        if (state_ == State::absent) return unlink(target_.c_str()) == 0;
        return state_ == State::linked && rename(second_name_.c_str(), target_.c_str()) == 0;
    }

  private:
    enum class State { absent, linked, unknown };

    fs::path target_, second_name_;
    State state_ = State::unknown;
};

/// A new file in the folder of `target`, removed on destruction unless it was renamed.
class Temporary {
  public:
    explicit Temporary(fs::path target) : target_(std::move(target)) {
        constexpr int most_attempts = 1000;
        for (int attempt = 0; attempt < most_attempts && descriptor_ < 0; ++attempt) {
            path_ = folder_of(target_) / fmt::format("{}{}-{}{}", start_of_name(target_), getpid(),
                                                     attempt, name_ending);
            descriptor_ = open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC,
                               everyone_as_umask_allows);
            if (descriptor_ < 0 && errno != EEXIST) break;
        }
        if (descriptor_ < 0) fail(target_, errno);
    }
    ~Temporary() {
        if (descriptor_ >= 0) close(descriptor_);
        if (!is_renamed_) unlink(path_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    Temporary(Temporary&&) = delete;
    Temporary& operator=(Temporary&&) = delete;

    void write_all(std::span<const std::byte> bytes) const {
        constexpr std::size_t most_at_once = std::size_t{1} << 30;  // write(2) stops below 2 GiB
        while (!bytes.empty()) {
            const auto written =
                write(descriptor_, bytes.data(), std::min(bytes.size(), most_at_once));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(target_, errno);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }

    void keep_mode_of_target() const {
        struct stat earlier {};
        if (stat(target_.c_str(), &earlier) == 0) {
            // Not every file system has modes; the contents matter more.
            [[maybe_unused]] const int result =
                fchmod(descriptor_, earlier.st_mode & permission_bits);
        }
    }

    void flush() const {
        if (fsync(descriptor_) != 0) fail(target_, errno);
    }

    void finish() {
        if (close(std::exchange(descriptor_, -1)) != 0) fail(target_, errno);
    }

    /// Puts it in the place of the target, and the target back where the folder cannot be flushed.
    void rename_to_target() {
        const EarlierFile earlier(target_, path_);
        if (rename(path_.c_str(), target_.c_str()) != 0) fail(target_, errno);
        is_renamed_ = true;
        const int error = flush_folder();
        if (error == 0) return;
        if (earlier.put_back()) fail(target_, error);
        throw FileError(
            fmt::format("{}: is written whole, but whether its name lasts is not "
                        "certain: its folder cannot be flushed: {}",
                        target_.string(), std::generic_category().message(error)));
    }

  private:
    /// Makes the new name last; gives the error. File systems that cannot flush a folder say
    /// EINVAL, and a folder may be writable and not readable.
    [[nodiscard]] int flush_folder() const {
        const int folder_descriptor =
            open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder_descriptor < 0) return errno == EACCES ? 0 : errno;
        const int error = fsync(folder_descriptor) == 0 ? 0 : errno;
        close(folder_descriptor);
        return error == EINVAL ? 0 : error;
    }

    fs::path target_;
    fs::path path_;
    int descriptor_ = -1;
    bool is_renamed_ = false;
};

/// Follows a symbolic link; refuses what a rename would destroy or cannot replace.
fs::path target_of(const fs::path& path) {
    std::error_code error;
    const bool is_link = fs::is_symlink(path, error);  // a missing file is no link, and an error
    error.clear();
    const auto target = is_link ? fs::weakly_canonical(path, error) : path;
    if (error) fail(path, error.value());
    const auto status = fs::status(target, error);
    if (status.type() == fs::file_type::none) fail(path, error.value());
    if (fs::is_directory(status)) {
        throw FileError(fmt::format("{}: is a folder. Give the name of a file, as in {}",
                                    path.string(), (path / "results.h5").string()));
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        throw FileError(fmt::format("{}: is not a regular file. Results go to a file of their own",
                                    path.string()));
    }
    const auto folder = folder_of(target);
    const auto folder_status = fs::status(folder, error);
    if (!fs::exists(folder_status)) {
        throw FileError(fmt::format("{}: the folder {} does not exist. Make it first: mkdir -p {}",
                                    path.string(), folder.string(), folder.string()));
    }
    if (!fs::is_directory(folder_status)) {
        throw FileError(fmt::format("{}: {} is not a folder", path.string(), folder.string()));
    }
    return target;
}

}  // namespace

void replace_file(const fs::path& path, std::span<const std::byte> bytes) {
    const HeldSizeSignal held_signal;
    Temporary temporary(target_of(path));
    temporary.write_all(bytes);
    temporary.keep_mode_of_target();
    temporary.flush();
    temporary.finish();
    temporary.rename_to_target();
}

void remove_leftovers(const fs::path& path) noexcept {
    try {
        const auto target = target_of(path);
        const auto start = start_of_name(target);
        for (const auto& entry : fs::directory_iterator(folder_of(target))) {
            const auto name = entry.path().filename().string();
            if (name.starts_with(start) && name.ends_with(name_ending))
                unlink(entry.path().c_str());
        }
    } catch (const std::exception&) {  // they take room and do no other harm
        return;
    }
}

void check_writable(const fs::path& path) {
    const auto target = target_of(path);
    // A file without a name is gone with the program, whenever it is killed.
    const int unnamed =
        open(folder_of(target).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, everyone_as_umask_allows);
    if (unnamed >= 0) {
        if (close(unnamed) != 0) fail(target, errno);
        return;
    }
    const bool has_unnamed_files = errno != EOPNOTSUPP && errno != EISDIR;
    if (has_unnamed_files) fail(target, errno);
    Temporary temporary(target);
    temporary.finish();
}

}  // namespace rsasim::files
