#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace rsasim::digest {

/// Base64 (RFC 4648, section 4), padded, on one line.
std::string base64(std::span<const std::uint8_t> bytes);

}  // namespace rsasim::digest
