#include "console.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <rsasim/files/errors.hpp>

namespace rsasim::commands {
namespace {

int terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return files::TextOptions{}.width;
}

[[noreturn]] void fail() {
    throw files::FileError(fmt::format(
        "standard output could not be written: {}. Free some space or send it elsewhere.",
        std::generic_category().message(errno)));
}

void put(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail();
}

}  // namespace

void print(std::string_view text) {
    put(text);
    if (std::fflush(stdout) != 0) fail();
}

void print_pieces(const std::function<void(const files::TextSink& sink)>& document) {
    document(put);
    if (std::fflush(stdout) != 0) fail();
}

void tell(std::string_view message) {
    // Where nothing can be told, as on a full disk, the work goes on.
    const auto line = fmt::format("{}\n", message);
    std::fwrite(line.data(), 1, line.size(), stderr);
}

bool wants_colour() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody here changes the environment
    const char* no_colour = std::getenv("NO_COLOR");
    const bool is_refused = no_colour != nullptr && *no_colour != '\0';
    return !is_refused && isatty(STDOUT_FILENO) != 0;
}

bool has_terminal_for_progress() {
    return isatty(STDERR_FILENO) != 0;
}

files::TextOptions text_options() {
    files::TextOptions options;
    options.use_colour = wants_colour();
    options.width = terminal_width();
    return options;
}

}  // namespace rsasim::commands
