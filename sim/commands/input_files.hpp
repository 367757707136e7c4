#pragma once

#include <functional>
#include <string>
#include <vector>

namespace rsasim::commands {

/// Many files, of which some may be bad: every fault is told, not the first alone.
class InputFiles {
  public:
    enum class BadFiles {
        refuse,       ///< throw in the end, with all messages
        leave_out,    ///< list them on standard error and go on
        look_at_all,  ///< refuse, but only when all files were looked at, however many are bad
    };
    explicit InputFiles(BadFiles bad_files) : bad_files_(bad_files) {}

    /// Calls `use` with each path. Where it throws files::FileError or scenario::InputErrors the
    /// file is bad. Where bad files are refused it goes no further after 20 messages.
    void look_at(const std::vector<std::string>& paths,
                 const std::function<void(const std::string& path)>& use);

    /// Throws FileError where a file could not be read, InputErrors where one was bad in another
    /// way, with all messages.
    void refuse_bad() const;

    /// Both, one after the other.
    void for_each(const std::vector<std::string>& paths,
                  const std::function<void(const std::string& path)>& use);

  private:
    BadFiles bad_files_;
    std::vector<std::string> messages_;
    bool has_unreadable_ = false;
};

}  // namespace rsasim::commands
