#pragma once

#include "value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rsasim::scenario {

/// What is wrong with a text before anything of it is understood.
struct TextFault {
    Place place;
    std::string message;
};

inline constexpr std::size_t largest_source = std::size_t{1} << 20;  ///< bytes: 1 MiB
inline constexpr int deepest_key = 8;                                ///< dotted parts, or brackets

/// True where the bytes are UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above
/// U+10FFFF.
bool is_utf8(std::string_view text);

/// True where the text holds a control character: U+0000 to U+001F, U+007F to U+009F.
bool has_control_character(std::string_view utf8);

/// The first fault that makes a text unfit for the TOML parser, which has no limit of its own on
/// the parts of a dotted key: size, encoding, control characters, letters outside ASCII where only
/// strings and comments may have them, depth of brackets and keys.
/// Strings and comments are skipped as TOML 1.0 defines them. Takes time linear in the size.
std::optional<TextFault> find_text_fault(std::string_view text);

}  // namespace rsasim::scenario
