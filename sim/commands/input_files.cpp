#include "input_files.hpp"

#include "console.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/errors.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {
namespace {

constexpr std::size_t most_messages = 20;

}  // namespace

void InputFiles::for_each(const std::vector<std::string>& paths,
                          const std::function<void(const std::string& path)>& use) {
    look_at(paths, use);
    refuse_bad();
}

void InputFiles::look_at(const std::vector<std::string>& paths,
                         const std::function<void(const std::string& path)>& use) {
    for (const auto& path : paths) {
        try {
            use(path);
        } catch (const files::FileError& error) {
            messages_.emplace_back(error.what());
            has_unreadable_ = true;
        } catch (const scenario::InputErrors& errors) {
            messages_.push_back(fmt::format("{}", fmt::join(errors.messages(), "\n")));
        }
        if (bad_files_ == BadFiles::leave_out) {
            for (const auto& message : messages_)
                tell("left out: " + message);
            messages_.clear();
        }
        if (bad_files_ == BadFiles::refuse && messages_.size() == most_messages) {
            messages_.push_back(
                fmt::format("There may be more: {} were looked at so far.", most_messages));
            break;
        }
    }
}

void InputFiles::refuse_bad() const {
    if (messages_.empty()) return;
    if (!has_unreadable_) throw scenario::InputErrors(messages_);
    throw files::FileError(fmt::format("{}", fmt::join(messages_, "\n")));
}

}  // namespace rsasim::commands
