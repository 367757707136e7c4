#pragma once

#include <functional>
#include <string>
#include <vector>

namespace rsasim::commands {

/// Many files, of which some may be bad: every fault is told, not the first alone.
class InputFiles {
  public:
    enum class BadFiles {
        refuse,     ///< throw in the end, with all messages
        leave_out,  ///< list them on standard error and go on
    };
    explicit InputFiles(BadFiles bad_files) : bad_files_(bad_files) {}

    /// Calls `use` with each path. Where it throws files::FileError or scenario::InputErrors the
    /// file is bad. Having refused: throws FileError where a file could not be read, else
    /// InputErrors; after 20 messages without going on.
    void for_each(const std::vector<std::string>& paths,
                  const std::function<void(const std::string& path)>& use);

  private:
    void refuse() const;

    BadFiles bad_files_;
    std::vector<std::string> messages_;
    bool has_unreadable_ = false;
};

}  // namespace rsasim::commands
