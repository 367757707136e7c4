#pragma once

#include <span>
#include <string_view>

namespace rsasim::commands {

/// A commented scenario to start from: sim/commands/templates/<name>.toml, compiled in.
struct Template {
    std::string_view name;  ///< "power-sweep"
    std::string_view text;  ///< the file; its first line is a comment that says what it is for
};

/// The first is the one that is meant where none is named.
std::span<const Template> templates();

/// What a template is for: the comment in its first line.
std::string_view purpose_of(const Template& scenario);

}  // namespace rsasim::commands
