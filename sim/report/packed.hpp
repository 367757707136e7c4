#pragma once

#include <string>
#include <string_view>

namespace rsasim::report {

/// The text in the zlib format (RFC 1950), as base64: what DecompressionStream("deflate") of a
/// browser reads once it is bytes again. Letters, digits, + / = only, so that it is inert in HTML.
std::string packed(std::string_view text);

}  // namespace rsasim::report
