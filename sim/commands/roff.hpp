#pragma once

#include <string>
#include <string_view>

/// Text as manual pages have it, in the macros of man(7).
namespace rsasim::commands::roff {

/// Running text: nothing in it is taken for a request or an escape, and every - can be copied.
std::string plain(std::string_view text);
std::string bold(std::string_view text);
std::string italic(std::string_view text);

/// The first line of a page: its name and section, and the version below it.
std::string title(std::string_view name, int section);
/// A section; its heading is in capitals.
std::string heading(std::string_view text);
std::string subheading(std::string_view text);
/// What a tag means, the tag made by bold() and italic().
std::string tagged(const std::string& tag, std::string_view text);
/// Lines as they are.
std::string verbatim(std::string_view lines);
std::string paragraph(std::string_view text);

/// The blocks below the options of --help: headings with a colon, indented lines as they are, other
/// lines as paragraphs.
std::string footer(std::string_view text);

}  // namespace rsasim::commands::roff
