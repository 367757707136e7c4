#pragma once

#include <filesystem>
#include <memory>

#include <rsasim/files/errors.hpp>

namespace rsasim::files {

/// Another process has the lock of an output that this one was writing.
class LockTaken : public FileError {
  public:
    using FileError::FileError;
};

/// Keeps other processes from writing one output: a small file OUTPUT.lock beside it, made in one
/// step (O_CREAT | O_EXCL), which says who holds it and is touched now and then as a heartbeat. No
/// file system's own locks are needed. What dead processes left is recognised and taken over.
class OutputLock {
  public:
    /// Throws FileError where a live process holds the lock, saying which, or none can be made.
    explicit OutputLock(const std::filesystem::path& output);
    ~OutputLock();
    OutputLock(const OutputLock&) = delete;
    OutputLock& operator=(const OutputLock&) = delete;
    OutputLock(OutputLock&&) = delete;
    OutputLock& operator=(OutputLock&&) = delete;

    /// To be asked before each writing: throws LockTaken where another process has taken the lock,
    /// as it may after a long suspension of this one, and FileError where the lock cannot be read.
    /// A lock that was removed is made again.
    void confirm();

    /// True where a dead process held it before.
    [[nodiscard]] bool was_left_over() const;

    /// Removes the lock, unless it is another's by now; once or more often, from any thread.
    void release() noexcept;

  private:
    class Holder;
    std::unique_ptr<Holder> holder_;
};

/// Removes the lock of a dead process, and what that process left, where nothing is to be written.
/// Touches nothing where there is no lock or a live process holds it.
void remove_stale_lock(const std::filesystem::path& output) noexcept;

}  // namespace rsasim::files
