#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <rsasim/files/results_text.hpp>

namespace rsasim::commands {

/// Results go to standard output, whole; throws files::FileError where it cannot take them.
void print(std::string_view text);

/// The same of a document that comes in pieces, each of which is passed on at once: its beginning
/// may be out when it ends.
void print_pieces(const std::function<void(const files::TextSink& sink)>& document);

/// Messages go to standard error, one line.
void tell(std::string_view message);

/// True where a person sees the stream and has not set NO_COLOR.
bool wants_colour();

/// True where standard error is a terminal.
bool has_terminal_for_progress();

/// Width and colour of the terminal, sensible where there is none.
files::TextOptions text_options();

}  // namespace rsasim::commands
