#include "replace_file.hpp"

#include <span>
#include <system_error>

#include <fmt/format.h>

#include <rsasim/files/text_file.hpp>

namespace rsasim::files {

void write_text(const std::filesystem::path& path, std::string_view text, bool may_replace) {
    std::error_code error;
    if (!may_replace && std::filesystem::is_regular_file(path, error)) {
        throw FileError(fmt::format(
            "{}: exists already and was left as it is. Choose another name with -o, or replace it "
            "with --force.",
            path.string()));
    }
    replace_file(path, std::as_bytes(std::span(text)));
}

}  // namespace rsasim::files
